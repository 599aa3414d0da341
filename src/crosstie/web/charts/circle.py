"""The picture of a circle: the viewer in the middle, those in touch with one another side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from math import sqrt

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosstie.actions.views import CircleView, Contact
from crosstie.web.charts.labels import Dot, place_labels
from crosstie.web.charts.svg import Pictures, picture, tag, text
from crosstie.web.marks import HUES

_SMALLEST_DOT = 3.5
_DOT_GROWS = 7.0
_ENOUGH_FOR_A_CORNER = 3

_Point = tuple[float, float]


def circle_pictures(view: CircleView, link: Callable[[str], str]) -> Pictures:
    """Draw the circle twice: for a wide window and for a phone.

    Args:
        view: the circle.
        link: the address of a contact's page.
    """
    return Pictures(
        wide=_draw(view, link, name="circle-wide", width=960, height=620, size=14.5, aside=5, most=48),
        narrow=_draw(view, link, name="circle-narrow", width=360, height=400, size=12.5, aside=2, most=14),
    )


def is_drawn(contact: Contact) -> bool:
    """Return whether a contact has a place in the picture; the weakest of a large circle have none."""
    return bool(contact.x or contact.y)


def _draw(
    view: CircleView,
    link: Callable[[str], str],
    *,
    name: str,
    width: float,
    height: float,
    size: float,
    aside: float,
    most: int,
) -> SafeString:
    scale = 0.85 if width > height else 0.7
    reach_x, reach_y = width / 2 - aside * size, height / 2 - 1.6 * size
    places = [
        (width / 2 + contact.x * reach_x, height / 2 + contact.y * reach_y) for contact in view.contacts
    ]
    most_contact = max((contact.contact for contact in view.contacts), default=0.0) or 1.0
    weights = [sqrt(max(contact.contact, 0.0) / most_contact) for contact in view.contacts]
    radii = [scale * (_SMALLEST_DOT + _DOT_GROWS * weight) for weight in weights]

    me = Dot(x=width / 2, y=height / 2, radius=scale * 13, words=_("You"))
    dots = [
        Dot(x=x, y=y, radius=radius, words=contact.person.name)
        for contact, (x, y), radius in zip(view.contacts, places, radii, strict=True)
        if is_drawn(contact)
    ]
    labels = place_labels([me, *dots], width=width, height=height, size=size, most=most + 1)

    spokes = [
        tag("line", x1=me.x, y1=me.y, x2=x, y2=y, class_=_spoke_class(contact, weight))
        for contact, (x, y), weight in zip(view.contacts, places, weights, strict=True)
        if contact.is_active and is_drawn(contact)
    ]
    among = [
        tag(
            "line",
            x1=places[one][0],
            y1=places[one][1],
            x2=places[other][0],
            y2=places[other][1],
            class_="among",
        )
        for one, other, _weight in view.among
        if is_drawn(view.contacts[one]) and is_drawn(view.contacts[other])
    ]
    drawn = [
        tag(
            "a",
            tag("title", text(contact.person.name)),
            tag("circle", cx=x, cy=y, r=radius, class_=_dot_class(contact)),
            href=link(contact.person.key),
            tabindex="-1",
        )
        for contact, (x, y), radius in zip(view.contacts, places, radii, strict=True)
        if is_drawn(contact)
    ]
    names = [
        tag(
            "text",
            text(label.words),
            x=label.x,
            y=label.y,
            text_anchor=label.anchor,
            class_="name me" if index == 0 else "name",
        )
        for index, label in enumerate(labels)
        if label
    ]
    return picture(
        tag("g", *_corners(view.contacts, places, size), class_="corners"),
        tag("g", *among),
        tag("g", *spokes),
        tag("g", *drawn),
        tag("circle", cx=me.x, cy=me.y, r=me.radius, class_="dot me"),
        tag("g", *names, class_="names"),
        name=name,
        title=_("Your circle, drawn"),
        description=_describe(view),
        width=width,
        height=height,
        role="group",
    )


def _describe(view: CircleView) -> str:
    active = sum(contact.is_active for contact in view.contacts)
    known = len(view.contacts) - active
    sizes = Counter(contact.cluster for contact in view.contacts if is_drawn(contact))
    alone = sum(size == 1 for size in sizes.values())
    corners = len(sizes) - alone
    sentences = [
        ngettext(
            "You in the middle and %d active contact around you.",
            "You in the middle and %d active contacts around you.",
            active,
        )
        % active
    ]
    if known:
        sentences.append(
            ngettext(
                "%d more is known, with little contact lately.",
                "%d more are known, with little contact lately.",
                known,
            )
            % known
        )
    if corners > 1:
        sentences.append(_("They stand in %d corners of people who are in touch with one another.") % corners)
    if corners and alone:
        sentences.append(
            ngettext("%d of them stands on their own.", "%d of them stand on their own.", alone) % alone
        )
    return " ".join(sentences)


def _thickness(weight: float) -> str:
    return f"weight-{1 + min(3, int(4 * weight))}"


def _spoke_class(contact: Contact, weight: float) -> str:
    return f"spoke {_thickness(weight)}" + ("" if contact.is_stated else " inferred")


def _dot_class(contact: Contact) -> str:
    return (
        f"dot hue-{contact.cluster % HUES}"
        + ("" if contact.is_active else " known")
        + ("" if contact.is_stated else " inferred")
    )


def _corners(contacts: tuple[Contact, ...], places: list[_Point], size: float) -> list[SafeString]:
    """Draw a soft shape behind those who are in touch with one another."""
    members: dict[int, list[_Point]] = defaultdict(list)
    for contact, place in zip(contacts, places, strict=True):
        if is_drawn(contact):
            members[contact.cluster].append(place)
    return [
        tag(
            "path",
            d="M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in _hull(points)) + " Z",
            class_=f"corner hue-{cluster % HUES}",
            stroke_width=2.6 * size,
        )
        for cluster, points in sorted(members.items())
        if len(points) >= _ENOUGH_FOR_A_CORNER
    ]


def _hull(points: list[_Point]) -> list[_Point]:
    """Return the convex hull, by Andrew's monotone chain (1979)."""

    def half(ordered: list[_Point]) -> list[_Point]:
        chain: list[_Point] = []
        for point in ordered:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        return chain[:-1]

    ordered = sorted(set(points))
    return half(ordered) + half(ordered[::-1]) if len(ordered) > 1 else ordered


def _turn(one: _Point, two: _Point, three: _Point) -> float:
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])
