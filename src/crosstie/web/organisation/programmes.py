"""*Programmes*: a facilitator brings a group together, and sees what became of it."""

from __future__ import annotations

from dataclasses import asdict

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crosstie.actions.organisation import (
    keeping_apart,
    lasting,
    mail_settings,
    programme_pairs,
    programmes,
    programmes_seen,
)
from crosstie.errors import UsageRefused
from crosstie.web import listing
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.organisation.numbers import number_in
from crosstie.web.pages import page

_ALL, _GROUP, _NAMES = "all", "group", "names"


class Make(forms.Form):
    """A name, whom, and for how many."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("The people in it read it."),
        max_length=programmes.LONGEST,
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Room for how many people"),
        help_text=gettext_lazy(
            "Leave it empty for everyone. Who comes first is drawn by lot; the others wait, in that order."
        ),
        min_value=programme_pairs.FEWEST,
        required=False,
    )
    whom = forms.ChoiceField(choices=[(one, one) for one in (_ALL, _GROUP, _NAMES)])
    group = forms.CharField(required=False)


@require_http_methods(["GET", "POST"])
def all_programmes(request: HttpRequest) -> HttpResponse:
    """*Programmes*: one's own, a new one, and what became of introductions."""
    home, viewer = site_of(request).home, viewer_of(request)
    form = Make(request.POST or None, initial={"whom": _ALL})
    picked = request.POST.getlist("person")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kind, _between, unit = given["group"].partition("/")
        try:
            number = programmes.make(
                home,
                viewer,
                name=given["name"],
                everyone=given["whom"] == _ALL,
                group=(kind, unit) if given["whom"] == _GROUP else None,
                picked=picked if given["whom"] == _NAMES else (),
                capacity=given["capacity"],
            )
        except UsageRefused as refused:
            form.add_error(None, f"{refused.message} {refused.hint}")
        else:
            return _to(number)
    choices = programmes_seen.choices(home, viewer)
    return page(
        request,
        "organisation/meet_programmes.html",
        form=form,
        picked=picked,
        groups=choices.groups,
        choices=listing.choices(choices.people, picked=picked),
        programmes=programmes_seen.programmes_of(home, viewer),
        apart=keeping_apart.apart(home, viewer),
        lasting=lasting.of_introductions(home, viewer),
        here="meet",
    )


@require_GET
def programme(request: HttpRequest, number: int) -> HttpResponse:
    """One programme: the pairs to look at before they are sent, or what became of it."""
    home, viewer = site_of(request).home, viewer_of(request)
    shown = max(1, number_in(request.GET.get("page", "")) or 1)
    view = programmes_seen.programme(home, viewer, number, page=shown)
    return page(
        request,
        "organisation/meet_programme.html",
        view=view,
        waiting=listing.in_order(view.waiting),
        page_shown=shown,
        pages=range(1, view.pages + 1),
        lasting=lasting.of_programme(home, viewer, number) if view.is_sent else None,
        here="meet",
    )


@require_GET
def apart(request: HttpRequest, number: int) -> HttpResponse:
    """Show whom to keep apart in a programme."""
    view = programmes_seen.programme(site_of(request).home, viewer_of(request), number, page=1)
    return page(request, "organisation/meet_two_apart.html", view=view, here="meet")


@require_GET
def draw(request: HttpRequest, number: int) -> HttpResponse:
    """Show the draw, drawn again from its seed to check it."""
    home, viewer = site_of(request).home, viewer_of(request)
    view = programmes_seen.programme(home, viewer, number, page=1)
    return page(
        request,
        "organisation/meet_draw.html",
        view=view,
        order=listing.in_order(view.order),
        is_right=programmes.is_drawn_right(home, viewer, number),
        here="meet",
    )


@require_GET
def draw_file(request: HttpRequest, number: int) -> HttpResponse:
    """Return the draw as it is stored, to be drawn again with other tools; keys and no names."""
    view = programmes_seen.programme(site_of(request).home, viewer_of(request), number, page=1)
    return JsonResponse(
        asdict(view.draw), headers={"Content-Disposition": f'attachment; filename="draw-{number}.json"'}
    )


@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Pair again, keep two apart, send, or drop a programme."""
    home, viewer = site_of(request).home, viewer_of(request)
    what = request.POST.get("what", "")
    pair = request.POST.get("pair", "").split()
    if len(pair) == 2:  # noqa: PLR2004 - "not these two"
        what = "apart"
    if what == "again":
        programmes.pair_again(home, viewer, number)
        messages.success(request, _("Paired again."))
    elif what == "apart":
        one, other = pair or (request.POST.get("one", ""), request.POST.get("other", ""))
        programmes.keep_apart(home, viewer, number, one, other)
        messages.success(request, _("They are not brought together, and neither is told. Paired again."))
    elif what == "send":
        programmes.send(home, viewer, number, request.POST.get("version", ""))
        messages.success(
            request,
            _("The letters are on their way.")
            if mail_settings.sends(home)
            else _("The letters wait until a steward has set up mail; everyone sees it on Meet."),
        )
    elif what == "drop":
        programmes.drop(home, viewer, number)
        messages.success(request, _("Dropped; nothing was sent."))
        return HttpResponseRedirect(reverse("programmes"))
    else:
        raise UsageRefused(_("Say what to do with the programme."), hint="")
    return _to(number)


@require_POST
def release(request: HttpRequest, number: int) -> HttpResponse:
    """Take back that two are not to be brought together."""
    keeping_apart.release(site_of(request).home, viewer_of(request), number)
    messages.success(request, _("Taken back."))
    return HttpResponseRedirect(reverse("programmes"))


def _to(number: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("programme", args=[number]))
