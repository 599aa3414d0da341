"""A ledger as one bar: used and left out make up all that was read."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crosstie.actions.views import Reading
from crosstie.web.charts.svg import tag, text

_LONG = 1000


def ledger_bar(reading: Reading) -> SafeString:
    """Draw one reading's bar; the words beside it say the same, so it is hidden from screen readers."""
    used = _LONG * reading.used / reading.read if reading.read else 0.0
    return tag(
        "svg",
        tag("title", text(_("used and left out"))),
        tag("rect", x=0, y=0, width=_LONG, height=10, class_="left-out"),
        tag("rect", x=0, y=0, width=used, height=10, class_="used"),
        viewBox=f"0 0 {_LONG} 10",
        preserveAspectRatio="none",
        aria_hidden="true",
        class_="bar",
    )
