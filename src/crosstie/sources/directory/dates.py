"""Dates of joining and leaving as HR tables write them."""

from __future__ import annotations

from datetime import date, datetime

_MONTH_FIRST = ("%m/%d/%Y", "%m/%d/%y")
_DAY_FIRST = ("%d/%m/%Y", "%d/%m/%y")
_ALWAYS = ("%d.%m.%Y", "%d.%m.%y", "%Y/%m/%d", "%Y%m%d", "%d %b %Y", "%d %B %Y")


def read_date(text: str, *, day_first: bool) -> date | None:
    """Return a date; None where the text is none.

    >>> read_date("7/5/2011", day_first=False)
    datetime.date(2011, 7, 5)
    """
    written = text.strip()
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        pass
    for form in (*(_DAY_FIRST if day_first else _MONTH_FIRST), *_ALWAYS):
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None
