"""Correct what is held about me, and make my own map right."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Path, Router

from crosstie.actions.organisation import correcting, mapping
from crosstie.actions.organisation.correcting import Corrected, OwnAccount
from crosstie.actions.organisation.mapping import OwnMap
from crosstie.actions.views import PersonCard
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.api.fields import NO_NUL, Asked, Key, Number

ROUTER = Router(tags=["About me"])


class NotMe(Asked):
    """The id of a row of the record."""

    trace: Annotated[str, Field(min_length=1, max_length=1_000, pattern=NO_NUL)]


class NotMine(Asked):
    """The key of an account."""

    account: Annotated[str, Field(min_length=1, max_length=64, pattern=NO_NUL)]


class Ended(Asked):
    """Someone whom I do not know any more."""

    person: Key


class Missing(Asked):
    """Someone who is missing from my circle."""

    person: Key


class Confirmed(Asked):
    """Whether I am in touch with someone."""

    right: bool


@ROUTER.get("me/corrections", response=list[Corrected], **needs("me:read"))
def corrections(request: HttpRequest) -> list[Corrected]:
    """What I corrected, newest first."""
    home, viewer = home_and_viewer(request)
    return list(correcting.corrections(home, viewer))


@ROUTER.get("me/accounts", response=list[OwnAccount], **needs("me:read"))
def own_accounts(request: HttpRequest) -> list[OwnAccount]:
    """The accounts that are taken for mine."""
    home, viewer = home_and_viewer(request)
    return list(correcting.own_accounts(home, viewer))


@ROUTER.post("me/corrections/traces", response={204: None}, **needs("me:write"))
def not_me(request: HttpRequest, said: NotMe) -> None:
    """Say of a row of the record that it is not me: it counts as nobody's."""
    home, viewer = home_and_viewer(request)
    correcting.not_me(home, viewer, said.trace)


@ROUTER.post("me/corrections/accounts", response={204: None}, **needs("me:write"))
def not_my_account(request: HttpRequest, said: NotMine) -> None:
    """Say of an account that it is somebody else's."""
    home, viewer = home_and_viewer(request)
    correcting.not_my_account(home, viewer, said.account)


@ROUTER.post("me/corrections/contacts", response={204: None}, **needs("me:write"))
def no_longer(request: HttpRequest, said: Ended) -> None:
    """Say that a contact and I do not know each other any more; nobody is told."""
    home, viewer = home_and_viewer(request)
    correcting.no_longer(home, viewer, said.person)


@ROUTER.delete("me/corrections/{int:number}", response={204: None}, **needs("me:write"))
def take_correction_back(request: HttpRequest, number: Number) -> None:
    """Take a correction back: everything counts as before."""
    home, viewer = home_and_viewer(request)
    correcting.take_back(home, viewer, number)


@ROUTER.get("me/map", response=OwnMap, **needs("me:read"))
def own_map(request: HttpRequest) -> OwnMap:
    """My own map: who is in my circle, who is missing, and whom I may name."""
    home, viewer = home_and_viewer(request)
    return mapping.own_map(home, viewer)


@ROUTER.put("me/map/contacts/{person}", response={204: None}, **needs("me:write"))
def confirm(request: HttpRequest, person: Annotated[Key, Path()], said: Confirmed) -> None:
    """Confirm that I am in touch with someone, or take that back; nobody is told."""
    home, viewer = home_and_viewer(request)
    mapping.confirm(home, viewer, person, right=said.right)


@ROUTER.post("me/map/missing", response={204: None}, **needs("me:write"))
def name_missing(request: HttpRequest, said: Missing) -> None:
    """Name someone who joined and is missing from my circle; they see it too."""
    home, viewer = home_and_viewer(request)
    mapping.name_missing(home, viewer, said.person)


@ROUTER.delete("me/map/missing/{int:number}", response={204: None}, **needs("me:write"))
def unname(request: HttpRequest, number: Number) -> None:
    """Take back that someone is missing."""
    home, viewer = home_and_viewer(request)
    mapping.take_back(home, viewer, number)


@ROUTER.get("colleagues", response=list[PersonCard], **needs("thanks:read"))
def colleagues(request: HttpRequest) -> list[PersonCard]:
    """The others who joined, by name: whom I may say to have learned from."""
    home, viewer = home_and_viewer(request)
    return list(mapping.colleagues(home, viewer))
