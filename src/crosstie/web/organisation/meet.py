"""*Meet*: introductions to say yes or no to, meetings ahead, and "did you meet?"."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crosstie.actions.organisation import calendar_file, introducing, keeping_apart, meeting
from crosstie.errors import UsageRefused
from crosstie.people import Role
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.pages import page


@require_GET
def meet(request: HttpRequest) -> HttpResponse:
    """*Meet*: up to three introductions, and the meetings that came about."""
    home, viewer = site_of(request).home, viewer_of(request)
    view = meeting.meet(home, viewer)
    return page(
        request,
        "organisation/meet.html",
        view=view,
        facilitates=viewer.role.covers(Role.FACILITATOR),
        here="meet",
    )


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Look for introductions now."""
    found = introducing.look(site_of(request).home, viewer_of(request))
    if found:
        messages.success(
            request,
            ngettext("%(count)d introduction found.", "%(count)d introductions found.", found)
            % {"count": found},
        )
    else:
        messages.info(request, _("Nobody was found just now; it is tried again every week."))
    return _back()


@require_POST
def say(request: HttpRequest, number: int) -> HttpResponse:
    """Say yes, no, or never to an introduction."""
    home, viewer = site_of(request).home, viewer_of(request)
    answer = request.POST.get("answer", "")
    if answer == "never":
        meeting.never(home, viewer, number)
        messages.success(request, _("You are not brought together with them, and nobody is told."))
    elif answer in {"yes", "no"}:
        if meeting.say(home, viewer, number, yes=answer == "yes"):
            messages.success(
                request,
                _("You both said yes. A mail with a proposed half hour is on its way to both of you."),
            )
        elif answer == "yes":
            messages.success(request, _("Noted. You hear of it as soon as you have both said yes."))
        else:
            messages.success(request, _("Noted, and told to nobody."))
    else:
        raise UsageRefused(_("Say yes or no."), hint=_("Choose one of the buttons."))
    return _back()


@require_POST
def call_off(request: HttpRequest, number: int) -> HttpResponse:
    """Decline a meeting that came about."""
    meeting.call_off(site_of(request).home, viewer_of(request), number)
    messages.success(request, _("It is off, and the others are told so."))
    return _back()


@require_POST
def met(request: HttpRequest, number: int) -> HttpResponse:
    """Say whether one met."""
    answer = request.POST.get("met", "")
    if answer not in {"yes", "no"}:
        raise UsageRefused(_("Say yes or no."), hint=_("Choose one of the buttons."))
    meeting.say_met(site_of(request).home, viewer_of(request), number, yes=answer == "yes")
    messages.success(request, _("Thank you. It is counted, and shown to nobody."))
    return _back()


@require_GET
def calendar(request: HttpRequest, number: int) -> HttpResponse:
    """Return the calendar file of a meeting."""
    text = meeting.calendar(site_of(request).home, viewer_of(request), number)
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8; method=PUBLISH",
        headers={"Content-Disposition": f'attachment; filename="{calendar_file.NAME}"'},
    )


@require_http_methods(["GET", "POST"])
def keep_apart(request: HttpRequest) -> HttpResponse:
    """Say with whom one does not want to be brought together, and see what one said."""
    home, viewer = site_of(request).home, viewer_of(request)
    if request.method == "POST":
        keeping_apart.keep_apart(home, viewer, request.POST.get("person", ""))
        messages.success(request, _("You are not brought together with them, and nobody is told."))
        return HttpResponseRedirect(reverse("keep-apart"))
    return page(
        request,
        "organisation/meet_apart.html",
        apart=keeping_apart.apart(home, viewer),
        may_keep_apart=keeping_apart.may_keep_apart(home, viewer),
        here="meet",
    )


@require_POST
def release(request: HttpRequest, number: int) -> HttpResponse:
    """Take that back."""
    keeping_apart.release(site_of(request).home, viewer_of(request), number)
    messages.success(request, _("Taken back."))
    return HttpResponseRedirect(reverse("keep-apart"))


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("meet"))
