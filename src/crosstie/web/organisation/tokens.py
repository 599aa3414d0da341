"""*Tokens*: what programs may do in one's name; made, shown once, revoked."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from crosstie.actions.organisation import tokens as verbs
from crosstie.actions.organisation.scopes import for_role
from crosstie.errors import NotAllowed
from crosstie.people import Role
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.organisation.navigation import ABOUT_ME
from crosstie.web.pages import page


class Make(forms.Form):
    """A label, and what the token may do."""

    label = forms.CharField(
        label=gettext_lazy("What it is for"),
        help_text=gettext_lazy("For example: the team's weekly summary."),
        max_length=verbs.LONGEST_LABEL,
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        error_messages={"required": gettext_lazy("Choose at least one thing it may do.")},
    )

    def __init__(self, role: Role, given: object = None) -> None:
        super().__init__(given, label_suffix="")  # type: ignore[arg-type]  # a request's data, or nothing
        self.fields["scopes"].choices = [(one.name, one.sentence) for one in for_role(role)]  # type: ignore[attr-defined]  # the field above


@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """Show one's tokens; make another, whose secret this answer alone shows."""
    home, viewer = site_of(request).home, viewer_of(request)
    form, secret = Make(viewer.role, request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            secret = verbs.make(home, viewer, form.cleaned_data["label"], form.cleaned_data["scopes"])
        except NotAllowed as refused:
            form.add_error(None, f"{refused.message} {refused.hint}")
        else:
            form = Make(viewer.role)
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
