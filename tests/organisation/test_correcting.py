"""What people correct takes effect, outlives a reading, can be taken back, and leaves the record alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.actions import company

from crosstie.actions import advising, pages, reading, snapshots
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.organisation import correcting, gate, held_rows, learning, work
from crosstie.actions.presence import present
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Viewer
from crosstie.record import Account, Trace
from crosstie.store.models import Correction

pytestmark = pytest.mark.anywhere

AGREED = Consent(domains=frozenset({"firm.example"}))


def contact(home: Home, viewer: Viewer, name: str) -> Any:
    return next((one for one in pages.circle(home, viewer).contacts if one.person.name == name), None)


def own_answers(home: Home, viewer: Viewer) -> list[str]:
    return [row.id for row in held_rows.every_row(home, viewer) if row.what.startswith("You answered ")]


def everything(home: Home) -> dict[tuple[str, str], tuple[Any, ...]]:
    """All that is drawn from the record of anybody's ties, by person."""
    network = snapshots.current(home).network
    ties = network.ties
    columns = (ties.contact, ties.known_contact, ties.learned, ties.turned_to, ties.active, ties.known)
    return {
        (str(network.persons[one]), str(network.persons[other])): tuple(values)
        for one, other, *values in zip(
            ties.learner.tolist(),
            ties.teacher.tolist(),
            *(column.tolist() for column in columns),
            strict=True,
        )
    }


def test_a_row_that_is_not_me_counts_no_more_and_the_record_keeps_it(firm, ada, ben):
    rows, before = firm.record.count(), contact(firm, ada, "Ben Olu").known_contact
    correcting.not_me(firm, ben, own_answers(firm, ben)[0])
    assert contact(firm, ada, "Ben Olu").known_contact == pytest.approx(before - 1)
    assert contact(firm, ben, "Ada Berg").known_contact == pytest.approx(before - 1)
    assert firm.record.count() == rows
    assert held_rows.number(firm, ben) == 8, "it is held all the same, and said to be"


def test_of_whom_nothing_is_left_the_tie_is_gone(firm, ada, ben):
    for trace in own_answers(firm, ben):
        correcting.not_me(firm, ben, trace)
    assert contact(firm, ada, "Ben Olu") is None
    assert "Ben Olu" not in {one.name for one in pages.network_map(firm, ada).people}


def test_what_answered_a_message_that_is_not_mine_answered_nobody_else(firm, ada, ben):
    before = everything(firm)
    asked = [row.id for row in held_rows.every_row(firm, ada) if row.what.startswith("You wrote")]
    for trace in asked:
        correcting.not_me(firm, ada, trace)
    after = everything(firm)
    assert not [pair for pair in after if ada.person in pair]
    others = {pair: values for pair, values in before.items() if ada.person not in pair}
    assert after == others, "nobody else's ties moved"


def test_a_mention_or_a_letter_to_several_keeps_the_shares_of_the_others(firm, ada, ben, join):
    told: list[Trace] = [
        *company.accounts(),
        *company.places(),
        company.said(9000, "Lea", addressed=("Ben", "Jun"), mentioned=("Ben",), asks=False),
    ]
    reading.read(firm, company.plan(told), agreed=AGREED)
    lea = join("Lea Moreau")
    (trace,) = [row.id for row in held_rows.every_row(firm, ben) if "Lea Moreau" in row.people]
    correcting.not_me(firm, ben, trace)
    assert [one.person.name for one in pages.circle(firm, lea).contacts] == ["Jun Park"]
    assert contact(firm, lea, "Jun Park").known_contact == pytest.approx(0.5)


def test_it_survives_another_reading_of_the_export(firm, ada, ben):
    for trace in own_answers(firm, ben):
        correcting.not_me(firm, ben, trace)
    reading.read(firm, company.plan(), agreed=AGREED)
    assert contact(firm, ada, "Ben Olu") is None


