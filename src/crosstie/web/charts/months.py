"""The circle over time: how many people were in it at the end of each month."""

from __future__ import annotations

from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crosstie.actions.views import Month
from crosstie.web.charts.svg import Pictures, picture, tag, text

_ENOUGH_FOR_A_LINE = 2


def months_chart(months: tuple[Month, ...], *, filling: int = 0) -> Pictures | None:
    """Draw the months as a line, for a wide window and for a phone; None where there are too few, or nobody.

    Args:
        months: in their order.
        filling: first months in which the line climbs because the record only begins; they are dashed.
    """
    if len(months) < _ENOUGH_FOR_A_LINE or not any(month.contacts for month in months):
        return None
    return Pictures(
        wide=_draw(months, filling, name="months-wide", width=960, height=260, size=14.5, ticks=12),
        narrow=_draw(months, filling, name="months-narrow", width=360, height=200, size=12.5, ticks=4),
    )


def _draw(
    months: tuple[Month, ...],
    filling: int,
    *,
    name: str,
    width: float,
    height: float,
    size: float,
    ticks: int,
) -> SafeString:
    left, right, top, bottom = 2.4 * size, 3.2 * size, 1.6 * size, 2.2 * size
    step, highest = _scale(max(month.contacts for month in months))

    def across(index: int) -> float:
        return left + (width - left - right) * index / (len(months) - 1)

    def up(count: float) -> float:
        return height - bottom - (height - top - bottom) * count / highest

    points = [f"{across(index):.1f} {up(month.contacts):.1f}" for index, month in enumerate(months)]
    grid = [
        element
        for count in range(0, highest + 1, step)
        for element in (
            tag("line", x1=left, x2=width - right, y1=up(count), y2=up(count), class_="grid"),
            tag(
                "text",
                text(str(count)),
                x=left - 0.6 * size,
                y=up(count) + 0.35 * size,
                text_anchor="end",
                class_="tick",
            ),
        )
    ]
    every = -(-len(months) // ticks)
    shown = [index for index in range(len(months)) if (len(months) - 1 - index) % every == 0]
    named = [
        tag(
            "text",
            text(_short(months[index], with_year=place == 0 or months[index].month.month <= every)),
            x=across(index),
            y=height - 0.5 * size,
            text_anchor="middle",
            class_="tick",
        )
        for place, index in enumerate(shown)
    ]
    last = months[-1]
    first = min(filling, len(months) - 1)
    return picture(
        *grid,
        tag(
            "path",
            d=f"M{left:.1f} {up(0):.1f} L" + " L".join(points) + f" L{width - right:.1f} {up(0):.1f} Z",
            class_="area",
        ),
        tag("path", d="M" + " L".join(points[: first + 1]), class_="curve filling"),
        tag("path", d="M" + " L".join(points[first:]), class_="curve"),
        *named,
        tag("circle", cx=across(len(months) - 1), cy=up(last.contacts), r=4.5, class_="dot now"),
        tag(
            "text",
            text(str(last.contacts)),
            x=width - right + 0.8 * size,
            y=up(last.contacts) + 0.35 * size,
            class_="name now",
        ),
        name=name,
        title=_("Your circle over time"),
        description=describe(months),
        width=width,
        height=height,
    )


def describe(months: tuple[Month, ...]) -> str:
    """Say in one sentence what the line shows."""
    most = max(months, key=lambda month: month.contacts)
    return _("%(last)d people in %(last_month)s; most, %(most)d, in %(most_month)s.") % {
        "last": months[-1].contacts,
        "last_month": formats.date_format(months[-1].month, "YEAR_MONTH_FORMAT"),
        "most": most.contacts,
        "most_month": formats.date_format(most.month, "YEAR_MONTH_FORMAT"),
    }


def _short(month: Month, *, with_year: bool) -> str:
    return formats.date_format(month.month, "M Y" if with_year else "M")


def _scale(highest: int) -> tuple[int, int]:
    """Return a round step and the round top of an axis that holds this count."""
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500):
        if highest <= 4 * step:
            return step, max(step * -(-highest // step), step)
    step = -(-highest // 4000) * 1000
    return step, step * -(-highest // step)
