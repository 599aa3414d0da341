"""Opt out and in, take everything along, be forgotten."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from crosstie.actions.organisation import leaving
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.organisation.navigation import ABOUT_ME
from crosstie.web.pages import page


@require_GET
def ways(request: HttpRequest) -> HttpResponse:
    """*Take along, leave*: every way out, and what each does."""
    return page(
        request,
        "organisation/me_leave.html",
        standing=leaving.standing(site_of(request).home, viewer_of(request)),
        menu=ABOUT_ME,
        here="me",
    )


@require_POST
def opt_out(request: HttpRequest) -> HttpResponse:
    """Opt out."""
    leaving.opt_out(site_of(request).home, viewer_of(request))
    messages.success(request, _("You opted out. You are shown, named and suggested nowhere any more."))
    return HttpResponseRedirect(reverse("me-leave"))


@require_POST
def opt_in(request: HttpRequest) -> HttpResponse:
    """Opt in again."""
    leaving.opt_in(site_of(request).home, viewer_of(request))
    messages.success(request, _("You opted in again. What was read before is shown again in a moment."))
    return HttpResponseRedirect(reverse("me-leave"))