def test_taking_it_back_restores_everything(firm, ada, ben):
    before = everything(firm)
    correcting.not_me(firm, ben, own_answers(firm, ben)[0])
    correcting.no_longer(firm, ben, ada.person)
    assert everything(firm) != before
    assert [one.verb for one in correcting.corrections(firm, ben)] == ["no_longer", "not_me"]
    for one in correcting.corrections(firm, ben):
        correcting.take_back(firm, ben, one.number)
    assert everything(firm) == before
    assert correcting.corrections(firm, ben) == ()


def test_an_answer_that_is_not_mine_speaks_for_me_no_more(firm, ada, ben, join):
    dan = join("Dan Wu")

    def speaks_for_ben() -> set[str]:
        helpers = advising.who_can_help(firm, dan, "Message 0 of Ada?", k=12)
        return {answer.id for one in helpers if one.person.name == "Ben Olu" for answer in one.evidence}

    before = speaks_for_ben()
    assert before <= set(own_answers(firm, ben))
    assert before
    for trace in before:
        correcting.not_me(firm, ben, trace)
    assert speaks_for_ben().isdisjoint(before)
    for trace in own_answers(firm, ben):
        correcting.not_me(firm, ben, trace)
    assert speaks_for_ben() == set()


def test_two_who_do_not_know_each_other_any_more_are_not_active_and_still_known(firm, ada, ben):
    assert contact(firm, ada, "Ben Olu").is_active
    months = pages.circle(firm, ada).months
    correcting.no_longer(firm, ada, ben.person)
    for viewer, name in ((ada, "Ben Olu"), (ben, "Ada Berg")):
        found = contact(firm, viewer, name)
        assert not found.is_active
        assert found.contact == 0
    after = pages.circle(firm, ada).months
    assert [one.contacts for one in after[:-1]] == [one.contacts for one in months[:-1]], "it was so"
    assert after[-1].contacts == months[-1].contacts - 1
    size = next(one for one in pages.circle(firm, ada).figures if one.name == "size")
    assert size.value == after[-1].contacts
    assert [one for one in pages.network_map(firm, ada).people if one.name == "Ben Olu"] == []


def test_contact_after_that_counts_again(firm, ada, ben):
    correcting.no_longer(firm, ada, ben.person)
    later = timezone.now() + timedelta(days=1)
    question = company.said(9000, "Ada", at=later)
    told: list[Trace] = [
        *company.traces(),
        question,
        company.answered(9001, "Ben", question, at=later + timedelta(hours=1)),
    ]
    reading.read(firm, company.plan(told), agreed=AGREED)
    assert contact(firm, ada, "Ben Olu").is_active


def test_nobody_is_led_along_a_tie_that_ended(firm, ada, ben, join):
    """Ben and Hana both are in touch with Ada in the open: a way from one to the other, until it ends."""
    told: list[Trace] = [*company.traces()]
    for number in range(4):
        question = company.said(9000 + 2 * number, "Hana")
        told += [question, company.answered(9001 + 2 * number, "Ada", question)]
    reading.read(firm, company.plan(told), agreed=AGREED)
    hana = join("Hana Sato")

    def way_to_ben() -> str:
        helpers = advising.who_can_help(firm, hana, "Message 0 of Ada?", k=12)
        return {one.person.name: one.path for one in helpers}["Ben Olu"]

    assert way_to_ben() == "You both know Ada Berg."
    correcting.no_longer(firm, hana, ada.person)
    assert way_to_ben() == ""


def test_thanks_that_were_taken_back_leave_the_circle(firm, ada, join):
    lea = join("Lea Moreau")
    number = learning.acknowledge(firm, ada, lea.person)
    work.work_once(firm)
    assert contact(firm, ada, "Lea Moreau") is not None
    learning.take_back(firm, ada, number)
    assert contact(firm, ada, "Lea Moreau") is None
    (row,) = [row for row in held_rows.every_row(firm, lea) if row.is_taken_back]
    assert row.what == "Ada Berg said to have learned from you"


