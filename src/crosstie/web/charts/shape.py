"""One community's mark, as it stands beside its name under the map of people."""

from __future__ import annotations

from django.utils.safestring import SafeString

from crosstie.web.charts.svg import tag
from crosstie.web.marks import Mark

_DRAWN = {
    "circle": "M8 1.5 A6.5 6.5 0 1 0 8 14.5 A6.5 6.5 0 1 0 8 1.5 Z",
    "square": "M2 2 H14 V14 H2 Z",
    "triangle": "M8 1 L15 14 H1 Z",
    "diamond": "M8 0.5 L15.5 8 L8 15.5 L0.5 8 Z",
}


def shape(mark: Mark) -> SafeString:
    """Draw a mark; the name beside it says the same, so it is hidden from screen readers."""
    return tag(
        "svg",
        tag("path", d=_DRAWN[mark.shape]),
        viewBox="0 0 16 16",
        aria_hidden="true",
        class_=f"hue-{mark.hue}",
    )
