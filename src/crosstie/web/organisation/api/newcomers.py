"""The promise to newcomers, how well it is kept, and the working time by which it is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router

from crosstie.actions.organisation import newcomers, working_days
from crosstie.practice.holidays import LONGEST_NAME, MOST, Holiday
from crosstie.practice.promise import Kept
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.api.fields import NO_NUL, Asked

ROUTER = Router(tags=["Ask"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """How often a first answer came within an hour of working time, over 90 days; never by person."""

    newcomers: Kept
    everyone: Kept
    hours: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When people work here."""

    hours: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeDays:
    """The days taken as free here."""

    holidays: tuple[Holiday, ...]


class Working(Asked):
    """When people work, and by which clock."""

    hours: Annotated[
        str, Field(min_length=1, max_length=80, pattern=NO_NUL, description="Such as Mon-Fri 09:00-17:00.")
    ]
    zone: Annotated[
        str, Field(min_length=1, max_length=60, pattern=NO_NUL, description="Such as Europe/Oslo.")
    ]


class FreeDay(Asked):
    """A day, or several in a row, on which nobody works."""

    first: Annotated[date, Field(strict=False)]
    last: Annotated[date, Field(strict=False)]
    name: Annotated[str, Field(max_length=LONGEST_NAME, pattern=NO_NUL)] = ""


class Free(Asked):
    """All days that are free."""

    holidays: Annotated[list[FreeDay], Field(max_length=MOST)]


@ROUTER.get("promise", response=Promised, **needs("ask:read"))
def promise(request: HttpRequest) -> Promised:
    """How well the promise to newcomers is kept."""
    home, viewer = home_and_viewer(request)
    found = newcomers.promise(home, viewer)
    return Promised(
        newcomers=found.newcomers, everyone=found.everyone, hours=str(found.hours), zone=found.hours.zone.key
    )


@ROUTER.get("working-time", response=Hours, **needs("members:read"))
def working_time(request: HttpRequest) -> Hours:
    """When people work here, for stewards."""
    home, viewer = home_and_viewer(request)
    now = working_days.working_hours_to_set(home, viewer)
    return Hours(hours=str(now), zone=now.zone.key)


@ROUTER.put("working-time", response={204: None}, **needs("members:write"))
def set_working_time(request: HttpRequest, said: Working) -> None:
    """Say when people work here."""
    home, viewer = home_and_viewer(request)
    working_days.set_working_hours(home, viewer, said.hours, said.zone)


@ROUTER.get("holidays", response=FreeDays, **needs("ask:read"))
def holidays(request: HttpRequest) -> FreeDays:
    """Which days are taken as free here."""
    home, viewer = home_and_viewer(request)
    return FreeDays(holidays=working_days.holidays_here(home, viewer))


@ROUTER.put("holidays", response={204: None}, **needs("members:write"))
def set_holidays(request: HttpRequest, said: Free) -> None:
    """Say which days are free, in place of those that were."""
    home, viewer = home_and_viewer(request)
    lines = (f"{one.first} - {one.last} {one.name}" for one in said.holidays)
    working_days.set_holidays(home, viewer, lines)
