"""Correct what is held about oneself, and take that back."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crosstie.actions.organisation import correcting
from crosstie.web.organisation.middleware import site_of, viewer_of


@require_POST
def not_me(request: HttpRequest) -> HttpResponse:
    """Say of a trace that it is not oneself."""
    correcting.not_me(site_of(request).home, viewer_of(request), request.POST.get("trace", ""))
    messages.success(request, _("Noted: it counts as nobody's. Your circle shows it in a moment."))
    return _back(request)


@require_POST
def not_my_account(request: HttpRequest) -> HttpResponse:
    """Say of an account that it is somebody else's."""
    correcting.not_my_account(site_of(request).home, viewer_of(request), request.POST.get("account", ""))
    messages.success(request, _("Noted: that account is somebody else's. Your circle shows it in a moment."))
    return _back(request)


@require_POST
def no_longer(request: HttpRequest) -> HttpResponse:
    """Say that oneself and a contact do not know each other any more."""
    correcting.no_longer(site_of(request).home, viewer_of(request), request.POST.get("person", ""))
    messages.success(request, _("Noted, and nobody is told. Your circle shows it in a moment."))
    return _back(request)


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take a correction back."""
    correcting.take_back(site_of(request).home, viewer_of(request), number)
    messages.success(request, _("Taken back: it counts as before. Your circle shows it in a moment."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """Go back to where one was: a contact, a page of traces, or what is held."""
    person, after = request.POST.get("person", ""), request.POST.get("after")
    if person:
        return HttpResponseRedirect(reverse("contact", args=[person]))
    if after is not None:
        return HttpResponseRedirect(reverse("me-rows") + (f"?{urlencode({'after': after})}" if after else ""))
    return HttpResponseRedirect(reverse("me") + "#corrections")