def test_an_account_that_is_not_mine_becomes_somebody_else(firm, ada, ben):
    shared = Account(source="list:all", id="sales", name="Sales", address=company.address("Ben Olu"))
    told: list[Trace] = [shared, *company.accounts(), *company.places(), company.said(9000, "Ada")]
    reading.read(firm, company.plan(told), agreed=AGREED)
    mine = {one.name: one for one in correcting.own_accounts(firm, ben)}
    assert {one.is_membership for one in mine.values()} == {True, False}
    correcting.not_my_account(firm, ben, mine["Sales"].key)
    assert "Sales" not in {one.name for one in correcting.own_accounts(firm, ben)}
    assert gate.card_of(firm, mine["Sales"].key).name == "Sales"
    (one,) = correcting.corrections(firm, ben)
    assert one.what == "Sales (list:all)"
    correcting.take_back(firm, ben, one.number)
    assert "Sales" in {one.name for one in correcting.own_accounts(firm, ben)}


def test_one_corrects_what_is_ones_own_and_nothing_else(firm, ada, ben, join):
    cleo = join("Cleo Marti")
    of_ben = own_answers(firm, ben)[0]
    for verb, about in (
        (correcting.not_me, of_ben),
        (correcting.not_me, "nosuchrow"),
        (correcting.not_my_account, ben.person),
        (correcting.no_longer, ben.person),
        (correcting.no_longer, cleo.person),
    ):
        with pytest.raises(NotShown):
            verb(firm, cleo, about)
    with pytest.raises(NotShown):
        correcting.take_back(firm, cleo, 1)
    with pytest.raises(NotAllowed):
        correcting.not_my_account(firm, cleo, cleo.account)
    correcting.not_me(firm, ben, of_ben)
    with pytest.raises(NotShown):
        correcting.take_back(firm, cleo, Correction.objects.get().pk)
    assert correcting.corrections(firm, cleo) == ()


def test_what_was_done_here_is_taken_back_where_it_was_done(firm, ada, ben):
    learning.acknowledge(firm, ada, ben.person)
    work.work_once(firm)
    (row,) = [row for row in held_rows.every_row(firm, ada) if not row.is_from_outside]
    with pytest.raises(NotAllowed):
        correcting.not_me(firm, ada, row.id)


def test_where_workers_make_snapshots_a_correction_and_taking_it_back_each_have_one_made(
    firm, ada, ben, monkeypatch
):
    monkeypatch.setattr(snapshots, "_RESTS", 0)  # how long a worker rests is the machine's speed
    before = contact(firm, ada, "Ben Olu").known_contact
    with present(firm.folder):
        correcting.not_me(firm, ben, own_answers(firm, ben)[0])
        assert contact(firm, ada, "Ben Olu").known_contact == before, "pages do not wait"
        work.work_once(firm)
        assert contact(firm, ada, "Ben Olu").known_contact == pytest.approx(before - 1)
        correcting.take_back(firm, ben, Correction.objects.get().pk)
        contact(firm, ada, "Ben Olu")
        work.work_once(firm)
        assert contact(firm, ada, "Ben Olu").known_contact == before


@pytest.mark.parametrize(
    "verb",
    [
        lambda home, who: correcting.not_me(home, who, "x"),
        lambda home, who: correcting.not_my_account(home, who, "x"),
        lambda home, who: correcting.no_longer(home, who, "x"),
        lambda home, who: correcting.take_back(home, who, 1),
        correcting.corrections,
        correcting.own_accounts,
        lambda home, who: correcting.ended_with(home, who, "x"),
    ],
)
def test_an_outsider_may_do_none_of_it(firm, ben, verb):
    with pytest.raises(NotShown):
        verb(firm, Viewer(person=ben.person, account=ben.account))
