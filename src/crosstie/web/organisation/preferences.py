"""*Preferences*: everything a member chooses, on one page; and the way out of digests, without signing in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from crosstie.actions.organisation import preferences
from crosstie.actions.organisation.preferences import MOST_ASKED_A_WEEK, Preferences
from crosstie.errors import UsageRefused
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.organisation.navigation import ABOUT_ME
from crosstie.web.pages import page

LANGUAGES = (("", gettext_lazy("as my browser asks")), ("en", "English"), ("de", "Deutsch"))


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class Choices(forms.Form):
    """All choices but the webhook."""

    digest = forms.ChoiceField(
        label=gettext_lazy("The digest comes"),
        help_text=gettext_lazy(
            "What you could answer, what helped others, who thanked you. With nothing to say, no mail."
        ),
        choices=(
            ("weekly", gettext_lazy("every week, on Monday")),
            ("monthly", gettext_lazy("every month, on the first")),
            ("never", gettext_lazy("never")),
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of pages and letters"), choices=LANGUAGES, required=False
    )
    is_free = forms.BooleanField(
        label=gettext_lazy("I am free to be asked; otherwise others read “ask later”"), required=False
    )
    asked_a_week = forms.IntegerField(
        label=gettext_lazy("Questions a week, at most"),
        help_text=gettext_lazy("From then on others read “ask later”. Nobody sees how many you had."),
        min_value=1,
        max_value=MOST_ASKED_A_WEEK,
    )
    meets = forms.BooleanField(label=gettext_lazy("Introductions are welcome"), required=False)
    paused_until = forms.DateField(
        label=gettext_lazy("Pause until"),
        help_text=gettext_lazy(
            "Nobody is shown you to ask or to meet, and no digest comes, before that day."
        ),
        required=False,
        widget=_day(),
    )
    absent_from = forms.DateField(label=gettext_lazy("Away from"), required=False, widget=_day())
    absent_until = forms.DateField(
        label=gettext_lazy("Away until, the last day"),
        help_text=gettext_lazy("Leave it empty while you do not know."),
        required=False,
        widget=_day(),
    )
    part_time = forms.BooleanField(
        label=gettext_lazy("I work part-time, so a smaller circle is no news"), required=False
    )
    texts_compared = forms.BooleanField(
        label=gettext_lazy("My open texts may be compared with others', to put panels together"),
        help_text=gettext_lazy(
            "So that people who come to a matter differently sit on one panel. Only what you wrote in open"
            " places about work; what sounds private is left out. Nobody is shown what comes of it, and it is"
            " gone as soon as you take this back. It works from the next time that everything is made anew."
        ),
        required=False,
    )


class Webhook(forms.Form):
    """An address, or none."""

    address = forms.CharField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("It begins with https://. Leave it empty to stop."),
        max_length=500,
        required=False,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )


@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """*Preferences*: show them, or keep them."""
    home, viewer = site_of(request).home, viewer_of(request)
    if request.method == "GET":
        now = preferences.preferences(home, viewer)
        return _page(request, Choices(initial={name: getattr(now, name) for name in now.__slots__}))
    form = Choices(request.POST)
    if form.is_valid():
        try:
            preferences.choose(home, viewer, Preferences(**form.cleaned_data))
        except UsageRefused as refused:
            form.add_error(None, f"{refused.message} {refused.hint}")
        else:
            messages.success(request, _("Your choices hold from now on."))
            return HttpResponseRedirect(reverse("preferences"))
    return _page(request, form)


@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """Set the webhook, and show its secret this once."""
    home, viewer = site_of(request).home, viewer_of(request)
    form = Webhook(request.POST)
    if form.is_valid():
        try:
            secret = preferences.set_webhook(home, viewer, form.cleaned_data["address"])
        except UsageRefused as refused:
            form.add_error("address", f"{refused.message} {refused.hint}")
        else:
            if secret:
                return _page(request, secret=secret)
            messages.success(request, _("Letters come by mail alone."))
            return HttpResponseRedirect(reverse("preferences"))
    return _page(request, hook=form)


@require_POST
def rotate(request: HttpRequest) -> HttpResponse:
    """Give the webhook another secret, and show it this once."""
    return _page(request, secret=preferences.rotate_secret(site_of(request).home, viewer_of(request)))


def _page(
    request: HttpRequest, form: Choices | None = None, *, hook: Webhook | None = None, secret: str = ""
) -> HttpResponse:
    home, viewer = site_of(request).home, viewer_of(request)
    now = preferences.preferences(home, viewer)
    address = preferences.webhook(home, viewer)
    shown: dict[str, Any] = {name: getattr(now, name) for name in now.__slots__}
    return page(
        request,
        "organisation/preferences.html",
        form=form or Choices(initial=shown),
        hook=hook or Webhook(initial={"address": address}),
        has_webhook=bool(address),
        secret=secret,
        menu=ABOUT_ME,
        here="me",
    )
