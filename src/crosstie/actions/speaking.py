"""Say in the viewer's language what the thinking rooms said in English."""

from __future__ import annotations

from datetime import date
from functools import singledispatch

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext

from crosstie.saying import Month, Number, Said, Share


def spoken(text: str) -> str:
    """Return a text in the language that is active now; one that nobody translated stays as it is.

    Args:
        text: what was said by `crosstie.saying`, or a declared text such as a metric's question.
    """
    if not isinstance(text, Said):
        return gettext(text) if text else ""
    if text.parts:
        return " ".join(spoken(part) for part in text.parts)
    message = ngettext(text.message, text.plural, text.number) if text.plural else gettext(text.message)
    if not text.values:
        return message
    return message % {name: _written(value) for name, value in text.values.items()}


@singledispatch
def _written(value: object) -> str:
    """Return a value as the active language writes it; a text that was not said is a name, and stays."""
    return str(value)


@_written.register
def _(value: Said) -> str:
    return spoken(value)


@_written.register
def _(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)


@_written.register
def _(value: Number) -> str:
    return number_format(round(value.value, value.digits), value.digits, use_l10n=True, force_grouping=True)


@_written.register
def _(value: Share) -> str:
    return gettext("%(percent)s%%") % {"percent": round(100 * value.value)}


@_written.register
def _(value: date) -> str:
    return date_format(value, "DATE_FORMAT")


@_written.register
def _(value: Month) -> str:
    return date_format(value.day, "YEAR_MONTH_FORMAT")
