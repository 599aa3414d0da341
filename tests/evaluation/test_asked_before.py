"""Questions in whose thread somebody links to an earlier one, on a made-up stream."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evaluation._linked import SITE, Linked, linked, posts_in
from evaluation._rolled import Told
from evaluation.asked_before import OURS, see

from crosstie.ideas import Names
from crosstie.ideas.threads import Answer, Message, Question
from evaluation import asked_before

DAY = 86_400_000_000


def message(number: int, topic: str, author: str, text: str, *, day: float, reply: bool = False) -> Message:
    link = f"{SITE}/#narrow/stream/7-help/topic/{topic}/near/{number}"
    return Message(f"m{number}", author, "help", int(day * DAY), reply, topic, "", not reply, text, link)


@pytest.fixture
def told() -> Told:
    """The pump is asked about twice, and the second time somebody says so; the valve nobody answers."""
    first = message(1, "pump", "a", "Why does the pump leak?", day=1)
    valve = message(2, "valve", "a", "Where is the valve?", day=2)
    again = message(4, "leak.20again", "c", "My pump is leaking", day=9)
    return Told(
        rows=[
            Question(1, first),
            Answer(1, message(3, "pump", "b", "Tighten the seal of it", day=3, reply=True)),
            Question(2, valve),
            Question(3, again),
            Answer(3, message(5, "leak.20again", "b", "See the earlier one", day=9.5, reply=True)),
        ],
        names=Names(),
    )


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "zulip_json" / "7-help"
    folder.mkdir(parents=True)
    there = "#narrow/stream/7-help/topic"
    say = {
        "pump": [(1, "Why does the pump leak?"), (3, "Tighten the seal of it")],
        "valve": [(2, "Where is the valve?")],
        "leak.20again": [
            (4, f'<a href="{there}/pump/near/1">I read this</a>'),
            (5, f'See <a href="{there}/pump/near/3">it</a>, not <a href="{there}/valve">it</a>'),
            (6, f'<a href="{there}/leak.20again/near/4">said</a>'),
            (7, '<a href="#narrow/stream/8-other/topic/pump">elsewhere</a>'),
        ],
    }  # fmt: skip
    for topic, said in say.items():
        (folder / f"{topic}.json").write_text(
            json.dumps([{"id": key, "content": text} for key, text in said])
        )
    return tmp_path


def test_a_reply_that_links_to_an_answered_earlier_thread_says_that_it_was_asked_before(told, archive):
    assert linked(told, posts_in(archive)) == [Linked(3, frozenset({1}))]


def test_a_link_in_the_question_itself_is_no_label(told, archive):
    (archive / "zulip_json" / "7-help" / "leak.20again.json").write_text(
        json.dumps(
            [{"id": 4, "content": '<a href="#narrow/stream/7-help/topic/pump/near/1">I read this</a>'}]
        )
    )
    assert linked(told, posts_in(archive)) == []


def test_posts_of_a_forum_are_told_by_topic_and_number(tmp_path):
    cooked = '<a href="https://delvingbitcoin.org/t/some-name/12/3">there</a>'
    (tmp_path / "one.json").write_text(json.dumps({"topic_id": 20, "post_number": 2, "cooked": cooked}))
    assert posts_in(tmp_path) == {"20/2": ("20/2", "20", (("12", "12/3"),))}


def test_the_earlier_question_is_found_by_the_words_of_the_new_one_alone(told):
    (found,) = see("made up", told, [Linked(3, frozenset({1}))])
    assert found.rank(OURS) == 1
    assert all(2 not in numbers for numbers in found.ranked.values())  # nobody answered it
    assert all(3 not in numbers for numbers in found.ranked.values())
    row = asked_before.table("made up", [found, found]).rows[OURS]
    assert row["MRR"] == row["first 1"] == 1.0
