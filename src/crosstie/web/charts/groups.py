"""Groups and what flows between them: discs as large as the group, arrows from who turned to whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import hypot, sqrt

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crosstie.web.charts.svg import Pictures, picture, tag, text
from crosstie.web.reading import Flow, Side
from crosstie.web.words import size_in_words

_MOST_ARROWS = 24
_ROUNDS = 60
"""Rounds of pushing overlapping discs apart; ten discs come to rest after about twenty."""


@dataclass(slots=True)
class _Disc:
    x: float
    y: float
    radius: float


def group_pictures(side: Side) -> Pictures | None:
    """Draw one kind of group, for a wide window and for a phone; None where no group is large enough."""
    if not side.groups:
        return None
    return Pictures(
        wide=_draw(side, name=f"{side.kind}-wide", width=560, height=520, size=14.0),
        narrow=_draw(side, name=f"{side.kind}-narrow", width=360, height=380, size=12.5),
        left_out=sum(flow.turned_to > 0 for flow in side.flows) - len(_drawn(side)),
    )


def _drawn(side: Side) -> list[Flow]:
    """Return the flows that are drawn, the strongest first: of all of them nobody could follow one."""
    there = [flow for flow in side.flows if flow.turned_to > 0]
    return sorted(there, key=lambda flow: -flow.turned_to)[:_MOST_ARROWS]


def _draw(side: Side, *, name: str, width: float, height: float, size: float) -> SafeString:
    discs = _discs(side, width, height, size)
    strongest = _drawn(side)
    most = max((flow.turned_to for flow in strongest), default=1.0)
    # Those above chance lie on top.
    strongest.sort(key=lambda flow: (flow.beside_chance == "more", flow.turned_to))
    arrows = [_arrow(flow, discs, sqrt(flow.turned_to / most)) for flow in strongest]
    above = _named_above(strongest, discs, size)
    return picture(
        tag("g", *arrows),
        *[
            tag(
                "g",
                tag("title", text(f"{group.label}: {size_in_words(group)}")),
                tag(
                    "circle",
                    cx=discs[group.key].x,
                    cy=discs[group.key].y,
                    r=discs[group.key].radius,
                    class_="disc own" if group.key == side.own else "disc",
                ),
                tag(
                    "text",
                    text(f"{group.size}" if group.is_told else f"{group.size}+"),
                    x=discs[group.key].x,
                    y=discs[group.key].y + 0.35 * size,
                    text_anchor="middle",
                    class_="count",
                ),
                *_name(group.label, discs[group.key], size, above=group.key in above),
            )
            for group in side.groups
        ],
        name=name,
        title=side.title,
        description=_(
            "Each disc is a group, as large as the number of its people. An arrow goes from those who turned "
            "to others to those they turned to. The table below says the same in words."
        ),
        width=width,
        height=height,
    )


def _named_above(flows: list[Flow], discs: dict[str, _Disc], size: float) -> set[str]:
    """Return the groups whose name stands above their disc: where fewer arrows would cross it than below."""
    up: Counter[str] = Counter()
    down: Counter[str] = Counter()
    for flow in flows:
        for one, other in (
            (flow.learner.key, flow.teacher.key),
            (flow.teacher.key, flow.learner.key),
        ):
            across, fall = discs[other].x - discs[one].x, discs[other].y - discs[one].y
            if abs(fall) > abs(across):
                (down if fall > 0 else up)[one] += 1
    return {
        key
        for key, disc in discs.items()
        if up[key] < down[key] and disc.y - disc.radius > 2.8 * size and _is_free_above(key, discs, size)
    }


def _is_free_above(key: str, discs: dict[str, _Disc], size: float) -> bool:
    disc = discs[key]
    return not any(
        abs(other.x - disc.x) < other.radius + 5 * size
        and 0 < disc.y - disc.radius - other.y - other.radius < 5.2 * size
        for name, other in discs.items()
        if name != key
    )


def _name(label: str, disc: _Disc, size: float, *, above: bool) -> list[SafeString]:
    lines = _lines(label)
    first = -disc.radius - (0.45 + 1.1 * (len(lines) - 1)) * size if above else disc.radius + 1.15 * size
    return [
        tag(
            "text",
            text(line),
            x=disc.x,
            y=disc.y + first + 1.1 * index * size,
            text_anchor="middle",
            class_="name",
        )
        for index, line in enumerate(lines)
    ]


def _lines(label: str) -> list[str]:
    """Break a long label near its middle."""
    words = label.split()
    longest_line = 16
    if len(label) <= longest_line or len(words) == 1:
        return [label]
    cut = min(range(1, len(words)), key=lambda at: max(len(" ".join(words[:at])), len(" ".join(words[at:]))))
    return [" ".join(words[:cut]), " ".join(words[cut:])]


def _discs(side: Side, width: float, height: float, size: float) -> dict[str, _Disc]:
    """Fit the groups' places into the drawing and push discs apart until none covers another or its name."""
    largest = max(group.size for group in side.groups)
    biggest = min(width, height) * min(0.11, 0.3 / sqrt(len(side.groups)))
    xs, ys = [group.x for group in side.groups], [group.y for group in side.groups]
    reach = max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
    side_x, side_y = 4.2 * size, biggest + 0.5 * size
    below = biggest + 2.6 * size
    discs = {
        group.key: _Disc(
            x=width / 2 + (group.x - (min(xs) + max(xs)) / 2) / reach * (width - 2 * side_x),
            y=(height - below + side_y) / 2
            + (group.y - (min(ys) + max(ys)) / 2) / reach * (height - side_y - below),
            radius=max(1.05 * size, biggest * sqrt(group.size / largest)),
        )
        for group in side.groups
    }
    ordered = list(discs.values())
    for _round in range(_ROUNDS):
        for index, one in enumerate(ordered):
            for other in ordered[index + 1 :]:
                _push_apart(one, other, size)
        for disc in ordered:
            disc.x = min(max(disc.x, side_x), width - side_x)
            disc.y = min(max(disc.y, side_y), height - below)
    return discs


