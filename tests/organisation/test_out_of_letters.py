"""Who opted out is named in no letter that has not gone out yet, and nobody else misses a letter for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.utils import timezone
from tests.actions import company

from crosstie.actions import opting
from crosstie.actions.home import Home
from crosstie.actions.organisation import (
    asking,
    being_asked,
    digests,
    introducing,
    invitations,
    learning,
    leaving,
    meeting,
    meetings_sent,
    workshops,
)
from crosstie.actions.organisation.letter_kinds import LETTER_KINDS
from crosstie.actions.organisation.unnaming import UNNAMING
from crosstie.people import Role, Viewer
from crosstie.store.models import Asked, Letter, Meeting, Member, Part, Run

pytestmark = pytest.mark.anywhere

BEN = "Ben Olu"


class Firm(NamedTuple):
    """The firm, and those of it who take part."""

    home: Home
    ben: Viewer
    cleo: Viewer
    dan: Viewer


@pytest.fixture
def at(firm, ben, cleo, join) -> Firm:
    return Firm(firm, ben, cleo, join("Dan Wu"))


def asked(at: Firm) -> None:
    asking.ask(at.home, at.ben, "Who knows queues?", {at.cleo.person: ["You do."]})


def passed_on(at: Firm) -> None:
    asking.ask(at.home, at.dan, "Who knows queues?", {at.ben.person: ["You do."]})
    being_asked.pass_on(at.home, at.ben, Asked.objects.get().pk, at.cleo.person)


def put_off(at: Firm) -> None:
    asking.ask(at.home, at.ben, f"Who knows queues? Yours, {BEN}", {at.cleo.person: ["You do."]})
    being_asked.later(at.home, at.cleo, Asked.objects.get().pk)


def answered(at: Firm) -> None:
    asking.answer(at.home, at.ben, asking.ask(at.home, at.cleo, "Who knows queues?", {}), "I do.")


def accepted(at: Firm) -> None:
    number = asking.ask(at.home, at.ben, "Who knows queues?", {})
    asking.accept(at.home, at.ben, asking.answer(at.home, at.cleo, number, "I do."))


def thanked(at: Firm) -> None:
    learning.acknowledge(at.home, at.ben, at.cleo.person)


def suggested(at: Firm) -> None:
    assert introducing.look(at.home, at.ben)


def of_two(at: Firm) -> Meeting:
    suggested(at)
    found = Meeting.objects.filter(parts__account=at.ben.account).get(parts__account=at.cleo.account)
    for one in (at.ben, at.cleo):
        meeting.say(at.home, one, found.pk, yes=True)
    return found


def of_three(at: Firm) -> Meeting:
    made = Meeting.objects.create(uid="three", made_at=timezone.now())
    Part.objects.bulk_create(
        Part(meeting=made, account=one.account, answer="yes") for one in (at.ben, at.cleo, at.dan)
    )
    meetings_sent.bring_together(at.home, made)
    return made


def called_off(at: Firm) -> None:
    meeting.call_off(at.home, at.ben, of_two(at).pk)


def as_two(at: Firm) -> None:
    meeting.call_off(at.home, at.dan, of_three(at).pk)


def asked_whether_met(at: Firm) -> None:
    of_two(at)
    Meeting.objects.update(starts_at=timezone.now() - timedelta(days=4))
    meetings_sent.ask_whether_met(at.home, {})


def invited_to_a_workshop(at: Firm) -> None:
    Member.objects.filter(pk=at.ben.member).update(role=Role.FACILITATOR.value)
    number = workshops.make(at.home, at.ben, "Ask in the open", timezone.localdate())
    workshops.invite(at.home, at.ben, number, [at.cleo.person])


def digested(at: Firm) -> str:
    begins = (timezone.now() + timedelta(minutes=1)).isoformat()
    Member.objects.update(digest="weekly")
    thanked(at)
    learning.acknowledge(at.home, at.dan, at.cleo.person)
    Letter.objects.all().delete()
    digests.weekly(at.home, {"begins": begins})
    return begins


def invited(at: Firm) -> None:
    Member.objects.filter(pk=at.ben.member).update(role=Role.STEWARD.value)
    invitations.invite(at.home, at.ben, ["new@firm.example"])


NAMING: tuple[tuple[str, Callable[[Firm], object]], ...] = (
    ("asked", asked),
    ("asked", passed_on),
    ("again", put_off),
    ("answer", answered),
    ("accepted", accepted),
    ("thanks", thanked),
    ("suggested", suggested),
    ("meeting", of_two),
    ("meeting", of_three),
    ("called-off", called_off),
    ("as-two", as_two),
    ("did-you-meet", asked_whether_met),
    ("workshop", invited_to_a_workshop),
    ("digest", digested),
    ("invitation", invited),
)
"""How a letter to someone else comes to name Ben: of each kind that can."""

NAMES_NOBODY = {"sign-in", "account", "lifted", "test"}


def naming(name: str, but_to: Viewer, kind: str = "") -> list[Letter]:
    """Return the letters to others that somebody stands in."""
    found = Letter.objects.exclude(account=but_to.account)
    return [
        one
        for one in (found.filter(kind=kind) if kind else found)
        if name in f"{one.subject}{one.text}{one.attachments}" or company.address(name) in one.text
    ]


def test_of_every_kind_of_letter_it_is_said_what_becomes_of_it():
    assert {kind for kind, _ in NAMING} | NAMES_NOBODY == set(LETTER_KINDS) == set(UNNAMING)


@pytest.mark.parametrize(("kind", "write"), NAMING, ids=[write.__name__ for _, write in NAMING])
def test_no_letter_that_has_not_gone_out_names_them(at, kind, write):
    write(at)
    assert naming(BEN, at.ben, kind), "the search finds what is there"
    leaving.opt_out(at.home, at.ben)
    assert naming(BEN, at.ben) == []


def test_a_letter_that_failed_is_not_sent_again_with_their_name(at):
    of_three(at)
    Letter.objects.update(state="failed")
    leaving.opt_out(at.home, at.ben)
    assert naming(BEN, at.ben) == []


@pytest.mark.parametrize(("kind", "write"), NAMING, ids=[write.__name__ for _, write in NAMING])
def test_what_may_have_arrived_names_them_no_more_and_does_not_come_again(at, kind, write):
    write(at)
    Letter.objects.update(state="unclear")
    keys = list(Letter.objects.filter(kind=kind).values_list("key", flat=True))
    leaving.opt_out(at.home, at.ben)
    assert naming(BEN, at.ben) == []
    assert not Letter.objects.filter(key__in=keys, state="waiting").exists()


def test_what_went_out_stays_and_goes_out_no_second_time(at):
    of_two(at)
    Letter.objects.update(state="sent")
    before = set(Letter.objects.values_list("key", "text"))
    leaving.opt_out(at.home, at.ben)
    after = set(Letter.objects.exclude(kind="called-off").values_list("key", "text"))
    assert after == before


def test_of_a_meeting_of_two_neither_is_told_any_more(at):
    of_two(at)
    leaving.opt_out(at.home, at.ben)
    assert not Letter.objects.filter(kind="meeting").exists()


def test_of_three_the_two_who_are_left_are_told_of_one_another(at):
    of_three(at)
    leaving.opt_out(at.home, at.ben)
    (to_cleo, to_dan) = Letter.objects.filter(kind="meeting").order_by("pk")
    assert (to_cleo.subject, to_dan.subject) == ("Meet Dan Wu", "Meet Cleo Marti")
    assert company.address("Dan Wu") in to_cleo.text


def test_whoever_was_told_of_a_meeting_hears_that_it_is_off(at):
    found = of_two(at)
    Letter.objects.update(state="sent")
    meeting.call_off(at.home, at.ben, found.pk)
    leaving.opt_out(at.home, at.ben)
    letter = Letter.objects.get(kind="called-off")
    assert letter.account == at.cleo.account
    assert "someone who is not shown" in letter.text
    assert letter.attachments


@pytest.mark.parametrize(("kind", "write"), [("suggested", suggested), ("meeting", of_two)])
def test_whom_two_both_know_is_left_out_and_the_two_are_told_all_the_same(at, ada, kind, write):
    write(at)
    letters = Letter.objects.filter(kind=kind, text__contains="Cleo Marti")
    letters |= Letter.objects.filter(kind=kind, text__contains=BEN)
    keys = set(letters.values_list("key", flat=True))
    assert any("You both know Ada Berg" in one.text for one in letters.all())
    opting.opt_out(at.home, company.address("Ada Berg"))
    assert not naming("Ada Berg", ada, kind)
    assert set(letters.all().values_list("key", flat=True)) == keys


def test_an_invitation_to_a_workshop_comes_without_the_name_of_who_facilitates(at):
    invited_to_a_workshop(at)
    leaving.opt_out(at.home, at.ben)
    assert "someone who is not shown invites you" in Letter.objects.get(account=at.cleo.account).subject


def test_digests_are_made_again_with_what_others_did(at):
    begins = digested(at)
    run = Run.objects.create(
        kind="digest-weekly",
        key=f"digest-weekly:{begins}",
        payload={"begins": begins},
        due_at=timezone.now(),
        done_at=timezone.now(),
    )
    leaving.opt_out(at.home, at.ben)
    run.refresh_from_db()
    assert run.done_at is None
    digests.weekly(at.home, run.payload)
    assert "Dan Wu says to have learned from you." in Letter.objects.get(account=at.cleo.account).text
    assert naming(BEN, at.ben) == []


def test_a_steward_who_opted_out_invites_in_the_name_of_the_organisation(at):
    Member.objects.filter(pk=at.ben.member).update(role=Role.STEWARD.value)
    leaving.opt_out(at.home, at.ben)
    invitations.invite(at.home, at.ben, ["new@firm.example"])
    letter = Letter.objects.get(address="new@firm.example")
    assert letter.subject == "Firm invites you to crosstie"
    assert BEN not in letter.text
