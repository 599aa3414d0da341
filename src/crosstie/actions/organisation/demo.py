"""The invented company as an organisation that practises: its people joined, and some asked and thanked."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from crosstie.actions import reading
from crosstie.actions.consent import Consent
from crosstie.actions.course import Plan
from crosstie.actions.demo import LABEL
from crosstie.actions.home import Home
from crosstie.actions.organisation import (
    asking,
    checking,
    cohort,
    gate,
    introducing,
    invitations,
    learning,
    members,
    programmes,
    proposing,
    recording,
    workshops,
)
from crosstie.errors import WorkspaceRefused
from crosstie.people import Role, Viewer
from crosstie.record import Account, Entry, Interaction, Kind, Place, Trace
from crosstie.sources import Door, Settings, Source
from crosstie.store.models import Letter, Member, Run

if TYPE_CHECKING:
    from crosstie.demo import Company, Person

NAME = "Kestrel Tools"
DOMAIN = "kestrel.example"
PASSWORD = "everyone here is invented"  # noqa: S105 - said to everyone who makes this company
_STORY = "organisation.toml"
_MADE = "demo_organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Someone worth signing in as, and why."""

    name: str
    address: str
    why: str


def make(home: Home, *, seed: int = 20, progress: Callable[[int], None] | None = None) -> tuple[SignIn, ...]:
    """Read the invented company, let its people join, and let some of them ask and thank; tell who to be.

    The year is moved so that it ends this week. The second time nothing is made.

    Raises:
        WorkspaceRefused: the workspace is that of a real organisation.
    """
    made_before = home.store.fact(_MADE)
    if not made_before and (Member.objects.exists() or home.store.readings.all()):
        raise WorkspaceRefused(
            f'"{home.folder}" is the workspace of an organisation.', hint="Name another --workspace."
        )
    from crosstie.demo import company

    if made_before not in {"", str(seed)}:
        raise WorkspaceRefused(
            f'"{home.folder}" holds the company of seed {made_before}.', hint="Name another --workspace."
        )
    invented = company(seed)
    if not made_before:
        reading.read(home, _plan(invented), agreed=Consent(domains=frozenset({DOMAIN})), progress=progress)
        _join(home, invented)
        _practise(home, invented)
        _meet_and_work(home, invented)
        Letter.objects.all().delete()  # nobody of them exists
        home.store.set_fact(_MADE, str(seed))
    return _worth_being(invented)


def _plan(invented: Company) -> Plan:
    def read(_path: Path, _settings: Settings, door: Door) -> Iterator[Trace]:
        places: dict[tuple[str, str], Place] = {}
        for trace in invented.traces_until(timezone.localdate()):
            match trace:
                case Account():
                    door.is_viewer(trace)
                case Place():
                    places[trace.source, trace.id] = trace
                case Entry():
                    door.ledger.use()
                case Interaction():
                    people = (trace.actor, *trace.addressed, *trace.copied, trace.parent_author)
                    place = places[trace.source, trace.place]
                    if not door.takes_from(trace.actor, trace.at):
                        continue
                    if not door.admits(trace.openness, place.name, place.id, people):
                        continue
                    door.ledger.use()
            yield trace

    source = Source(
        name="demo",
        label=LABEL,
        reads="An invented company's year.",
        drops=(),
        kinds=frozenset(Kind),
        unit="acts and directory entries",
        recognises=lambda _path: 0.0,
        read=read,
    )
    return Plan(path=Path(f"seed {invented.seed}"), source=source)


def _join(home: Home, invented: Company) -> None:
    """Let everyone join who still works there; the managing director is the steward."""
    here = [one for one in invented.people if one.relation == "employee" and one.left_on is None]
    boss = here[0]
    # With the limit that set-up proposes: the year that was read is younger.
    members.set_up(home, organisation=NAME, name=boss.name, address=boss.address, password=PASSWORD)
    steward = gate.viewer_of(home, Member.objects.get(email=boss.address).pk)
    with transaction.atomic():
        links = invitations.invite(home, steward, [one.address for one in here[1:]])
        for one in here[1:]:
            invitations.accept(home, links[one.address].removeprefix("/join/"), name=one.name)
    facilitators = [one.address for one in here if one.team == "People Team"]
    Member.objects.filter(email__in=facilitators).update(role=Role.FACILITATOR.value)
    # One password for all, worked out once: each takes a fifth of a second, which is its point.
    Member.objects.update(password=make_password(PASSWORD))


