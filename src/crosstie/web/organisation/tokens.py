"""*Tokens*: what programs may do in one's name, and how long; made, shown once, revoked."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from crosstie.actions.organisation import token_limit
from crosstie.actions.organisation import tokens as verbs
from crosstie.actions.organisation.scopes import for_role
from crosstie.errors import NotAllowed
from crosstie.people import Role
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.organisation.navigation import ABOUT_ME
from crosstie.web.pages import page


def _in_words(days: int) -> tuple[int, str]:
    return days, ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


class Make(forms.Form):
    """A label, what the token may do, and how long."""

    label = forms.CharField(
        label=gettext_lazy("What it is for"),
        help_text=gettext_lazy("For example: the team's weekly summary."),
        max_length=verbs.LONGEST_LABEL,
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        error_messages={"required": gettext_lazy("Choose at least one thing it may do.")},
    )

    days = forms.TypedChoiceField(
        label=gettext_lazy("How long it holds"),
        help_text=gettext_lazy("Then it opens nothing any more, and you make another."),
        coerce=int,
    )

    def __init__(self, role: Role, lifetimes: Sequence[int], given: object = None) -> None:
        super().__init__(given, label_suffix="")  # type: ignore[arg-type]  # a request's data, or nothing
        self.fields["days"].choices = [_in_words(days) for days in lifetimes]  # type: ignore[attr-defined]  # the field above
        self.fields["days"].initial = min(token_limit.PROPOSED, lifetimes[-1])
        self.fields["scopes"].choices = [(one.name, one.sentence) for one in for_role(role)]  # type: ignore[attr-defined]  # likewise


class Limit(forms.Form):
    """How long tokens hold at most."""

    days = forms.TypedChoiceField(
        label=gettext_lazy("A token holds at most"),
        help_text=gettext_lazy("Tokens that would hold longer end so many days from now."),
        coerce=int,
    )

    def __init__(self, now: int, given: object = None) -> None:
        super().__init__(given, label_suffix="")  # type: ignore[arg-type]  # a request's data, or nothing
        self.fields["days"].choices = [_in_words(days) for days in token_limit.LIFETIMES]  # type: ignore[attr-defined]  # the field above
        self.fields["days"].initial = now


@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """Show one's tokens; make another, whose secret this answer alone shows."""
    home, viewer = site_of(request).home, viewer_of(request)
    lifetimes = token_limit.lifetimes(home)
    form, secret = Make(viewer.role, lifetimes, request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            secret = verbs.make(home, viewer, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, f"{refused.message} {refused.hint}")
        else:
            form = Make(viewer.role, lifetimes)
    return page(
        request,
        "organisation/tokens.html",
        tokens=verbs.tokens(home, viewer),
        form=form,
        chosen=form["scopes"].value() or [],
        secret=secret,
        menu=ABOUT_ME,
        here="me",
    )


@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Revoke one of one's tokens."""
    verbs.revoke(site_of(request).home, viewer_of(request), number)
    messages.success(request, _("Revoked: it opens nothing any more."))
    return HttpResponseRedirect(reverse("tokens"))


@require_http_methods(["GET", "POST"])
def limit(request: HttpRequest) -> HttpResponse:
    """How long tokens hold at most: show it to a steward, or set it."""
    home, viewer = site_of(request).home, viewer_of(request)
    form = Limit(token_limit.to_set(home, viewer), request.POST or None)
    if request.method == "POST" and form.is_valid():
        token_limit.limit(home, viewer, form.cleaned_data["days"])
        messages.success(request, _("It is set."))
        return HttpResponseRedirect(reverse("token-limit"))
    return page(request, "organisation/token_limit.html", form=form, here="members")
