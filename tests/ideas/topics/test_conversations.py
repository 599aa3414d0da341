"""What one conversation is, and whose words count."""

from __future__ import annotations

from collections.abc import Iterable

from tests.ideas.topics.talk import PLACES, said

from crosstie.ideas import Names
from crosstie.ideas.threads import Message
from crosstie.ideas.topics import Conversations, Sensitive, conversations


def told(messages: Iterable[Message]) -> Conversations:
    return conversations(
        messages, names=Names(["Ada Berg", "Will Mark"]), sensitive=Sensitive(), place_names=PLACES
    )


def words(columns: Conversations, message: int) -> set[str]:
    first, last = columns.starts[message : message + 2].tolist()
    return {columns.words[word] for word in columns.word[first:last].tolist()}


def test_messages_of_a_thread_are_one_conversation_until_it_is_quiet():
    columns = told(said(row, "p1", "a", thread="t", day=day) for row, day in enumerate((0, 13, 28, 28)))
    assert columns.thread.tolist() == [0, 0, 1, 1]
    assert columns.key.tolist() == ["m00000", "m00002"]


def test_an_answer_without_a_thread_joins_what_it_answers():
    columns = told(
        [
            said(1, "p1", "a"),
            said(2, "p2", "b", replies_to="m00001"),
            said(3, "p3", "c"),
            said(4, "p1", "d", thread="t", replies_to="m00003"),
            said(5, "p2", "e", thread="t"),
        ]
    )
    assert columns.thread.tolist() == [0, 0, 1, 1, 1]


def test_names_mentions_code_and_addresses_are_no_words():
    text = (
        "Ada asked @ben about `spindle_v2` at https://x.example: the **shaft** of Will will wobble\n> quoted"
    )
    columns = told([said(1, "p1", text)])
    assert words(columns, 0) == {"asked", "about", "at", "the", "shaft", "of", "will", "wobble"}


def test_keys_are_no_words_and_what_begins_with_a_digit_is_none():
    keys = "e1b1ae66b240 cf78f47a6 0x3fa9c1d2 0000abcdef 17th 64bit x1y2z3w bafe1234-e5f6a7b8"
    columns = told([said(1, "p1", f"ipv6 facade decade {keys} s3 log4j2 cmip6 zero-point")])
    assert words(columns, 0) == {"ipv6", "facade", "decade", "s3", "log4j2", "cmip6", "zero-point"}


def test_of_someone_who_may_not_be_found_there_are_no_words():
    columns = told([said(1, "", "secret quokka", thread="t"), said(2, "p1", "shaft", thread="t")])
    assert columns.words == ("shaft",)
    assert columns.author.tolist() == [-1, 0]
    assert columns.title == ("",)


def test_a_title_is_kept_without_names():
    link = "https://chat.example/#narrow/stream/3-dev/topic/Ada.20on.20slow.20tests/near/7"
    columns = told([said(1, "p1", "anyone?", link=link), said(2, "p1", "How to hold it?\nIt slips.")])
    assert columns.title == ("on slow tests", "How to hold it?")
