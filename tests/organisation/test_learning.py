"""Saying whom one learned from, and whether what crosstie shows is right."""

from __future__ import annotations

import pytest

from crosstie.actions.organisation import asking, learning, recording
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Viewer
from crosstie.practice.precision import precision
from crosstie.store.models import Acknowledgement, Letter, Run, Sampled


def carry_over(home) -> None:
    for run in Run.objects.filter(kind="record").order_by("pk"):
        recording.record(home, run.payload)


def test_the_one_thanked_is_told_and_the_record_holds_it(firm, ada, ben):
    number = learning.acknowledge(firm, ada, ben.person, "How queues fill up.")
    letter = Letter.objects.get(account=ben.account, kind="thanks")
    assert letter.subject == "Ada Berg learned something from you"
    assert "How queues fill up." in letter.text
    carry_over(firm)
    with firm.record.connect() as connection:
        rows = connection.execute(
            "SELECT actor, addressed, openness, text FROM interactions WHERE kind = 'acknowledged'"
        ).fetchall()
    assert rows == [(ada.account, [ben.account], "members", None)]
    assert Acknowledgement.objects.get(pk=number).recorded_at


def test_both_read_it_and_nobody_else_does(firm, ada, ben, join):
    cleo = join("Cleo Marti")
    learning.acknowledge(firm, ada, ben.person, "How queues fill up.")
    assert [one.who.name for one in learning.thanks(firm, ada)[0]] == ["Ben Olu"]
    assert [one.who.name for one in learning.thanks(firm, ben)[1]] == ["Ada Berg"]
    assert learning.thanks(firm, cleo) == ((), ())


def test_it_can_be_about_an_answer_of_theirs_and_of_nobody_else(firm, ada, ben, join):
    cleo = join("Cleo Marti")
    question = asking.ask(firm, ada, "How?", {})
    answer = asking.answer(firm, ben, question, "So.")
    learning.acknowledge(firm, ada, ben.person, answer=answer)
    learning.acknowledge(firm, ada, cleo.person, answer=answer)
    assert [one.answer_id for one in Acknowledgement.objects.order_by("pk")] == [answer, None]


def test_oneself_strangers_and_essays_are_refused(firm, ada, ben):
    with pytest.raises(NotAllowed):
        learning.acknowledge(firm, ada, ada.person)
    with pytest.raises(NotShown):
        learning.acknowledge(firm, ada, "nobody")
    with pytest.raises(UsageRefused):
        learning.acknowledge(firm, ada, ben.person, "x" * 501)


def test_only_the_one_who_said_it_takes_it_back(firm, ada, ben):
    number = learning.acknowledge(firm, ada, ben.person)
    with pytest.raises(NotShown):
        learning.take_back(firm, ben, number)
    learning.take_back(firm, ada, number)
    assert learning.thanks(firm, ben) == ((), ())
    with pytest.raises(NotShown):
        learning.take_back(firm, ada, number)


def test_five_ties_at_most_a_month_the_same_when_asked_again(firm, ada):
    drawn = learning.sample(firm, ada)
    assert 0 < len(drawn) <= 5
    assert learning.sample(firm, ada) == drawn
    assert ada.person not in {one.who.key for one in drawn}


def test_a_verdict_is_ones_own(firm, ada, ben):
    first = learning.sample(firm, ada)[0]
    with pytest.raises(NotShown):
        learning.judge(firm, ben, first.number, "right")
    with pytest.raises(UsageRefused):
        learning.judge(firm, ada, first.number, "perhaps")
    learning.judge(firm, ada, first.number, "right")
    assert Sampled.objects.get(pk=first.number).verdict == "right"
    assert not learning.how_right(firm, ada).is_enough


@pytest.mark.parametrize(
    "verb",
    [
        lambda home, who: learning.acknowledge(home, who, "x"),
        lambda home, who: learning.take_back(home, who, 1),
        learning.thanks,
        lambda home, who: learning.may_be_thanked(home, who, ["x"]),
        learning.sample,
        lambda home, who: learning.judge(home, who, 1, "right"),
        learning.how_right,
    ],
)
def test_an_outsider_may_do_none_of_it(firm, ben, verb):
    with pytest.raises(NotShown):
        verb(firm, Viewer(person=ben.person))


def test_the_share_has_an_interval_and_is_withheld_below_thirty_verdicts_or_ten_people():
    assert precision(right=20, judged=29, judges=29).share is None
    assert precision(right=20, judged=40, judges=9) == precision(right=0, judged=0, judges=0)
    found = precision(right=30, judged=40, judges=12)
    assert found.share == 0.75
    # Wilson's interval by hand: z = 1.6449, n = 40, p = 0.75.
    assert (found.low, found.high) == pytest.approx((0.624, 0.844), abs=5e-4)
    with pytest.raises(ValueError, match="cannot be right"):
        precision(right=5, judged=4, judges=4)