def _practise(home: Home, invented: Company) -> None:
    """Let the story happen: questions asked of those suggested, answered, accepted, thanked for."""
    by_department: dict[str, list[str]] = {}
    for one in invented.people:
        if one.relation == "employee" and one.left_on is None:
            by_department.setdefault(one.department, []).append(one.address)
    for told in _story()["question"]:
        asker = _viewer(home, by_department[told["of"]][told["seat"]])
        _one_question(home, asker, told)
    for run in Run.objects.filter(kind="record", done_at=None).order_by("pk"):
        recording.record(home, run.payload)
        Run.objects.filter(pk=run.pk).update(done_at=timezone.now())


def _meet_and_work(home: Home, invented: Company) -> None:
    """Suggest introductions and check circles, as the worker does; let a facilitator begin with a group."""
    introducing.suggest(home, {"begins": timezone.localdate().isoformat()})
    story = _story()
    facilitator, *people = (
        _viewer(home, one.address) for one in (_facilitator(invented), *_taking_part(invented))
    )
    told = story["workshop"]
    number = workshops.make(home, facilitator, told["name"], timezone.localdate())
    workshops.invite(home, facilitator, number, [one.person for one in people])
    for one in people:
        workshops.accept(home, one, number)
    first = None
    for one, text in zip(people, told["notes"], strict=False):
        first = cohort.write(home, one, number, 1, text, under=first)
    programmes.make(
        home, facilitator, name=story["programme"]["name"], group=tuple(story["programme"]["group"])
    )
    checking.make(home, {})


def _one_question(home: Home, asker: Viewer, told: dict[str, Any]) -> None:
    found = proposing.draft(home, asker, told["text"])
    number = asking.ask(
        home, asker, told["text"], {one.helper.person.key: one.helper.reasons for one in found.candidates}
    )
    for candidate, text in zip(found.candidates, told.get("answers", ()), strict=False):
        helper = gate.member_of(home, candidate.helper.person.key)
        if helper is None:
            continue
        answer = asking.answer(home, gate.viewer_of(home, helper.pk), number, text)
        if told.get("accepts") == text:
            asking.accept(home, asker, answer)
        if thanks := told.get("thanks", {}).get(text):
            learning.acknowledge(home, asker, candidate.helper.person.key, thanks, answer=answer)


def _story() -> dict[str, Any]:
    return tomllib.loads((resources.files("crosstie.demo") / _STORY).read_text("utf-8"))


def _facilitator(invented: Company) -> Person:
    return next(one for one in invented.people if one.team == "People Team")


def _taking_part(invented: Company) -> list[Person]:
    """Return who takes part in the workshop: those worth looking as, and the first of every department."""
    here = {one.id: one for one in invented.people if one.relation == "employee" and one.left_on is None}
    first = {one.department: one.id for one in reversed(here.values()) if one != _facilitator(invented)}
    chosen = dict.fromkeys([one for one, _ in invented.looks() if one in here])
    return [here[one] for one in [*chosen, *(one for one in first.values() if one not in chosen)]]


def _viewer(home: Home, address: str) -> Viewer:
    return gate.viewer_of(home, Member.objects.get(email=address).pk)


def _worth_being(invented: Company) -> tuple[SignIn, ...]:
    named = {one.id: one for one in invented.people}
    here = [one for one in invented.people if one.relation == "employee"]
    facilitator = _facilitator(invented)
    looks = [
        SignIn(name=named[one].name, address=named[one].address, why=why)
        for one, why in invented.looks()
        if named[one].left_on is None
    ]
    return (
        SignIn(name=here[0].name, address=here[0].address, why="The steward."),
        SignIn(name=facilitator.name, address=facilitator.address, why="A facilitator."),
        *looks[:4],
    )
