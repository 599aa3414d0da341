"""Pages for stewards: who takes part, and how others get in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from crosstie.actions.organisation import (
    invitations,
    journal,
    mail_settings,
    members,
    open_invitations,
)
from crosstie.errors import UsageRefused
from crosstie.people import Role
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.pages import page

SHOWN = 50
"""Members in one list; the others are found by name."""

_ROLES = [
    (Role.MEMBER.value, gettext_lazy("member")),
    (Role.FACILITATOR.value, gettext_lazy("facilitator")),
    (Role.STEWARD.value, gettext_lazy("steward")),
]


class Invite(forms.Form):
    """Addresses, one a line or separated by commas."""

    addresses = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        help_text=gettext_lazy("One a line, or separated by commas."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    role = forms.ChoiceField(label=gettext_lazy("As"), choices=_ROLES)

    def clean_addresses(self) -> list[str]:
        """Return the addresses apart."""
        given: str = self.cleaned_data["addresses"]
        return [one for line in given.splitlines() for one in line.split(",") if one.strip()]


class Link(forms.Form):
    """A link for many."""

    domains = forms.CharField(
        label=gettext_lazy("For addresses of"), help_text=gettext_lazy("A mail domain such as firm.example.")
    )
    uses = forms.IntegerField(label=gettext_lazy("For how many people"), min_value=1, max_value=100_000)

    def clean_domains(self) -> list[str]:
        """Return the domains apart."""
        given: str = self.cleaned_data["domains"]
        return given.replace(",", " ").split()


class Change(forms.Form):
    """Another role."""

    role = forms.ChoiceField(choices=_ROLES)


@require_GET
def all_members(request: HttpRequest) -> HttpResponse:
    """*Members*: who takes part, by name; of many, the first, and those whose name is looked for."""
    return _members(request, Invite(), Link())


@require_GET
def what_was_done(request: HttpRequest) -> HttpResponse:
    """The journal: what stewards, facilitators and whoever runs crosstie did, and why."""
    entries = journal.journal(site_of(request).home, viewer_of(request))
    return page(request, "organisation/journal.html", entries=entries, here="members")


def _members(request: HttpRequest, invite_form: Invite, link_form: Link, **more: Any) -> HttpResponse:
    everyone = members.members(site_of(request).home, viewer_of(request))
    find = request.GET.get("find", "").strip()
    wanted = find.casefold()
    some = [one for one in everyone if wanted in one.name.casefold() or wanted in one.address.casefold()]
    return page(
        request,
        "organisation/members.html",
        members=everyone,
        some=some[:SHOWN],
        find=find,
        invited=open_invitations.open_invitations(site_of(request).home, viewer_of(request)),
        sends=mail_settings.sends(site_of(request).home),
        about_links=mail_settings.about_links(site_of(request).home),
        roles=_ROLES,
        invite_form=invite_form,
        link_form=link_form,
        here="members",
        **more,
    )


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Invite by mail, and show the links."""
    form = Invite(request.POST)
    if not form.is_valid():
        return _members(request, form, Link())
    try:
        links = invitations.invite(
            site_of(request).home,
            viewer_of(request),
            form.cleaned_data["addresses"],
            role=Role(form.cleaned_data["role"]),
        )
    except UsageRefused as refused:
        form.add_error("addresses", f"{refused.message} {refused.hint}")  # what was written stays
        return _members(request, form, Link())
    made = [(address, _on_site(request, path)) for address, path in links.items()]
    return _members(request, Invite(), Link(), links=made)


@require_POST
def invite_by_link(request: HttpRequest) -> HttpResponse:
    """Make a link for many, and show it."""
    form = Link(request.POST)
    if not form.is_valid():
        return _members(request, Invite(), form)
    made = invitations.invite_by_link(site_of(request).home, viewer_of(request), **form.cleaned_data)
    return _members(request, Invite(), Link(), link=_on_site(request, made))


@require_POST
def change_invitation(request: HttpRequest, number: int) -> HttpResponse:
    """Take an invitation back, or send it again and show its new link."""
    home, viewer = site_of(request).home, viewer_of(request)
    if request.POST.get("what") == "again":
        links = open_invitations.send_again(home, viewer, number)
        made = [(address, _on_site(request, path)) for address, path in links.items()]
        return _members(request, Invite(), Link(), links=made)
    open_invitations.take_back(home, viewer, number)
    messages.success(request, _("Taken back: its link holds no more."))
    return HttpResponseRedirect(reverse("members"))


def _on_site(request: HttpRequest, path: str) -> str:
    """Return a path's whole address, where people reach the site; what a browser calls it may be wrong."""
    site = mail_settings.site_address(site_of(request).home)
    return f"{site}{path}" if site else request.build_absolute_uri(path)


@require_POST
def change_role(request: HttpRequest, number: int) -> HttpResponse:
    """Give a member another role."""
    form = Change(request.POST)
    if form.is_valid():
        members.change_role(
            site_of(request).home, viewer_of(request), number, Role(form.cleaned_data["role"])
        )
        messages.success(request, _("The role is changed."))
    return HttpResponseRedirect(reverse("members"))


@require_POST
def suspend(request: HttpRequest, number: int) -> HttpResponse:
    """Let a member in no more, or again."""
    active = request.POST.get("active") == "yes"
    members.suspend(site_of(request).home, viewer_of(request), number, active=active)
    messages.success(request, _("Let in again.") if active else _("Let in no more."))
    return HttpResponseRedirect(reverse("members"))
