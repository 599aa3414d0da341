"""Meet: introductions to say yes or no to, meetings ahead, and with whom one is not brought together."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema

from crosstie.actions.organisation import introducing, keeping_apart, meeting
from crosstie.actions.organisation.keeping_apart import Apart
from crosstie.actions.organisation.meeting import MeetView
from crosstie.actions.views import PersonCard
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.api.fields import Asked, Key, Number

ROUTER = Router(tags=["Meet"])


class YesOrNo(Asked):
    """What one says to an introduction; "never" also keeps the two apart, and nobody is told."""

    answer: Literal["yes", "no", "never"]


class Met(Asked):
    """Whether one met."""

    met: bool


class Other(Asked):
    """Someone else."""

    person: Key


class Found(Schema):
    """How many introductions were found."""

    found: int


class CameAbout(Schema):
    """Whether everyone has said yes, so that a proposed half hour is on its way to all."""

    came_about: bool


class Calendar(Schema):
    """The text of a calendar file (RFC 5545)."""

    text: str


@ROUTER.get("meet", response=MeetView, **needs("meet:read"))
def meet(request: HttpRequest) -> MeetView:
    """My introductions and meetings.

    Up to three introductions that are open to me, and the meetings that came about; never what others said.
    """
    home, viewer = home_and_viewer(request)
    return meeting.meet(home, viewer)


@ROUTER.post("meet/look", response={201: Found}, **needs("meet:write"))
def look_for_introductions(request: HttpRequest) -> dict[str, int]:
    """Look for introductions now; the others are told only that one is suggested to them too."""
    home, viewer = home_and_viewer(request)
    return {"found": introducing.look(home, viewer)}


@ROUTER.post("meet/{int:number}/answer", response={201: CameAbout}, **needs("meet:write"))
def say(request: HttpRequest, number: Number, said: YesOrNo) -> dict[str, bool]:
    """Say yes, no or never to an introduction.

    Only when everyone said yes is anything sent. A no is told to nobody.
    """
    home, viewer = home_and_viewer(request)
    if said.answer == "never":
        meeting.never(home, viewer, number)
        return {"came_about": False}
    return {"came_about": meeting.say(home, viewer, number, yes=said.answer == "yes")}


@ROUTER.post("meet/{int:number}/call-off", response={204: None}, **needs("meet:write"))
def call_off(request: HttpRequest, number: Number) -> None:
    """Call a meeting off that came about; the others are told so, and not why."""
    home, viewer = home_and_viewer(request)
    meeting.call_off(home, viewer, number)


@ROUTER.put("meet/{int:number}/met", response={204: None}, **needs("meet:write"))
def say_met(request: HttpRequest, number: Number, said: Met) -> None:
    """Say whether I met, once it began; it is counted, and who said what is shown to nobody."""
    home, viewer = home_and_viewer(request)
    meeting.say_met(home, viewer, number, yes=said.met)


@ROUTER.get("meet/{int:number}/calendar", response=Calendar, **needs("meet:read"))
def calendar(request: HttpRequest, number: Number) -> dict[str, str]:
    """The calendar file of a meeting of mine."""
    home, viewer = home_and_viewer(request)
    return {"text": meeting.calendar(home, viewer, number)}


@ROUTER.get("meet/apart", response=list[Apart], **needs("meet:read"))
def apart(request: HttpRequest) -> list[Apart]:
    """With whom I am not brought together, as I said it myself; nobody else's word."""
    home, viewer = home_and_viewer(request)
    return list(keeping_apart.apart(home, viewer))


@ROUTER.get("meet/may-keep-apart", response=list[PersonCard], **needs("meet:read"))
def may_keep_apart(request: HttpRequest) -> list[PersonCard]:
    """Those of my circle who take part, by name."""
    home, viewer = home_and_viewer(request)
    return list(keeping_apart.may_keep_apart(home, viewer))


@ROUTER.post("meet/apart", response={204: None}, **needs("meet:write"))
def keep_apart(request: HttpRequest, said: Other) -> None:
    """Say that I do not want to be brought together with someone; nobody is told."""
    home, viewer = home_and_viewer(request)
    keeping_apart.keep_apart(home, viewer, said.person)


@ROUTER.delete("meet/apart/{int:number}", response={204: None}, **needs("meet:write"))
def release(request: HttpRequest, number: Number) -> None:
    """Take that back."""
    home, viewer = home_and_viewer(request)
    keeping_apart.release(home, viewer, number)
