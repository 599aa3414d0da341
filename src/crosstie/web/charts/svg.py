"""How an SVG element is written: escaped, one decimal a coordinate, no style attribute."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

Value = str | float | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """The same picture for a wide window and for a phone; the style sheet shows one of them.

    Attributes:
        wide, narrow: the pictures.
        left_out: how much of what is to be shown stands beside them alone, as it would be too much in one.
    """

    wide: SafeString
    narrow: SafeString
    left_out: int = 0


def tag(name: str, *children: str, **attributes: Value) -> SafeString:
    """Return one element; children are elements or `text`; None leaves an attribute out."""
    written = "<" + name
    for key, value in attributes.items():  # a large circle has thousands of them
        if type(value) is float:
            written += f' {_name(key)}="{value:.1f}"'
        elif value is not None:
            written += f' {_name(key)}="{_escaped(value)}"'
    return SafeString(f"{written}>{''.join(children)}</{name}>")  # every part was escaped when it was made


def text(words: str) -> SafeString:
    """Return words as they may stand inside an element."""
    return mark_safe(escape(words))  # noqa: S308 - escaped here


def picture(
    *children: str,
    name: str,
    title: str,
    description: str,
    width: float,
    height: float,
    role: str = "img",
) -> SafeString:
    """Return an ``svg`` element that says what it shows.

    Args:
        children: what is drawn.
        name: begins the ids of title and description; once a page.
        title: read first by whoever does not see it.
        description: what there is to see, in a sentence.
        width: of the drawing, in its own units.
        height: of the drawing, in its own units.
        role: ``img``, or ``group`` where parts of the picture can be followed.
    """
    return tag(
        "svg",
        tag("title", text(title), id=f"{name}-title"),
        tag("desc", text(description), id=f"{name}-description"),
        *children,
        role=role,
        viewBox=f"0 0 {width:g} {height:g}",
        aria_labelledby=f"{name}-title {name}-description",
        class_="drawing",
    )


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


@lru_cache(maxsize=4096)
def _escaped(value: str | float) -> str:
    return f"{value:.1f}" if isinstance(value, float) else escape(str(value))
