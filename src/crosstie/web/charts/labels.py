"""Place labels beside dots so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_WIDTHS = {
    "ijl.,:;'| ": 0.26,
    "Ifrt-()": 0.35,
    "csvxyz/": 0.46,
    "ABCDEFGHJKLNOPQRSTUVXYZ": 0.62,
    "mwWM": 0.8,
}
_OTHER = 0.55
_SPARE = 1.04
"""Widths of characters in font sizes, by groups, measured in our own letters; a little is added to each."""

_CLEAR = 0.18
"""How far a label keeps from dots and other labels, in font sizes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A dot that would like a label."""

    x: float
    y: float
    radius: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label that found room. `anchor` is SVG's text-anchor."""

    x: float
    y: float
    anchor: str
    words: str


def place_labels(
    dots: Sequence[Dot], *, width: float, height: float, size: float, most: int
) -> list[Label | None]:
    """Return a label for each dot, or None where there is no room; first come, first served.

    Args:
        dots: most important first.
        width: of the drawing.
        height: of the drawing.
        size: of the font, in units of the drawing.
        most: labels at most.
    """
    taken = [(dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius) for dot in dots]
    placed: list[Label | None] = []
    left = most
    for own, dot in enumerate(dots):
        label = (
            _first_that_fits(dot, own, taken, width=width, height=height, size=size)
            if left and dot.words
            else None
        )
        placed.append(label)
        left -= label is not None
    return placed


@lru_cache(maxsize=4096)
def width_of(words: str) -> float:
    """Return about how wide words are, in font sizes."""
    return _SPARE * sum(
        next((width for letters, width in _WIDTHS.items() if letter in letters), _OTHER) for letter in words
    )


_Box = tuple[float, float, float, float]


def _first_that_fits(
    dot: Dot, own: int, taken: list[_Box], *, width: float, height: float, size: float
) -> Label | None:
    long = width_of(dot.words) * size
    aside = dot.radius + 0.35 * size
    slant = 0.7 * dot.radius
    choices = (
        (dot.x + aside, dot.y + 0.35 * size, "start"),
        (dot.x - aside, dot.y + 0.35 * size, "end"),
        (dot.x, dot.y + aside + 0.7 * size, "middle"),
        (dot.x, dot.y - aside, "middle"),
        (dot.x + slant, dot.y - slant - 0.3 * size, "start"),
        (dot.x + slant, dot.y + slant + 0.9 * size, "start"),
        (dot.x - slant, dot.y - slant - 0.3 * size, "end"),
        (dot.x - slant, dot.y + slant + 0.9 * size, "end"),
    )
    for x, y, anchor in choices:
        start = {"start": x, "end": x - long, "middle": x - long / 2}[anchor]
        box = (start, y - 0.85 * size, start + long, y + 0.25 * size)
        inside = box[0] >= 0 and box[2] <= width and box[1] >= 0 and box[3] <= height
        if inside and _is_free(box, taken, own, _CLEAR * size):
            taken.append(box)
            return Label(x=x, y=y, anchor=anchor, words=dot.words)
    return None


def _is_free(box: _Box, taken: list[_Box], own: int, clear: float) -> bool:
    left, top, right, bottom = box[0] - clear, box[1] - clear / 2, box[2] + clear, box[3] + clear / 2
    for index, (other_left, other_top, other_right, other_bottom) in enumerate(taken):
        apart = left >= other_right or other_left >= right or top >= other_bottom or other_top >= bottom
        if not apart and index != own:
            return False
    return True
