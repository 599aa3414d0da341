"""Lists of people by name for `crosstie.web.rows`: to choose from, in an order, on one's own map."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.urls import reverse

from crosstie.actions.organisation.mapping import MappedContact
from crosstie.actions.views import PersonCard
from crosstie.web.words import day


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Someone who can be chosen."""

    key: str
    name: str
    groups: str
    is_picked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InOrder:
    """Someone in an order, with the place they have in it."""

    place: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A contact on one's own map; `last_on` is "" where no time is known."""

    key: str
    link: str
    name: str
    groups: str
    last_on: str
    is_active: bool
    is_confirmed: bool


def choices(
    people: Iterable[PersonCard], *, picked: Collection[str], with_groups: bool = False
) -> list[Choice]:
    """Return people to choose from, those picked before ticked."""
    return [
        Choice(
            key=card.key,
            name=card.name,
            groups=", ".join(card.groups.values()) if with_groups else "",
            is_picked=card.key in picked,
        )
        for card in people
    ]


def in_order(people: Iterable[PersonCard]) -> list[InOrder]:
    """Return people with their places."""
    return [InOrder(place=str(place), name=card.name) for place, card in enumerate(people, start=1)]


def mapped(contacts: Iterable[MappedContact]) -> list[Mapped]:
    """Return the contacts of one's own map."""
    there = reverse("contact", args=["-"]).removesuffix("-")
    return [
        Mapped(
            key=one.person.key,
            link=there + one.person.key,
            name=one.person.name,
            groups=", ".join(one.person.groups.values()),
            last_on=day(one.last_at) if one.last_at else "",
            is_active=one.is_active,
            is_confirmed=one.is_confirmed,
        )
        for one in contacts
    ]
