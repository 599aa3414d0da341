"""My circle, a contact of mine, and one original."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Router

from crosstie.actions.organisation import checking, looks
from crosstie.actions.organisation.checking import CheckView
from crosstie.actions.views import Contact, Figure, Headline, Month, Original, PersonCard
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.api.fields import NO_NUL, Key
from crosstie.web.organisation.middleware import site_of

ROUTER = Router(tags=["Circle"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """Someone in my circle: in words, never by a figure; `last_at` is that of any contact, either way."""

    person: PersonCard
    is_active: bool
    is_stated: bool
    i_turned_to_them: bool
    they_turned_to_me: bool
    last_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchView:
    """Someone in my circle, and the originals between us that I may open, newest first."""

    contact: Touch
    originals: tuple[Original, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCircle:
    """My circle: the people by name, and the figures, which are about me."""

    viewer: PersonCard
    as_of: datetime | None
    since: datetime | None
    headline: Headline
    contacts: tuple[Touch, ...]
    figures: tuple[Figure, ...]
    months: tuple[Month, ...]


@ROUTER.get("circle", response=MyCircle, **needs("circle:read"))
def circle(request: HttpRequest) -> MyCircle:
    """My circle.

    Mine alone: there is no operation for anybody else's. Nothing is there before anything was read of me.
    """
    _, viewer = home_and_viewer(request)
    view = site_of(request).shown.circle(viewer)
    by_name = sorted(view.contacts, key=lambda one: (one.person.name.casefold(), one.person.key))
    return MyCircle(
        viewer=view.viewer,
        as_of=view.as_of,
        since=view.since,
        headline=view.headline,
        contacts=tuple(_touch(one) for one in by_name),
        figures=view.figures,
        months=view.months,
    )


@ROUTER.get("circle/check", response=CheckView, **needs("circle:read"))
def check(request: HttpRequest) -> CheckView:
    """A word about my circle over the last three quarters; nobody else is ever shown it."""
    home, viewer = home_and_viewer(request)
    return checking.check(home, viewer)


@ROUTER.get("circle/contacts/{person}", response=TouchView, **needs("circle:read"))
def contact(request: HttpRequest, person: Annotated[Key, Path()]) -> TouchView:
    """One of my contacts.

    That I looked is kept, for them to see.
    """
    home, viewer = home_and_viewer(request)
    found, originals = site_of(request).shown.contact(viewer, person)
    looks.note(home, viewer, person, "contact")
    return TouchView(contact=_touch(found), originals=originals)


@ROUTER.get("traces/{path:trace}", response=Original, **needs("circle:read"))
def trace(request: HttpRequest, trace: Annotated[str, Path(max_length=1000, pattern=NO_NUL)]) -> Original:
    """One original: where and when, and what was said where the place is open."""
    _, viewer = home_and_viewer(request)
    return site_of(request).shown.trace(viewer, trace)


def _touch(contact: Contact) -> Touch:
    return Touch(
        person=contact.person,
        is_active=contact.is_active,
        is_stated=contact.is_stated,
        i_turned_to_them=contact.turned_to > 0,
        they_turned_to_me=contact.turned_to_me > 0,
        last_at=contact.last_at,
    )
