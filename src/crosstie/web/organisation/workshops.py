"""*Workshops*: one's own, the cohort's page with its notes, and for facilitators making one and inviting."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crosstie.actions.organisation import cohort, looking_back, workshops
from crosstie.errors import NotAllowed, UsageRefused
from crosstie.web import listing
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.organisation.numbers import number_in
from crosstie.web.pages import page


class Make(forms.Form):
    """A name and a first day."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Those whom you invite read it."),
        max_length=workshops.LONGEST_NAME,
    )
    starts_on = forms.DateField(
        label=gettext_lazy("First day"),
        help_text=gettext_lazy("The first prompt goes out that morning, and one a week for four weeks."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class Written(forms.Form):
    """A note."""

    text = forms.CharField(
        label=gettext_lazy("Your note"),
        max_length=cohort.LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    week = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


@require_http_methods(["GET", "POST"])
def all_workshops(request: HttpRequest) -> HttpResponse:
    """*Workshops*: where one is invited, takes part, or facilitates; a facilitator makes one."""
    home, viewer = site_of(request).home, viewer_of(request)
    form = Make(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            number = workshops.make(home, viewer, **form.cleaned_data)
        except UsageRefused as refused:
            form.add_error(None, f"{refused.message} {refused.hint}")
        else:
            return HttpResponseRedirect(reverse("invite-to-workshop", args=[number]))
    return page(
        request,
        "organisation/workshops.html",
        mine=workshops.workshops(home, viewer),
        form=form,
        here="workshops",
    )


@require_GET
def workshop(request: HttpRequest, number: int) -> HttpResponse:
    """Show a workshop: to who was invited, the invitation; to those in it, the cohort's page."""
    home, viewer = site_of(request).home, viewer_of(request)
    waiting = [one for one in workshops.workshops(home, viewer).invited if one.number == number]
    if waiting:
        return page(request, "organisation/workshop_invitation.html", workshop=waiting[0], here="workshops")
    view = cohort.cohort(home, viewer, number)
    return page(
        request,
        "organisation/workshop.html",
        view=view,
        week=min(max(view.workshop.week, 1), len(view.weeks)),
        group=looking_back.group(home, viewer, number) if view.is_facilitator else (),
        here="workshops",
    )


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, number: int) -> HttpResponse:
    """Invite members to one's workshop, by name or a group at once."""
    home, viewer = site_of(request).home, viewer_of(request)
    people = workshops.may_invite(home, viewer, number)
    trouble = ""
    if request.method == "POST":
        kind, _between, unit = request.POST.get("group", "").partition("/")
        by_group = request.POST.get("whom") == "group"
        wanted = (
            [card.key for card in people if card.groups.get(kind) == unit]
            if by_group
            else request.POST.getlist("person")
        )
        try:
            made = workshops.invite(home, viewer, number, wanted)
        except (NotAllowed, UsageRefused) as refused:
            trouble = f"{refused.message} {refused.hint}"
        else:
            said = ngettext("%(count)d person is invited.", "%(count)d people are invited.", made)
            messages.success(request, said % {"count": made})
            return _to(number)
    return page(
        request,
        "organisation/workshop_invite.html",
        number=number,
        choices=listing.choices(people, picked=request.POST.getlist("person"), with_groups=True),
        groups=sorted({(kind, unit) for card in people for kind, unit in card.groups.items()}),
        trouble=trouble,
        here="workshops",
    )


@require_POST
def accept(request: HttpRequest, number: int) -> HttpResponse:
    """Say yes to an invitation."""
    workshops.accept(site_of(request).home, viewer_of(request), number)
    messages.success(request, _("You take part. The first prompt comes by mail on the first day."))
    return _to(number)


@require_POST
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """Leave a workshop, or say no to it."""
    workshops.leave(site_of(request).home, viewer_of(request), number)
    messages.success(request, _("You do not take part. Nobody is told why."))
    return HttpResponseRedirect(reverse("workshops"))


@require_POST
def write(request: HttpRequest, number: int) -> HttpResponse:
    """Write a note, or an answer to one."""
    form = Written(request.POST)
    if not form.is_valid():
        raise UsageRefused(_("The note is empty, or too long."), hint=_("Write a line."))
    note = cohort.write(
        site_of(request).home,
        viewer_of(request),
        number,
        form.cleaned_data["week"],
        form.cleaned_data["text"],
        under=number_in(request.POST.get("under", "")),
    )
    return HttpResponseRedirect(f"{reverse('workshop', args=[number])}#note-{note}")


@require_POST
def erase(request: HttpRequest, number: int, note: int) -> HttpResponse:
    """Erase a note of one's own."""
    cohort.erase(site_of(request).home, viewer_of(request), note)
    messages.success(request, _("The note is erased."))
    return _to(number)


def _to(number: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("workshop", args=[number]))
