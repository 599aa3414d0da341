"""Who arrives: from the session to the viewer, and to what every page needs to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import translation

from crosstie.actions.organisation import gate, members
from crosstie.people import Viewer
from crosstie.web.application import VISIT, Visit
from crosstie.web.member_here import MemberHere
from crosstie.web.middleware import not_found
from crosstie.web.organisation.application import SITE, Site
from crosstie.web.organisation.navigation import BY_ROLE
from crosstie.web.pages import visit_of

_ZERO = "\0"


def site_of(request: HttpRequest) -> Site:
    """Return what this organisation's requests share."""
    site: Site = request.META[SITE]
    return site


def viewer_of(request: HttpRequest) -> Viewer:
    """Return for whom a page is made: the member who signed in, as the gate knows them."""
    viewer = visit_of(request).viewer
    return viewer if isinstance(viewer, Viewer) else Viewer(person="")


class arrive:  # noqa: N801 - a middleware reads as a function
    """Put the visit where pages look for it."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        site = site_of(request)
        if request.method == "POST":
            request.POST = _without_zero(request.POST)  # type: ignore[assignment]  # the stubs' is never changed
        request.GET = _without_zero(request.GET)  # type: ignore[assignment]  # likewise
        user: Any = request.user  # a member, or Django's nobody
        viewer = Viewer(person="")
        if not user.is_authenticated and request.path != reverse("set-up") and members.is_empty(site.home):
            return HttpResponseRedirect(reverse("set-up"))
        here = None
        if user.is_authenticated:
            viewer = gate.viewer_of(site.home, user.pk)
            here = MemberHere(name=user.name, role=viewer.role, number=user.pk)
            if user.language:
                translation.activate(user.language)  # what they chose goes before what the browser asks for
        request.META[VISIT] = Visit(
            shown=site.shown,
            viewer=viewer if viewer.member else None,
            member=here,
            navigation=BY_ROLE[viewer.role] if here else (),
            organisation=members.organisation_name(site.home),
            is_demo=False,
            static=site.static,
        )
        return not_found(request) if _ZERO in request.path else self._answer(request)


def _without_zero(given: QueryDict) -> QueryDict:
    """Return what a browser sent without the character zero, which nobody types and databases refuse."""
    if not any(_ZERO in one for _, values in given.lists() for one in values):
        return given
    kept = QueryDict(mutable=True)
    for name, values in given.lists():
        kept.setlist(name, [one.replace(_ZERO, "") for one in values])
    return kept
