"""The week's page of a workshop: the prompt with its reason, and what it asks for, done right there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from crosstie.actions.organisation import cohort, correcting, learning, looking_back, mapping
from crosstie.actions.organisation.weeks import WEEKS
from crosstie.errors import NotAllowed, UsageRefused
from crosstie.web import listing
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.organisation.numbers import number_in
from crosstie.web.organisation.workshops import Written
from crosstie.web.pages import page

MAP, SHARE, LOOK_BACK = 1, 3, 4


@require_GET
def week(request: HttpRequest, number: int, week: int) -> HttpResponse:
    """Show a week that has begun, to those who take part."""
    home, viewer = site_of(request).home, viewer_of(request)
    view = cohort.cohort(home, viewer, number)
    lines = [one for one in view.weeks if one.number == week and one.is_open]
    if not lines:
        raise NotAllowed(_("This week has not begun."), hint=_("Wait for its mail."))
    own_map = mapping.own_map(home, viewer) if week == MAP and view.takes_part else None
    return page(
        request,
        f"organisation/workshop_week_{week}.html",
        view=view,
        line=lines[0],
        week=WEEKS[week - 1],
        own_map=own_map,
        contacts=listing.mapped(own_map.contacts) if own_map else (),
        colleagues=mapping.colleagues(home, viewer) if week == SHARE and view.takes_part else (),
        back=looking_back.look_back(home, viewer, number) if week == LOOK_BACK and view.takes_part else None,
        form=Written(initial={"week": week}),
        here="workshops",
    )


@require_POST
def mark(request: HttpRequest, number: int, week: int) -> HttpResponse:
    """Mark a week's activity as done, or take that back."""
    done = request.POST.get("done") == "yes"
    cohort.mark(site_of(request).home, viewer_of(request), number, week, done=done)
    messages.success(request, _("Marked as done, for you alone.") if done else _("Not marked any more."))
    return HttpResponseRedirect(reverse("workshop", args=[number]))


@require_POST
def change_map(request: HttpRequest, number: int) -> HttpResponse:
    """Say something of one's own map."""
    home, viewer = site_of(request).home, viewer_of(request)
    what, person = request.POST.get("what", ""), request.POST.get("person", "")
    there = {"confirm": f"contact-{person}", "unconfirm": f"contact-{person}", "ended": "ended"}
    if what in {"restore", "unname"}:
        take_back = correcting.take_back if what == "restore" else mapping.take_back
        take_back(home, viewer, number_in(request.POST.get("number", "")) or 0)
    elif what in {"confirm", "unconfirm"}:
        mapping.confirm(home, viewer, person, right=what == "confirm")
    elif what == "ended":
        correcting.no_longer(home, viewer, person)
        messages.success(request, _("Noted: this contact counts as ended for both of you. Nobody is told."))
    elif what == "name":
        mapping.name_missing(home, viewer, person)
        messages.success(request, _("Named: your circle shows it in a moment, and so does theirs."))
    else:
        raise UsageRefused(_("Say what to change on your map."), hint="")
    return HttpResponseRedirect(reverse("workshop-week", args=[number, MAP]) + f"#{there.get(what, 'name')}")


@require_POST
def thank(request: HttpRequest, number: int) -> HttpResponse:
    """Say whom one learned it from."""
    learning.acknowledge(
        site_of(request).home,
        viewer_of(request),
        request.POST.get("person", ""),
        request.POST.get("line", ""),
    )
    messages.success(request, _("Said, and they are told. Your circle shows it in a moment."))
    return HttpResponseRedirect(reverse("workshop-week", args=[number, SHARE]))
