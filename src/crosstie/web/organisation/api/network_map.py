"""The map: groups that are large enough, and what flows between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from ninja import Router

from crosstie.web import reading
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.middleware import site_of

ROUTER = Router(tags=["Map"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group that is large enough.

    `inside` is how much of its contact with groups that are told of stays inside, in per cent.

    Of a group that is not told of, as what it does would tell of the few who are left of another group,
    `size` is how many it has at least.
    """

    key: str
    kind: str
    label: str
    size: int
    is_told: bool
    about: str
    inside: int | None  # None where it would tell of a few
    withheld: str  # why, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Flowing:
    """How much one group turned to another, beside what chance would bring.

    In a word and not in numbers: amounts of groups that overlap, subtracted from one another, tell of a few.
    """

    learner: str
    teacher: str
    beside_chance: str  # more, about, fewer, far-fewer, none


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsView:
    """Groups of the org chart and communities found from the ties; the same for everyone."""

    as_of: datetime | None
    kinds: tuple[str, ...]
    groups: tuple[Group, ...]
    flows: tuple[Flowing, ...]
    hidden_groups: dict[str, int]  # by kind, how many are too small to be shown
    smallest_group: int


@ROUTER.get("map", response=GroupsView, **needs("map:read"))
def network_map(request: HttpRequest) -> GroupsView:
    """The groups, and what flows between them.

    Groups below the smallest size are withheld. The people that the page draws are not handed out: a picture
    to look at is no list to carry away.
    """
    _, viewer = home_and_viewer(request)
    view = site_of(request).shown.network_map(viewer)
    return GroupsView(
        as_of=view.as_of,
        kinds=view.kinds,
        groups=tuple(
            Group(
                key=one.key,
                kind=one.kind,
                label=one.label,
                size=one.size,
                is_told=one.is_told,
                about=one.about,
                inside=None if one.inside is None else round(100 * one.inside),
                withheld=one.withheld,
            )
            for one in view.groups
        ),
        flows=tuple(
            Flowing(learner=one.learner, teacher=one.teacher, beside_chance=reading.beside_chance(one))
            for one in view.flows
            if one.learner != one.teacher
        ),
        hidden_groups=view.hidden_groups,
        smallest_group=view.smallest_group,
    )
