"""Pages for those who are not in yet: the first visit, invitations, links to sign in."""

from __future__ import annotations

import secrets

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from crosstie.actions.organisation import invitations, mail_settings, members, sign_in_links
from crosstie.config import LONGEST_MONTHS, PROPOSED_MONTHS
from crosstie.errors import CrosstieError
from crosstie.web.organisation.accounts import sign_in
from crosstie.web.organisation.limits import even, limited
from crosstie.web.organisation.middleware import site_of
from crosstie.web.pages import page

_PASSWORD_HELP = _("Without one, links to sign in come by mail.")


def _text(completes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": completes})


def _email() -> forms.EmailInput:
    return forms.EmailInput(attrs={"autocomplete": "email"})


def _new_password() -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": "new-password"})


class SetUp(forms.Form):
    """What the first steward says."""

    organisation = forms.CharField(label=_("Your organisation"), max_length=120)
    name = forms.CharField(label=_("Your name"), max_length=200, widget=_text("name"))
    address = forms.EmailField(label=_("Your e-mail address"), widget=_email())
    password = forms.CharField(
        label=_("A password"), widget=_new_password(), validators=[validate_password], strip=False
    )
    keep_months = forms.IntegerField(
        label=_("How many months to keep what was read"),
        help_text=_(
            "What is older falls out every night. 0 means for ever, which few works councils agree to."
        ),
        initial=PROPOSED_MONTHS,
        min_value=0,
        max_value=LONGEST_MONTHS,
    )


class Join(forms.Form):
    """What someone invited says."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=_text("name"))
    password = forms.CharField(
        label=_("A password (optional)"),
        help_text=_PASSWORD_HELP,
        required=False,
        widget=_new_password(),
        validators=[validate_password],
        strip=False,
    )


class Address(forms.Form):
    """An address, and nothing else."""

    address = forms.EmailField(label=_("Your e-mail address"), widget=_email())


@login_not_required
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the first visit's page: whoever starts crosstie becomes its steward."""
    site = site_of(request)
    if not members.is_empty(site.home):
        return HttpResponseRedirect(reverse("account_login"))
    key = request.POST.get("key", request.GET.get("key", ""))
    if site.set_up_key and not secrets.compare_digest(key.encode(), site.set_up_key.encode()):
        return page(request, "organisation/set_up.html", form=None)
    form = SetUp(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sign_in(request, members.set_up(site.home, **form.cleaned_data))
        except CrosstieError as refused:
            form.add_error(None, f"{refused.message} {refused.hint}")
        else:
            return HttpResponseRedirect(reverse("members"))
    return page(request, "organisation/set_up.html", form=form, key=key)


@login_not_required
@require_http_methods(["GET", "POST"])
@limited
@even
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Show where an invitation leads: for one address, in; for many, to their mail."""
    home = site_of(request).home
    invited = invitations.way(home, token)
    form = Join(request.POST or None) if invited.address else Address(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if not invited.address:
                invitations.ask_to_join(home, token, form.cleaned_data["address"])
                return _mailed(request, form.cleaned_data["address"])
            sign_in(request, invitations.accept(home, token, **form.cleaned_data))
        except CrosstieError as refused:
            form.add_error(None, f"{refused.message} {refused.hint}")
        else:
            return HttpResponseRedirect(reverse("circle"))
    return page(request, "organisation/join.html", form=form, invited=invited)


@login_not_required
@require_http_methods(["GET", "POST"])
@limited
@even
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Mail a link to sign in; the answer is the same whether the address is a member's or not."""
    form = Address(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sign_in_links.send(site_of(request).home, form.cleaned_data["address"])
        return _mailed(request, form.cleaned_data["address"])
    return page(request, "organisation/ask_for_link.html", form=form)


@login_not_required
@require_http_methods(["GET", "POST"])
@limited
def follow_link(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a mailed link. Only a click uses it up: mail programs follow links by themselves.

    The page says as whom, so that nobody comes in as another by a link that was handed to them.
    """
    if request.method == "POST":
        sign_in(request, sign_in_links.redeem(site_of(request).home, token))
        return HttpResponseRedirect(reverse("circle"))
    return page(
        request, "organisation/follow_link.html", name=sign_in_links.whose(site_of(request).home, token)
    )


def _mailed(request: HttpRequest, address: str) -> HttpResponse:
    sends = mail_settings.sends(site_of(request).home)
    return page(request, "organisation/mailed.html", address=address, sends=sends)
