"""Programmes: a facilitator brings a group together, looks at the pairs, and sends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router

from crosstie.actions.organisation import lasting, programmes, programmes_seen
from crosstie.actions.organisation.lasting import Lasting
from crosstie.actions.organisation.programme_pairs import FEWEST
from crosstie.actions.organisation.programmes_seen import Choices, Line, ProgrammeView
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.api.fields import NO_NUL, Asked, Key, Made, Number

ROUTER = Router(tags=["Programmes"])

_Words = Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]


class Unit(Asked):
    """A unit of the directory: its kind and its name."""

    kind: _Words
    name: _Words


class Programme(Asked):
    """A programme: everyone who joined, or those of one unit, or people by key."""

    name: Annotated[str, Field(min_length=1, max_length=programmes.LONGEST, pattern=NO_NUL)]
    everyone: bool = False
    group: Unit | None = None
    people: list[Key] = Field(default=[], max_length=2_000)
    capacity: Annotated[int, Field(ge=FEWEST, le=100_000)] | None = Field(
        default=None, description="Room for how many; the others wait, in the order drawn."
    )


class Two(Asked):
    """Two people."""

    one: Key
    other: Key


class Version(Asked):
    """The pairs one looked at: `version` of the programme."""

    version: Annotated[str, Field(max_length=100, pattern=NO_NUL)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnAgain:
    """Whether the stored draw is what comes out when it is drawn again from its seed."""

    is_drawn_right: bool


@ROUTER.get("programmes", response=list[Line], **needs("programmes:read"))
def list_programmes(request: HttpRequest) -> list[Line]:
    """My programmes, newest first."""
    home, viewer = home_and_viewer(request)
    return list(programmes_seen.programmes_of(home, viewer))


@ROUTER.get("programmes/choices", response=Choices, **needs("programmes:read"))
def choices(request: HttpRequest) -> Choices:
    """Whom I can choose for a programme: units, and everyone who joined, by name."""
    home, viewer = home_and_viewer(request)
    return programmes_seen.choices(home, viewer)


@ROUTER.get("programmes/lasting", response=Lasting, **needs("programmes:read"))
def lasting_of_introductions(request: HttpRequest) -> Lasting:
    """What became of introductions that people said yes or no to themselves."""
    home, viewer = home_and_viewer(request)
    return lasting.of_introductions(home, viewer)


@ROUTER.post("programmes", response={201: Made}, **needs("programmes:write"))
def make_programme(request: HttpRequest, said: Programme) -> dict[str, int]:
    """Choose people, draw who comes first, and pair them; nothing is sent."""
    home, viewer = home_and_viewer(request)
    number = programmes.make(
        home,
        viewer,
        name=said.name,
        everyone=said.everyone,
        group=(said.group.kind, said.group.name) if said.group else None,
        picked=said.people,
        capacity=said.capacity,
    )
    return {"number": number}


@ROUTER.get("programmes/{int:number}", response=ProgrammeView, **needs("programmes:read"))
def programme(request: HttpRequest, number: Number) -> ProgrammeView:
    """One programme: the pairs to look at before they are sent, and the draw as it is stored."""
    home, viewer = home_and_viewer(request)
    return programmes_seen.programme(home, viewer, number)


@ROUTER.get("programmes/{int:number}/draw", response=DrawnAgain, **needs("programmes:read"))
def draw_again(request: HttpRequest, number: Number) -> DrawnAgain:
    """Draw a programme again from its seed, to check it."""
    home, viewer = home_and_viewer(request)
    return DrawnAgain(is_drawn_right=programmes.is_drawn_right(home, viewer, number))


@ROUTER.get("programmes/{int:number}/lasting", response=Lasting, **needs("programmes:read"))
def lasting_of_programme(request: HttpRequest, number: Number) -> Lasting:
    """What became of a programme of mine, beside those who waited."""
    home, viewer = home_and_viewer(request)
    return lasting.of_programme(home, viewer, number)


@ROUTER.post("programmes/{int:number}/pair-again", response={204: None}, **needs("programmes:write"))
def pair_again(request: HttpRequest, number: Number) -> None:
    """Pair a programme again, from the same draw and what holds now."""
    home, viewer = home_and_viewer(request)
    programmes.pair_again(home, viewer, number)


@ROUTER.post("programmes/{int:number}/apart", response={204: None}, **needs("programmes:write"))
def keep_two_apart(request: HttpRequest, number: Number, said: Two) -> None:
    """Say that two people are not to be brought together, and pair again; neither is told."""
    home, viewer = home_and_viewer(request)
    programmes.keep_apart(home, viewer, number, said.one, said.other)


@ROUTER.post("programmes/{int:number}/send", response={204: None}, **needs("programmes:write"))
def send(request: HttpRequest, number: Number, said: Version) -> None:
    """Send a programme as it was looked at: everyone in a pair gets a letter with a half hour."""
    home, viewer = home_and_viewer(request)
    programmes.send(home, viewer, number, said.version)


@ROUTER.delete("programmes/{int:number}", response={204: None}, **needs("programmes:write"))
def drop(request: HttpRequest, number: Number) -> None:
    """Drop a programme that was not sent; that it was drawn stays in the journal."""
    home, viewer = home_and_viewer(request)
    programmes.drop(home, viewer, number)
