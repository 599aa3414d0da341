"""Someone who used everything: what is held, taken along and forgotten is tried on every table by them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone
from tests.actions import company
from tests.organisation.conftest import admitted, signed_in

from crosstie.actions import reading
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.organisation import asking, correcting, learning, looks, work
from crosstie.network.known import KnownTie
from crosstie.people import DecisionRow, Verb, Viewer
from crosstie.record import Entry, Trace
from crosstie.store.models import (
    Correction,
    Done,
    Lifting,
    Mapped,
    Meeting,
    Note,
    NotWith,
    Part,
    Participant,
    Programme,
    Question,
    Repeat,
    Sampled,
    SignInLink,
    Token,
    Workshop,
)

NAME = "Ben Olu"


def join_and_use_everything(home: Home) -> None:
    """Let Ben and Cleo join, Ben use everything, and others write of him: in every table there is."""
    ada = signed_in(home, company.address("Ada Berg"))
    ben, cleo = (admitted(home, ada, name) for name in (NAME, "Cleo Marti"))
    _read(home)
    _ask_and_learn(home, ada, ben, cleo)
    _meet(ada, ben, cleo)
    _workshops(ada, ben)
    _keys(ben)
    looks.note(home, ada, ben.person, "contact")
    looks.note(home, ben, ada.person, "contact")
    home.store.decide(DecisionRow(verb=Verb.ALIAS, account=ben.person, name=NAME))
    home.store.known_ties.keep([KnownTie(ben.person, ada.person, "contact", "stated", 1, 2)])
    home.store.journal(ben.account, "joined", f"{NAME} accepted an invitation")


def _read(home: Home) -> None:
    address = company.address(NAME)
    told: list[Trace] = [
        Entry(source="directory:hr", id="17", name=NAME, address=address, groups={"team": "Oslo"}),
        *company.accounts(),
        *company.places(),
        company.said(8000, "Cleo", text=f"Ask {NAME}, he knows", mentioned=("Ben",)),
    ]
    agreed = Consent(domains=frozenset({"firm.example"}))
    reading.read(home, company.plan(told, path=f"/home/{address}/firm.json"), agreed=agreed)


def _ask_and_learn(home: Home, ada: Viewer, ben: Viewer, cleo: Viewer) -> None:
    answered = asking.ask(home, ben, "Who knows how invoices are matched?", {})
    asking.answer(home, ada, answered, f"You do, {NAME}.")
    asking.ask(home, ben, "A question that nobody answered so far", {})
    of_ada = asking.ask(home, ada, "Does the queue fill up?", {ben.person: [f"{NAME} knows queues."]})
    asking.accept(home, ada, asking.answer(home, ben, of_ada, "It fills up on Mondays."))
    learning.acknowledge(home, ada, ben.person, f"How {NAME} empties queues")
    learning.acknowledge(home, ben, cleo.person, "How a board is led")
    for one, other in ((ben, ada), (ada, ben)):
        Sampled.objects.create(account=one.account, other=other.person, month="2026-01", known_how="stated")
    correcting.no_longer(home, ben, ada.person)
    Correction.objects.create(account=ada.account, verb="no_longer", other=ben.person)
    for one, other in ((ben, cleo), (cleo, ben)):
        Mapped.objects.create(
            account=one.account, other=other.account, verb="missing", said_at=timezone.now()
        )
    Lifting.objects.create(
        question=Question.objects.get(pk=of_ada), account=ben.account, reason=f"{NAME} says so"
    )
    work.work_once(home)


def _meet(ada: Viewer, ben: Viewer, cleo: Viewer) -> None:
    now = timezone.now()
    programme = Programme.objects.create(
        name=f"A round for {NAME}",
        facilitator=ben.account,
        people=[ada.account, ben.account, cleo.account],
        draw={"seed": 1, "order": [ben.account, ada.account]},
        unplaced={ben.account: "was away"},
        compared=[[ada.account, ben.account], [ada.account, cleo.account]],
    )
    for number, people in enumerate(((ada, ben), (ada, cleo))):
        meeting = Meeting.objects.create(
            programme=programme, uid=f"meeting-{number}", made_at=now, reasons={"mutual": [ben.person]}
        )
        for one in people:
            Part.objects.create(meeting=meeting, account=one.account, answer="yes", answered_at=now)
    NotWith.objects.create(account=ben.account, other=cleo.account, said_by=ben.account)
    NotWith.objects.create(account=ada.account, other=ben.account, said_by=ada.account)


def _workshops(ada: Viewer, ben: Viewer) -> None:
    workshop = Workshop.objects.create(
        name=f"{NAME}'s workshop", facilitator=ben.account, starts_on=date(2026, 11, 2)
    )
    part = Participant.objects.create(workshop=workshop, account=ben.account, before={"size": 4})
    Done.objects.create(participant=part, week=1)
    now = timezone.now()
    top = Note.objects.create(
        workshop=workshop, account=ben.account, week=1, text="I asked in the open.", written_at=now
    )
    Note.objects.create(
        workshop=workshop, account=ada.account, week=1, text=f"Well done, {NAME}.", written_at=now, parent=top
    )
    Note.objects.create(
        workshop=workshop, account=ben.account, week=2, text="Nobody answered this.", written_at=now
    )


def _keys(ben: Viewer) -> None:
    token = Token.objects.create(
        digest="d" * 64, member_id=ben.member, label="My program", ends_at=_in_a_day()
    )
    Repeat.objects.create(token=token, key="k", digest="d" * 24, status=200)
    SignInLink.objects.create(digest="e" * 64, member_id=ben.member, expires_at=_in_a_day())


def _in_a_day() -> datetime:
    return timezone.now() + timedelta(days=1)
