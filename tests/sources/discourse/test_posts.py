"""One topic, post by post: what each answers, whom it calls, and what is nobody's words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from crosstie.record import Kind, KnownHow


@pytest.fixture
def topic(samples, forum):
    """Read a topic that Ada began and Ben wrote in, with more posts after these two."""

    def reading(*more: dict[str, Any], **how: Any) -> Any:
        begun = samples.post(1, samples.ADA, "How?"), samples.post(2, samples.BEN, "So", at=2)
        return forum(*begun, *more, **how)

    return reading


def answers(act: Any) -> tuple[Kind, str, str]:
    return act.kind, act.replies_to, act.parent_author


def test_the_first_post_is_said_with_the_title(topic):
    act = topic(site="https://forum.example.org").acts["1"]

    assert answers(act) == (Kind.SAID, "", "")
    assert (act.actor, act.place, act.thread) == ("11", "5", "100")
    assert act.at == datetime(2024, 5, 1, 12, 0, 0, 250_000, tzinfo=UTC)
    assert (act.text, act.asks) == ("Printing\nHow?", True)
    assert act.link == "https://forum.example.org/t/100/1"


def test_a_title_that_asks_makes_the_first_post_ask(samples, forum):
    assert forum(samples.post(1, samples.ADA, "See title.", topic_title="How?")).acts["1"].asks is True


@pytest.mark.parametrize("number", [2, "2"])
def test_a_reply_names_the_post_it_answers(samples, topic, number):
    act = topic(samples.post(3, samples.CLEO, "!", at=3, reply_to_post_number=number)).acts["3"]

    assert answers(act) == (Kind.REPLIED, "2", "12")
    assert (act.known_how, act.thread) == (KnownHow.STATED, "100")


def test_without_a_number_the_topic_is_answered(samples, topic):
    assert answers(topic().acts["2"]) == (Kind.REPLIED, "1", "11")


def test_who_began_the_topic_answers_nobody_without_a_number(samples, topic):
    assert answers(topic(samples.post(3, samples.ADA, "more", at=3)).acts["3"]) == (Kind.SAID, "", "")


def test_a_quote_is_a_reply_even_without_a_number(samples, topic):
    act = topic(samples.post(3, samples.CLEO, samples.quoting("Ben_B", 2, 100, "So") + "!", at=3)).acts["3"]

    assert answers(act) == (Kind.REPLIED, "2", "12")
    assert act.text == "Ben_B:\n> So\n!"


def test_a_quote_from_another_topic_answers_its_post(samples, topic):
    elsewhere = samples.post(9, samples.ROBOT, "Once", topic=200)
    act = topic(elsewhere, samples.post(3, samples.CLEO, samples.quoting("builder", 1, 200, "x"), at=3)).acts[
        "3"
    ]

    assert answers(act) == (Kind.REPLIED, "9", "14")
    assert act.thread == "100"


def test_of_a_number_and_several_quotes_the_first_is_the_reply_and_the_others_are_called(samples, topic):
    quotes = samples.quoting("ada", 1, 100, "How?") + samples.quoting("Ben_B", 2, 100, "So")
    acts = topic(
        samples.post(3, samples.CLEO, quotes, at=3),
        samples.post(4, samples.ROBOT, quotes, at=4, reply_to_post_number=2),
    ).acts

    assert answers(acts["3"]) == (Kind.REPLIED, "1", "11")
    assert acts["3"].mentioned == ("12",)
    assert answers(acts["4"]) == (Kind.REPLIED, "2", "12")
    assert acts["4"].mentioned == ("11",)


def test_who_replies_to_themselves_and_quotes_another_answers_the_other(samples, topic):
    act = topic(
        samples.post(3, samples.BEN, samples.quoting("ada", 1, 100, "x"), at=3, reply_to_post_number=2)
    ).acts["3"]

    assert answers(act) == (Kind.REPLIED, "1", "11")


def test_who_replies_to_themselves_alone_answers_nobody_else(samples, topic):
    act = topic(samples.post(3, samples.BEN, "more", at=3, reply_to_post_number=2)).acts["3"]

    assert answers(act) == (Kind.REPLIED, "2", "12")
    assert act.actor == "12"


def test_a_first_post_that_quotes_begins_a_topic_and_calls_whom_it_quotes(samples, topic):
    act = topic(samples.post(3, samples.CLEO, samples.quoting("ada", 1, 100, "x"), topic=200)).acts["3"]

    assert answers(act) == (Kind.SAID, "", "")
    assert act.mentioned == ("11",)


@pytest.mark.parametrize(
    ("answered", "parent"),
    [({"id": 12, "username": "Ben_B", "name": ""}, "12"), ({"username": "ben_b"}, "12")],
)
def test_a_reply_to_a_post_that_is_not_there_keeps_its_author(samples, topic, answered, parent):
    act = topic(
        samples.post(3, samples.CLEO, "!", at=3, reply_to_post_number=77, reply_to_user=answered)
    ).acts["3"]

    assert answers(act) == (Kind.REPLIED, "", parent)


@pytest.mark.parametrize("number", [77, "many", "", -1])
def test_a_reply_to_nobody_known_answers_nobody_else(samples, topic, number):
    reading = topic(samples.post(3, samples.CLEO, "!", at=3, reply_to_post_number=number))
    if number == -1:
        assert reading.ledger.left_out == {"unreadable post": 1}
    else:
        known = number == 77
        assert answers(reading.acts["3"]) == ((Kind.SAID, "", "") if known else (Kind.REPLIED, "1", "11"))


def test_a_reply_to_the_forum_itself_answers_nobody_else(samples, forum):
    acts = forum(
        samples.post(1, samples.SYSTEM, "Welcome"),
        samples.post(2, samples.ADA, "Thanks", at=2),
        samples.post(3, samples.BEN, "Hi", at=3, reply_to_post_number=1),
    ).acts

    assert [answers(acts[number])[0] for number in ("2", "3")] == [Kind.SAID, Kind.SAID]


def test_mentions_are_of_people_of_the_export(samples, topic):
    names = " ".join(map(samples.mentioning, ["Ben_B", "ben_b", "cleo", "builder", "stranger"]))
    robot = samples.post(4, samples.ROBOT, "!", at=4)
    reading = topic(samples.post(3, samples.CLEO, names, at=3), robot, bots="builder")

    assert reading.acts["3"].mentioned == ("12",)
    assert reading.ledger.notes["mention of somebody who is not in the export"] == 1


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"post_type": 2}, "notice of the system"),
        ({"post_type": 3, "action_code": "closed.enabled"}, "notice of the system"),
        ({"post_type": 4}, "whisper of the staff"),
        ({"post_type": 9}, "unknown type of post"),
        ({"deleted_at": "2024-05-02T00:00:00Z"}, "deleted"),
        ({"user_deleted": True}, "deleted"),
        ({"hidden": True}, "hidden by the forum"),
        ({"user_id": None}, "no user"),
        ({"username": ""}, "no user"),
        ({"user_id": -1}, "bot"),
        ({"user_id": -2}, "bot"),
        ({"created_at": "soon"}, "unreadable time"),
        ({"created_at": "0001-01-01T00:00:00Z"}, "date before 1980 or in the future"),
        ({"created_at": "2999-01-01T00:00:00Z"}, "date before 1980 or in the future"),
        ({"id": 0}, "unreadable post"),
        ({"topic_id": "x"}, "unreadable post"),
        ({"topic_id": 1 << 60}, "unreadable post"),
        ({"post_number": 1 << 30}, "unreadable post"),
        ({"user_id": 10**30}, "unreadable post"),
        ({"actions_summary": 5}, "unreadable post"),
    ],
)
def test_what_is_nobodys_words_is_left_out_with_its_reason(samples, topic, more, reason):
    reading = topic(samples.post(3, samples.CLEO, "!", at=3, **more))

    assert set(reading.acts) == {"1", "2"}
    assert reading.ledger.left_out == {reason: 1}


def test_bots_are_named_by_a_setting(samples, topic):
    reading = topic(samples.post(3, samples.ROBOT, "!", at=3), bots="Builder, other")

    assert reading.ledger.left_out == {"bot": 1}
    assert "14" not in reading.accounts


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[1, 2]", b"null", b"[" * 100_000, b'{"post_number": "x"}', b'"a"']
)
def test_a_file_that_is_no_answer_of_a_forum_loses_only_itself(topic, content):
    reading = topic(files={"broken.json": content})

    assert set(reading.acts) == {"1", "2"}
    told = reading.ledger.left_out + reading.ledger.notes
    assert told.total() == 1


def test_a_broken_post_in_a_page_loses_only_itself(samples, forum):
    page = {"latest_posts": [{"id": "x"}, None, samples.post(1, samples.ADA, "?")]}
    reading = forum(files={"posts.json": page})

    assert set(reading.acts) == {"1"}
    assert reading.ledger.left_out == {"unreadable post": 2}
