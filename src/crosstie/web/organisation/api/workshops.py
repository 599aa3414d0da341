"""Workshops: four weeks together, each with one thing to do, and notes to one another."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Path, Router, Schema

from crosstie.actions.organisation import cohort, looking_back, workshops
from crosstie.actions.organisation.cohort import Cohort
from crosstie.actions.organisation.looking_back import LookBack
from crosstie.actions.organisation.weeks import WEEKS
from crosstie.actions.organisation.workshops import MOST_PEOPLE, Workshops
from crosstie.actions.views import PersonCard
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.api.fields import NO_NUL, Asked, Key, Made, Number

ROUTER = Router(tags=["Workshops"])

_Week = Annotated[int, Field(ge=1, le=len(WEEKS))]


class NewWorkshop(Asked):
    """A workshop and its first day."""

    name: Annotated[str, Field(min_length=1, max_length=workshops.LONGEST_NAME, pattern=NO_NUL)]
    starts_on: Annotated[date, Field(strict=False)]  # JSON knows no dates, only how they are written


class People(Asked):
    """People by their keys."""

    people: list[Key] = Field(min_length=1, max_length=MOST_PEOPLE)


class InvitedHere(Schema):
    """How many were not invited before."""

    invited: int


class Marked(Asked):
    """Whether a week's activity is done."""

    done: bool


class Noted(Asked):
    """A note to the others, or an answer to one."""

    week: _Week
    text: Annotated[str, Field(min_length=1, max_length=cohort.LONGEST_NOTE, pattern=NO_NUL)]
    under: Number | None = Field(default=None, description="The number of the note it answers.")


@ROUTER.get("workshops", response=Workshops, **needs("workshops:read"))
def list_workshops(request: HttpRequest) -> Workshops:
    """Where I am invited, take part, or facilitate."""
    home, viewer = home_and_viewer(request)
    return workshops.workshops(home, viewer)


@ROUTER.post("workshops", response={201: Made}, **needs("workshops:write"))
def make_workshop(request: HttpRequest, said: NewWorkshop) -> dict[str, int]:
    """Make a workshop, as a facilitator."""
    home, viewer = home_and_viewer(request)
    return {"number": workshops.make(home, viewer, said.name, said.starts_on)}


@ROUTER.get("workshops/{int:number}", response=Cohort, **needs("workshops:read"))
def workshop(request: HttpRequest, number: Number) -> Cohort:
    """A workshop I am in: who takes part, the weeks, and the notes."""
    home, viewer = home_and_viewer(request)
    return cohort.cohort(home, viewer, number)


@ROUTER.get("workshops/{int:number}/may-invite", response=list[PersonCard], **needs("workshops:read"))
def may_invite(request: HttpRequest, number: Number) -> list[PersonCard]:
    """Who is not invited yet to a workshop that I facilitate, by name."""
    home, viewer = home_and_viewer(request)
    return list(workshops.may_invite(home, viewer, number))


@ROUTER.post("workshops/{int:number}/invitations", response={201: InvitedHere}, **needs("workshops:write"))
def invite_to_workshop(request: HttpRequest, number: Number, said: People) -> dict[str, int]:
    """Invite members to a workshop that I facilitate; each says yes or no."""
    home, viewer = home_and_viewer(request)
    return {"invited": workshops.invite(home, viewer, number, said.people)}


@ROUTER.post("workshops/{int:number}/accept", response={204: None}, **needs("workshops:write"))
def accept_workshop(request: HttpRequest, number: Number) -> None:
    """Say yes to a workshop."""
    home, viewer = home_and_viewer(request)
    workshops.accept(home, viewer, number)


@ROUTER.post("workshops/{int:number}/leave", response={204: None}, **needs("workshops:write"))
def leave_workshop(request: HttpRequest, number: Number) -> None:
    """Leave a workshop, or say no to it; nobody is told why."""
    home, viewer = home_and_viewer(request)
    workshops.leave(home, viewer, number)


@ROUTER.put("workshops/{int:number}/weeks/{int:week}", response={204: None}, **needs("workshops:write"))
def mark_week(request: HttpRequest, number: Number, week: Annotated[_Week, Path()], said: Marked) -> None:
    """Mark a week's activity as done, or not; nobody else sees it."""
    home, viewer = home_and_viewer(request)
    cohort.mark(home, viewer, number, week, done=said.done)


@ROUTER.post("workshops/{int:number}/notes", response={201: Made}, **needs("workshops:write"))
def write_note(request: HttpRequest, number: Number, said: Noted) -> dict[str, int]:
    """Write a note to the others in a workshop, or answer one."""
    home, viewer = home_and_viewer(request)
    return {"number": cohort.write(home, viewer, number, said.week, said.text, under=said.under)}


@ROUTER.delete("workshops/notes/{int:number}", response={204: None}, **needs("workshops:write"))
def erase_note(request: HttpRequest, number: Number) -> None:
    """Erase a note of mine; answers to it stay."""
    home, viewer = home_and_viewer(request)
    cohort.erase(home, viewer, number)


@ROUTER.get("workshops/{int:number}/look-back", response=LookBack, **needs("workshops:read"))
def look_back(request: HttpRequest, number: Number) -> LookBack:
    """My own circle before and after a workshop; nobody else is shown it."""
    home, viewer = home_and_viewer(request)
    return looking_back.look_back(home, viewer, number)


@ROUTER.get("workshops/{int:number}/group", response=list[str], **needs("workshops:read"))
def group(request: HttpRequest, number: Number) -> list[str]:
    """How the group of a workshop that I facilitated changed, in sentences."""
    home, viewer = home_and_viewer(request)
    return list(looking_back.group(home, viewer, number))
