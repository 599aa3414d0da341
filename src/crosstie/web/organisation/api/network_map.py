"""The map: groups that are large enough, and what flows between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from ninja import Router

from crosstie.actions.views import GroupFlow, GroupNode
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.middleware import site_of

ROUTER = Router(tags=["Map"])


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsView:
    """Groups of the org chart and communities found from the ties; the same for everyone."""

    as_of: datetime | None
    kinds: tuple[str, ...]
    groups: tuple[GroupNode, ...]
    flows: tuple[GroupFlow, ...]
    hidden_groups: int
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
        groups=view.groups,
        flows=view.flows,
        hidden_groups=view.hidden_groups,
        smallest_group=view.smallest_group,
    )
