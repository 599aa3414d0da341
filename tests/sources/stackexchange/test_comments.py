"""Whom a comment answers."""

from __future__ import annotations

import pytest

from crosstie.record import Kind, KnownHow


@pytest.fixture
def talk(samples, dump):
    """Read comments under one answer of Ben's to a question of Ada's: (who, text) in their order."""

    def reading(*said: tuple[int, str], **how):
        posts = (
            samples.post(1, samples.ADA, "?", Tags="<dough>"),
            samples.post(2, samples.BEN, "!", ParentId=1),
        )
        comments = tuple(
            samples.comment(number, 2, writer, text) for number, (writer, text) in enumerate(said, 1)
        )
        return dump(*posts, comments=comments, **how)

    return reading


def answers(act) -> tuple[str, str, float]:
    return act.parent_author, act.replies_to, act.probability


def test_a_comment_answers_the_owner_of_the_post(samples, talk):
    act = talk((samples.CLEO, "Why?"), site="https://baking.example.org").acts["comment-1"]

    assert answers(act) == ("12", "2", 1)
    assert (act.kind, act.known_how, act.actor, act.place) == (Kind.REPLIED, KnownHow.STATED, "13", "dough")
    assert act.thread == "2/comments"
    assert (act.asks, act.text) == (True, "Why?")
    assert act.link == "https://baking.example.org/questions/1#comment1_2"


def test_an_owner_who_names_nobody_is_held_to_answer_the_last_commenter(samples, talk):
    acts = talk((samples.CLEO, "a"), (samples.BEN, "b"), (samples.ADA, "c"), (samples.BEN, "d")).acts

    assert answers(acts["comment-2"]) == ("13", "comment-1", 0.8)
    assert answers(acts["comment-4"]) == ("11", "comment-3", 0.75)
    assert acts["comment-4"].known_how is KnownHow.INFERRED


def test_an_owner_alone_answers_nobody_but_the_post(samples, talk):
    act = talk((samples.BEN, "by the way")).acts["comment-1"]

    assert answers(act) == ("12", "2", 1)
    assert act.actor == "12"


@pytest.mark.parametrize("name", ["@Cleo", "@CleoCosta", "@cleocosta,", "well, @Cle:"])
def test_a_name_after_an_at_sign_is_answered(samples, talk, name):
    act = talk((samples.CLEO, "a"), (samples.CLEO, "b"), (samples.ADA, f"{name} so")).acts["comment-3"]

    assert answers(act) == ("13", "comment-2", 1)
    assert act.known_how is KnownHow.STATED


@pytest.mark.parametrize("text", ["@Cl so", "@Zoe so", "@Dan so", "mail@cleo.example", "@Ada so"])
def test_a_name_that_nobody_there_has_leaves_the_owner_answered(samples, talk, text):
    act = talk((samples.CLEO, "a"), (samples.ADA, text)).acts["comment-2"]

    assert answers(act) == ("12", "2", 1)


def test_a_name_that_nobody_there_has_is_noted(samples, talk):
    reading = talk((samples.ADA, "@Zoe and @Cleo"))

    assert reading.ledger.notes == {"name in a comment that nobody there has": 2}


def test_of_several_names_the_first_is_answered_and_the_others_are_mentioned(samples, talk):
    act = talk((samples.CLEO, "a"), (samples.DAN, "b"), (samples.ADA, "@Dan @Ben @Dan see")).acts["comment-3"]

    assert answers(act) == ("14", "comment-2", 1)
    assert act.mentioned == ("12",)


def test_a_name_that_two_of_those_there_have_is_nobodys(samples, dump, read, tmp_path):
    people = [*samples.PEOPLE, {"Id": 15, "DisplayName": "Cleo"}, {"Id": 16, "DisplayName": "Cleopatra"}]
    tables = {
        "Users": people,
        "Posts": [samples.post(1, samples.ADA, "?")],
        "Comments": [
            samples.comment(1, 1, 15, "a"),
            samples.comment(2, 1, 16, "b"),
            samples.comment(3, 1, samples.BEN, "@Cleo whole"),
            samples.comment(4, 1, samples.BEN, "@Cle beginning"),
        ],
    }
    acts = read(samples.write(tmp_path / "two", tables)).acts

    assert acts["comment-3"].parent_author == "15"
    assert acts["comment-4"].parent_author == "11"


def test_a_comment_under_the_post_of_somebody_gone_answers_nobody_else(samples, dump):
    reading = dump(
        samples.post(1, None, "?", Tags="<a>"),
        comments=(
            samples.comment(1, 1, samples.CLEO, "a"),
            samples.comment(2, 1, samples.DAN, "b"),
            samples.comment(3, 1, samples.BEN, "@Cleo c"),
        ),
    )

    assert [answers(reading.acts[f"comment-{number}"]) for number in (1, 2, 3)] == [
        ("", "1", 1),
        ("", "1", 1),
        ("13", "comment-1", 1),
    ]
    assert reading.acts["comment-2"].thread == ""
    assert reading.acts["comment-3"].thread == "1/comments"


def test_comments_are_no_part_of_the_thread_of_answers(samples, talk):
    acts = talk((samples.CLEO, "a")).acts

    assert acts["1"].thread == acts["2"].thread == "1"
    assert acts["comment-1"].thread != "1"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"Id": "x"}, "unreadable row"),
        ({"PostId": 9}, "comment on a post that is not in the dump"),
        ({"UserId": -1}, "by the site itself"),
        ({"UserId": 555}, "unknown user"),
        ({"CreationDate": "soon"}, "unreadable time"),
        ({"CreationDate": "2999-01-01T00:00:00"}, "date before 1980 or in the future"),
    ],
)
def test_a_broken_comment_is_counted_and_answered_by_nobody(samples, dump, more, reason):
    broken = {**samples.comment(1, 1, samples.CLEO, "a"), **more}
    reading = dump(
        samples.post(1, samples.ADA, "?"), comments=(broken, samples.comment(2, 1, samples.BEN, "@Cleo b"))
    )

    assert reading.ledger.left_out == {reason: 1}
    assert reading.acts["comment-2"].parent_author == "11"
