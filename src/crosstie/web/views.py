"""One function a page: ask, lay out, hand to the template."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from http import HTTPStatus
from itertools import groupby
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec
import numpy as np
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import reverse
from numpy.typing import NDArray

from crosstie.actions.idea_flow import TalkView, VarietyView
from crosstie.actions.pages import unsaid
from crosstie.actions.views import CircleView, MapView, SourcesView
from crosstie.errors import NotShown
from crosstie.web import charts, ledgers, marks, reading
from crosstie.web.application import Visit, as_person
from crosstie.web.pages import page, visit_of

OfKind = TypeVar("OfKind", TalkView, VarietyView)


def circle(request: HttpRequest, template: str = "circle.html", **more: Any) -> HttpResponse:
    """*My circle*; where nobody in particular looks, the map is the first page.

    Args:
        request: as of every page.
        template: itself, or one that adds to it what is shown to a member.
        more: what that one shows.
    """
    visit = visit_of(request)
    if visit.viewer is None:
        return HttpResponseRedirect(reverse("map"))
    viewer, there = visit.viewer, _contacts()
    view = visit.shown.circle(viewer)
    # Asked for again inside: what was asked for before somebody opted out is not kept for after.
    laid_out = visit.shown.once(
        ("circle laid out", viewer, there),
        lambda: _laid_out(visit.shown.circle(viewer), lambda key: there + quote(key)),
    )
    return page(
        request,
        template,
        **more,
        **laid_out,
        view=view,
        unsaid=unsaid(view.figures),
        known=sum(not contact.is_active for contact in view.contacts),
        inferred=sum(not contact.is_stated for contact in view.contacts),
        shape=reading.figures_named(view.figures, *reading.SHAPE),
        technical=reading.technical_figures(view.figures),
        turned_to_said=reading.figures_named(view.figures, "get" if view.learned_words else "turned_to"),
        turned_to_me_said=reading.figures_named(
            view.figures, "give" if view.learned_words else "was_turned_to"
        ),
        here="circle",
        as_of=view.as_of,
        since=view.since,
    )


def _laid_out(view: CircleView, link: Callable[[str], str]) -> dict[str, Any]:
    """Return the pictures and the lists of a circle; `link` is the address of a contact."""
    return {
        "pictures": charts.circle_pictures(view, link),
        "months": charts.months_chart(view.months, filling=view.filling_months),
        "months_sentence": charts.describe(view.months) if view.months else "",
        "by_name": reading.people_by_name(view.contacts, link),
        "turned_to": reading.people_in_words(
            view.turned_to, link, amount=lambda each: each.got if view.learned_words else each.turned_to
        ),
        "turned_to_me": reading.people_in_words(
            view.turned_to_me,
            link,
            amount=lambda each: each.given if view.learned_words else each.turned_to_me,
        ),
    }


def network_map(request: HttpRequest) -> HttpResponse:
    """*Map*: groups and flows, then, closer, the people."""
    visit = visit_of(request)
    view = visit.shown.network_map(visit.viewer)
    asked = request.GET.get("kind", "")
    kinds = [kind for kind in view.kinds if kind != reading.COMMUNITY]
    kind = asked if asked in kinds else next(iter(kinds), "")
    named = marks.community_labels(view)
    sides = [reading.side(view, each) for each in (kind, reading.COMMUNITY) if each in view.kinds]
    return page(
        request,
        "map.html",
        view=view,
        kinds=[(each, reading.kind_title(each)) for each in kinds],
        kind=kind,
        sides=[(side, charts.group_pictures(side)) for side in sides],
        too_small=[reading.kind_title(each) for each in view.hidden_groups if each not in view.kinds],
        people=reading.people_by_group(view),
        key=[(mark, charts.shape(mark)) for mark in marks.marks(view)],
        elsewhere=any(person.community not in named for person in view.people),
        me=next((person for person in view.people if person.is_viewer), None),
        here="map",
        as_of=view.as_of,
    )


def ideas(request: HttpRequest, **more: Any) -> HttpResponse:
    """*Ideas*: what is talked of where, where it moved, how varied groups are; `more` as of the circle."""
    visit = visit_of(request)
    view = visit.shown.ideas(visit.viewer)
    between = view.between
    return page(
        request,
        "ideas.html",
        **more,
        view=view,
        talks=_by_kind(between.talks if between else ()),
        varieties=_by_kind(between.varieties if between else ()),
        here="map",
        **_dates(visit),
    )


def _by_kind(rows: Sequence[OfKind]) -> list[tuple[str, list[OfKind]]]:
    """Return rows under the plural of the kind of their groups; rows of one kind stand together."""
    return [(reading.kind_title(kind), list(each)) for kind, each in groupby(rows, lambda one: one.kind)]


def map_data(request: HttpRequest) -> HttpResponse:
    """Return what the map of people draws: places, names and groups; no keys and no figures of a person.

    Of a tie it tells how thick it is drawn, in four steps: amounts would add up to a figure of each person.
    """
    visit = visit_of(request)
    viewer = visit.viewer
    drawn = visit.shown.once(("drawn", viewer), lambda: _drawn(visit.shown.network_map(viewer)))
    return HttpResponse(drawn, content_type="application/json")


def _drawn(view: MapView) -> bytes:
    labels = marks.community_labels(view)
    at_x = np.round([person.x for person in view.people], 4).tolist()
    at_y = np.round([person.y for person in view.people], 4).tolist()
    steps = _steps(np.array([contact for _one, _other, contact in view.ties])).tolist()
    # msgspec and not json: of a large map, half a megabyte, it takes a sixth of the time.
    return msgspec.json.encode(
        {
            "people": [
                {
                    "x": x,
                    "y": y,
                    "name": person.name,
                    "group": person.group,
                    "community": labels.get(person.community, ""),
                    "me": person.is_viewer,
                }
                for person, x, y in zip(view.people, at_x, at_y, strict=True)
            ],
            "marks": {mark.name: [mark.hue, mark.shape] for mark in marks.marks(view)},
            "places": marks.places(view, marks.WIDE),
            "narrow": marks.places(view, marks.NARROW),
            "ties": [
                [one, other, step] for (one, other, _contact), step in zip(view.ties, steps, strict=True)
            ],
        }
    )


def sources(request: HttpRequest, **more: Any) -> HttpResponse:
    """*Sources*: the ledger; `more` as of the circle."""
    visit = visit_of(request)
    view = visit.shown.sources(visit.viewer)
    return page(
        request,
        "sources.html",
        **more,
        view=view,
        held=ledgers.largest_first(view.interactions),
        ledgers=ledgers.ledgers(view, charts.ledger_bar),
        here="sources",
        as_of=view.as_of,
        since=view.since,
    )


def contact(request: HttpRequest, key: str, template: str = "contact.html", **more: Any) -> HttpResponse:
    """One of my contacts, with the originals open to me; `template` and `more` as of the circle."""
    visit = visit_of(request)
    if visit.viewer is None:
        raise Http404
    person, originals = visit.shown.contact(visit.viewer, key)
    return page(request, template, **more, contact=person, originals=originals, **_dates(visit))


def trace(request: HttpRequest, trace: str, template: str = "trace.html", **more: Any) -> HttpResponse:
    """One original: where and when, and what was said where the place is open; the rest as of the circle."""
    visit = visit_of(request)
    original = visit.shown.trace(visit.viewer, trace)
    return page(request, template, **more, original=original, **_dates(visit))


def look(request: HttpRequest) -> HttpResponse:
    """In the made-up company: as whom one may look, and why one may."""
    visit = visit_of(request)
    if not visit.is_demo:
        raise Http404
    looks = [(as_person(person.key), person, sentence) for person, sentence in visit.shown.looks()]
    return page(request, "look.html", looks=looks, **_dates(visit))


def _steps(contact: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return in which of four steps of thickness each tie is drawn."""
    return 1 + np.minimum(3, contact.astype(np.int64))


def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address by habit; the mark lies among our own files."""
    return HttpResponsePermanentRedirect(visit_of(request).static + "mark.svg", status=HTTPStatus.FOUND)


def _contacts() -> str:
    """Return where the pages of contacts lie; the key of one makes it an address."""
    return reverse("contact", args=["-"]).removesuffix("-")


def _dates(visit: Visit) -> dict[str, Any]:
    """Return the dates that every page states, for pages whose own view carries none."""
    dated: CircleView | SourcesView = visit.shown.sources(None)
    if visit.viewer is not None:
        with suppress(NotShown):  # of a member who is in no tie, nothing that was read tells another date
            dated = visit.shown.circle(visit.viewer)
    return {"as_of": dated.as_of, "since": dated.since}
