"""The made-up company as a whole: its people, what it left behind, and what really happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import itemgetter
from types import MappingProxyType

from msgspec import structs

from crosstie.demo.asking import Asking
from crosstie.demo.chatter import Chatter
from crosstie.demo.dice import Dice
from crosstie.demo.hours import DAYS, ENDS_ON, STARTS_ON, moment
from crosstie.demo.looks import looks
from crosstie.demo.office import Office
from crosstie.demo.people import Person
from crosstie.demo.places import Places
from crosstie.demo.routines import Routines
from crosstie.demo.truth import Truth
from crosstie.record import Entry, Interaction, Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Kestrel Tools: 233 colleagues, ten outsiders, one year.

    Attributes:
        seed: what it was made from.
        people: everyone, colleagues first, outsiders last.
        truth: who really learned what from whom, and what was planted.
        person_of: (source, account id) of the traces to the person's id.
        starts_on, ends_on: first and last day of the year.
    """

    seed: int
    people: tuple[Person, ...]
    truth: Truth
    person_of: Mapping[tuple[str, str], str]
    _recorded: tuple[Trace, ...]
    starts_on: date = STARTS_ON
    ends_on: date = ENDS_ON

    @property
    def as_of(self) -> datetime:
        """The moment after the last second of the year, in UTC: the date to look at the company."""
        return moment(DAYS * 86_400)

    def traces(self) -> Iterator[Trace]:
        """Yield the directory, then of each source its accounts, its places, its acts in order of time."""
        return iter(self._recorded)

    def traces_until(self, day: date) -> Iterator[Trace]:
        """Yield the same, moved by whole weeks so that the year ends in the seven days up to `day`.

        Weekdays stay weekdays. Directory entries move along with what their people did.
        """
        by = timedelta(weeks=(day - self.ends_on).days // 7)
        return (_moved(trace, by) for trace in self._recorded)

    def learned_pairs(self) -> Mapping[tuple[str, str], int]:
        """Return (learner id, teacher id) to the number of true learning events."""
        return Counter((event.learner, event.teacher) for event in self.truth.events)

    def looks(self) -> list[tuple[str, str]]:
        """Return ten people worth looking at, each with one sentence why."""
        return looks(self.people, self.truth)


def _moved(trace: Trace, by: timedelta) -> Trace:
    match trace:
        case Interaction(at=datetime() as at, edited_at=edited):
            return structs.replace(trace, at=at + by, edited_at=edited + by if edited else None)
        case Entry():
            return structs.replace(
                trace, joined_on=_moved_day(trace.joined_on, by), left_on=_moved_day(trace.left_on, by)
            )
        case _:
            return trace


def _moved_day(day: str, by: timedelta) -> str:
    return (date.fromisoformat(day) + by).isoformat() if day else ""


def company(seed: int = 20) -> Company:
    """Make the company from a seed: the same seed gives the same company to the byte."""
    office = Office(seed)
    places = Places(office, Dice(seed, "places"))
    asking, routines, chatter = Asking(office, places), Routines(office, places), Chatter(office, places)
    for day in range(DAYS):
        for number, hours in enumerate(office.hours):
            if hours.works_on(day):
                asking.a_day(number, day)
        routines.a_day(day)
        chatter.a_day(day)
    events = tuple(event for _at, event in sorted(office.events, key=itemgetter(0)))
    return Company(
        seed=seed,
        people=office.people,
        truth=Truth(events=events, planted=office.planted),
        _recorded=tuple(office.trail.traces()),
        person_of=MappingProxyType(office.trail.people_by_account()),
    )
