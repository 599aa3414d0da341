"""Working time, by which the promise to newcomers is counted: stewards set it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from crosstie.actions.organisation import newcomers
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


@require_http_methods(["GET", "POST"])
def working_time(request: HttpRequest) -> HttpResponse:
    """*Working time*: show it to a steward, or set it."""
    home, viewer = site_of(request).home, viewer_of(request)
    now = newcomers.working_hours_to_set(home, viewer)
    form = Hours(request.POST or None, initial={"hours": str(now), "zone": now.zone.key})
    if request.method == "POST" and form.is_valid():
        try:
            newcomers.set_working_hours(home, viewer, form.cleaned_data["hours"], form.cleaned_data["zone"])
        except UsageRefused as refused:
            form.add_error(None, f"{refused.message} {refused.hint}")
        else:
            messages.success(request, _("The working time is set."))
            return HttpResponseRedirect(reverse("ask"))
    return page(request, "organisation/working_time.html", form=form, here="members")
