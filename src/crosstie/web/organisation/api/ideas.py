"""Ideas: what is talked of, between which groups it moved, and how varied groups are."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from crosstie.actions.idea_flow import IdeasPage
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.middleware import site_of

ROUTER = Router(tags=["Map"])


@ROUTER.get("ideas", response=IdeasPage, **needs("map:read"))
def ideas(request: HttpRequest) -> IdeasPage:
    """What is talked of, and which topics moved between groups; the same for everyone.

    Numbers of people carry noise that is the same all month, and are rounded to five. Null where it is yet
    to be made.
    """
    _, viewer = home_and_viewer(request)
    return site_of(request).shown.ideas(viewer)
