"""The pages everyone has, as a member sees them: their own circle, and a note of whom they looked at."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from crosstie.actions.organisation import (
    beginning,
    checking,
    correcting,
    learning,
    leaving,
    looks,
    waiting,
)
from crosstie.errors import NotShown
from crosstie.web import views
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.pages import page


@require_GET
def circle(request: HttpRequest) -> HttpResponse:
    """*My circle*, or how it comes about where nothing that was read involves the member yet."""
    home, viewer = site_of(request).home, viewer_of(request)
    waits = waiting.waiting(home, viewer)
    if not beginning.has_begun(home) and not leaving.standing(home, viewer).is_out:
        return page(request, "organisation/beginning.html", folder=home.folder, waiting=waits, here="circle")
    try:
        return views.circle(
            request,
            "organisation/circle.html",
            how_right=learning.how_right(home, viewer),
            check=checking.check(home, viewer),
            waiting=waits,
        )
    except NotShown:
        is_out = leaving.standing(home, viewer).is_out
        return page(request, "organisation/no_circle.html", is_out=is_out, waiting=waits, here="circle")


@require_GET
def contact(request: HttpRequest, key: str) -> HttpResponse:
    """Show one contact; that it was looked at is kept, for them to see."""
    home = site_of(request).home
    shown = views.contact(
        request,
        key,
        "organisation/contact.html",
        said=learning.said_between(home, viewer_of(request), key),
        thankable=learning.may_be_thanked(home, viewer_of(request), [key]),
        ended=correcting.ended_with(home, viewer_of(request), key),
    )
    looks.note(home, viewer_of(request), key, "contact")
    return shown


@require_GET
def trace(request: HttpRequest, trace: str) -> HttpResponse:
    """Show one original; of what somebody else said in the open one can say that one learned from it."""
    site, viewer = site_of(request), viewer_of(request)
    person = site.shown.trace(viewer, trace).person
    thankable = learning.may_be_thanked(site.home, viewer, [person])
    return views.trace(request, trace, "organisation/trace.html", thankable=thankable)
