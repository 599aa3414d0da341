"""Words for templates: dates, amounts and links, said the same way on every page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from html import escape
from urllib.parse import urlsplit

from django import template
from django.urls import Resolver404, resolve, reverse
from django.utils import formats
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from crosstie.actions import speaking
from crosstie.actions.views import GroupNode, MapPerson, Original
from crosstie.web.deeds import said

_ROOM = 400
"""How many characters of a text a table shows."""

register = template.Library()
register.filter("spoken", speaking.spoken)
register.filter("said", said)


@register.filter
def day(at: date | datetime | None) -> str:
    """Return a day as people write it; a time that is not known is said to be so."""
    if at is None:
        return _("a day that is not known")
    return _day(at.date() if isinstance(at, datetime) else at, get_language())


@lru_cache(maxsize=4096)
def _day(at: date, _language: str | None) -> str:
    # A page says some hundred days, and formatting one takes as long as a row of a table.
    return formats.date_format(at, "DATE_FORMAT")


@register.filter
def month(at: date | datetime) -> str:
    """Return a month as people write it."""
    return formats.date_format(at, "YEAR_MONTH_FORMAT")


@register.filter
def minute(at: datetime | None) -> str:
    """Return a day and the time of it, in UTC."""
    return _minute(at, get_language()) if at else _("a time that is not known")


@lru_cache(maxsize=4096)
def _minute(at: datetime, _language: str | None) -> str:
    return formats.date_format(at, "DATETIME_FORMAT") + " UTC"


@register.filter
def plain(word: str) -> str:
    """Return a reason or a unit without the marks of code."""
    return word.replace("_", " ")


@register.filter
def kind(name: str) -> str:
    """Return in words what a kind of interaction counts."""
    words = {
        "said": _("messages written"),
        "replied": _("answers"),
        "thanked": _("thanks and reactions"),
        "reviewed": _("reviews of changes"),
        "co_wrote": _("changes written together"),
        "met": _("meetings"),
        "named": _("names given in a survey or a table"),
        "acknowledged": _("“I learned this from …”"),
    }
    return words.get(name, plain(name))


@register.filter
def share(value: float | None) -> str:
    """Return a share as a percentage; what may not be shown is said to be so."""
    return _("not shown") if value is None else _("%(percent)s%%") % {"percent": round(100 * value)}


@register.filter
def size_in_words(group: GroupNode) -> str:
    """Say how many people a group has, or at least how many."""
    return str(group.size) if group.is_told else _("%(least)d or more") % {"least": group.size}


@register.filter
def listed(people: Iterable[MapPerson]) -> SafeString:
    """Return people as items of a list: of thousands, a template's loop would take most of a page's time."""
    me = f' <em class="own">{escape(_("you"))}</em>'
    items = [f"<li>{escape(person.name)}{me if person.is_viewer else ''}</li>" for person in people]
    return mark_safe("".join(items))  # noqa: S308 - names and the word were escaped just now


@register.filter
def lines(words: str) -> SafeString:
    """Return words of somebody's own as they stand, line by line, as far as a table has room for them."""
    cut = words if len(words) <= _ROOM else Truncator(words).chars(_ROOM)
    # Not `splitlines`: it also ends a line at separators that nobody sees, as within pasted text.
    each = escape(cut.replace("\r\n", "\n").removesuffix("\n")).split("\n")
    return mark_safe("<br>".join(each))  # noqa: S308 - escaped just now


@register.filter
def cells(row: Iterable[str]) -> SafeString:
    """Return the cells of a table's row: of hundreds, a template's loop would take most of a page's time."""
    return mark_safe("".join(f"<td>{lines(words)}</td>" for words in row))  # noqa: S308 - escaped there


@register.filter
def address(original: Original) -> str:
    """Return where an original can be looked at: at its own web address, else on a page of ours."""
    if is_elsewhere(original):
        return original.link
    return question_page(original) or reverse("trace", args=[original.id])


@register.filter
def is_elsewhere(original: Original) -> bool:
    """Return whether an original has a web address of its own; no other kind of link is followed."""
    return urlsplit(original.link).scheme in {"http", "https"}


@register.filter
def question_page(original: Original) -> str:
    """Return the page of the question that an original was asked or answered under here, "" of all others."""
    try:
        found = resolve(original.link)
    except Resolver404:  # it was not here, or these are the pages of one person, who asks nobody here
        return ""
    return reverse("question", kwargs=found.kwargs) if found.url_name == "question" else ""
