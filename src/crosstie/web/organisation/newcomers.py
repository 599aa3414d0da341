"""Working time, by which the promise to newcomers is counted, and the free days: stewards set both."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from crosstie.actions.organisation import working_days
from crosstie.errors import UsageRefused
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.pages import page


class Hours(forms.Form):
    """Days, hours and a clock."""

    hours = forms.CharField(
        label=gettext_lazy("Days and hours"),
        help_text=gettext_lazy("In English, for example Mon-Fri 09:00-17:00."),
        max_length=80,
    )
    zone = forms.CharField(
        label=gettext_lazy("Time zone"), help_text=gettext_lazy("For example Europe/Berlin."), max_length=60
    )


class Holidays(forms.Form):
    """Free days, one a line."""

    lines = forms.CharField(
        label=gettext_lazy("Free days, one a line"),
        help_text=gettext_lazy(
            "A day, or the first and the last of several, and a name: 2026-12-25 Christmas, or 24.12.2026 -"
            " 1.1.2027 Between the years."
        ),
        max_length=60_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )


class CalendarFile(forms.Form):
    """A file of holidays."""

    file = forms.FileField(
        label=gettext_lazy("A calendar file (.ics)"),
        help_text=gettext_lazy("Its whole days are added, those of every year for two years ahead."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )


@require_http_methods(["GET", "POST"])
def working_time(request: HttpRequest) -> HttpResponse:
    """*Working time*: show it to a steward, with the free days, or set it."""
    home, viewer = site_of(request).home, viewer_of(request)
    form = Hours(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            working_days.set_working_hours(
                home, viewer, form.cleaned_data["hours"], form.cleaned_data["zone"]
            )
        except UsageRefused as refused:
            form.add_error(None, f"{refused.message} {refused.hint}")
        else:
            messages.success(request, _("The working time is set."))
            return HttpResponseRedirect(reverse("ask"))
    return _shown(request, hours=form)


@require_POST
def holidays(request: HttpRequest) -> HttpResponse:
    """Say which days are free, in place of those that were."""
    form = Holidays(request.POST)
    if form.is_valid():
        try:
            lines = form.cleaned_data["lines"].splitlines()
            working_days.set_holidays(site_of(request).home, viewer_of(request), lines)
        except UsageRefused as refused:
            form.add_error("lines", f"{refused.message} {refused.hint}")
        else:
            messages.success(request, _("The free days are set."))
            return HttpResponseRedirect(reverse("working-time"))
    return _shown(request, lines=form)


@require_POST
def holiday_file(request: HttpRequest) -> HttpResponse:
    """Add the holidays of a calendar file."""
    form = CalendarFile(request.POST, request.FILES)
    if form.is_valid():
        try:
            added, left_out = working_days.add_calendar(
                site_of(request).home, viewer_of(request), form.cleaned_data["file"].read()
            )
        except UsageRefused as refused:
            form.add_error("file", f"{refused.message} {refused.hint}")
        else:
            said = ngettext("%(count)d holiday was found.", "%(count)d holidays were found.", added)
            messages.success(request, said % {"count": added})
            if left_out:
                said = ngettext(
                    "%(count)d event was left out: no whole days, or repeated otherwise than every year.",
                    "%(count)d events were left out: no whole days, or repeated otherwise than every year.",
                    left_out,
                )
                messages.warning(request, said % {"count": left_out})
            return HttpResponseRedirect(reverse("working-time"))
    return _shown(request, file=form)


def _shown(request: HttpRequest, **given: Any) -> HttpResponse:
    home, viewer = site_of(request).home, viewer_of(request)
    now = working_days.working_hours_to_set(home, viewer)
    kept = "\n".join(str(one) for one in working_days.holidays(home))
    return page(
        request,
        "organisation/working_time.html",
        form=given.get("hours") or Hours(initial={"hours": str(now), "zone": now.zone.key}),
        lines_form=given.get("lines") or Holidays(initial={"lines": kept}),
        file_form=given.get("file") or CalendarFile(),
        here="members",
    )
