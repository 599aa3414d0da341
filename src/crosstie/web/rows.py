"""Long lists in templates: a row is rendered once for each kind of row, and filled in for the others.

Django takes a tenth of a millisecond for a row with a link and some words in it, and lists are of hundreds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from html import escape
from types import SimpleNamespace
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_MARK = re.compile("\0([a-z_]+)\0")  # no text has it: browsers send none, and templates are ours


@register.simple_tag(takes_context=True)
def rows(context: Context, name: str, each: Sequence[Any]) -> SafeString:
    """Return a template for each of many rows.

    Args:
        context: of the page; the template has it too.
        name: of the template, in which each is `row`. It shows text as it is, without filters.
        each: instances of one dataclass; those of its fields are there that are text, or yes or no, in any of
            them; None is an empty text. Text is escaped. Which of it is empty, and yes and no, decide what
            kind of row it is.
    """
    if not each:
        return SafeString()
    names = [one.name for one in fields(each[0]) if _is_shown([getattr(row, one.name) for row in each])]
    patterns: dict[tuple[bool, ...], tuple[str, list[int]]] = {}
    written = []
    for one in each:
        found = (getattr(one, each_name) for each_name in names)
        values = ["" if value is None else value for value in found]
        kind = tuple(map(bool, values))
        if kind not in patterns:
            patterns[kind] = _pattern(context, name, dict(zip(names, values, strict=True)))
        pattern, shown = patterns[kind]
        written.append(pattern % tuple([escape(values[place]) for place in shown]))
    return mark_safe("".join(written))  # noqa: S308 - all that was filled in was escaped just now


def _is_shown(values: Sequence[Any]) -> bool:
    return any(isinstance(value, (str, bool)) for value in values)


def _pattern(context: Context, name: str, row: dict[str, str | bool]) -> tuple[str, list[int]]:
    """Return a row of one kind with gaps to be filled in, and the places of what fills them."""
    assert context.template is not None  # noqa: S101 - a page is being rendered
    marked = {
        each: f"\0{each}\0" if value and isinstance(value, str) else value for each, value in row.items()
    }
    with context.push(row=SimpleNamespace(**marked)):
        rendered = context.template.engine.get_template(name).render(context)
    places = list(row)
    gaps = [places.index(each) for each in _MARK.findall(rendered)]
    return _MARK.sub("%s", rendered.replace("%", "%%")), gaps