def _push_apart(one: _Disc, other: _Disc, size: float) -> None:
    across, down = other.x - one.x, (other.y - one.y) or 0.01
    apart = hypot(across, down)
    wanted = one.radius + other.radius + 3.4 * size
    if apart < wanted:
        step = (wanted - apart) / 2 / apart
        one.x -= across * step
        one.y -= down * step
        other.x += across * step
        other.y += down * step


def _arrow(flow: Flow, discs: dict[str, _Disc], weight: float) -> SafeString:
    """Draw a bent arrow from learner to teacher; the two directions of a pair bend away from each other."""
    start, end = discs[flow.learner.key], discs[flow.teacher.key]
    across, down = end.x - start.x, end.y - start.y
    bend = 0.14
    middle_x = (start.x + end.x) / 2 - down * bend
    middle_y = (start.y + end.y) / 2 + across * bend
    tip_x, tip_y = _towards(end.x, end.y, middle_x, middle_y, end.radius + 3)
    from_x, from_y = _towards(start.x, start.y, middle_x, middle_y, start.radius + 1)
    step = 1 + min(
        3, int(4 * weight)
    )  # all that is drawn of an amount: from overlapping ones few could be told
    head = 4.5 + 1.3 * step
    back_x, back_y = _towards(tip_x, tip_y, middle_x, middle_y, head)
    side_x, side_y = (tip_y - back_y) * 0.42, (back_x - tip_x) * 0.42
    strength = f"weight-{step}"
    return tag(
        "g",
        tag(
            "path",
            d=f"M{from_x:.1f} {from_y:.1f} Q{middle_x:.1f} {middle_y:.1f} {back_x:.1f} {back_y:.1f}",
            class_=f"stem {strength}",
        ),
        tag(
            "path",
            d=(
                f"M{tip_x:.1f} {tip_y:.1f} L{back_x + side_x:.1f} {back_y + side_y:.1f} "
                f"L{back_x - side_x:.1f} {back_y - side_y:.1f} Z"
            ),
            class_="head",
        ),
        class_=f"arrow {flow.beside_chance}",
    )


def _towards(x: float, y: float, to_x: float, to_y: float, distance: float) -> tuple[float, float]:
    """Return the point at a distance from one point in the direction of another."""
    length = hypot(to_x - x, to_y - y) or 1.0
    return x + (to_x - x) / length * distance, y + (to_y - y) / length * distance
