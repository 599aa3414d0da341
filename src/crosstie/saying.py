"""Sentences that are made where no language is known: English at once, and translatable where they are shown.

The thinking rooms know no Django, so they cannot ask for a translation. What they `say` is plain English text
that remembers how it was made; `crosstie.actions.speaking.spoken` says it again in the viewer's language. The
command, the library and the record go on with the English text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A figure within a sentence, written with so many digits after the point."""

    value: float
    digits: int = 0

    def __str__(self) -> str:
        """Return it as English writes it."""
        return f"{self.value:,.{self.digits}f}"


@dataclass(frozen=True, slots=True)
class Share:
    """A share within a sentence, written as whole per cent."""

    value: float

    def __str__(self) -> str:
        """Return it as English writes it."""
        return f"{self.value:.0%}"


@dataclass(frozen=True, slots=True)
class Month:
    """A month within a sentence; any of its days names it."""

    day: date

    def __str__(self) -> str:
        """Return it as English writes it."""
        return f"{self.day:%B %Y}"


Value: TypeAlias = str | int | date | Number | Share | Month
"""What stands in a sentence. A `Said` among them is translated too; any other text is a name and stays."""


class Said(str):
    """An English text that remembers how it was made.

    Attributes:
        message: what is translated: the text with named places such as ``%(people)s``; "" where the text is
            made of `parts`.
        plural: the message for more than one; "" where nothing is counted.
        number: what is counted.
        values: what stands in the places.
        parts: sentences, each translated on its own, one after the other.
    """

    __slots__ = ("message", "number", "parts", "plural", "values")

    message: str
    plural: str
    number: int
    values: Mapping[str, Value]
    parts: tuple[str, ...]


def say(message: str, **values: Value) -> Said:
    """Say a sentence; ``%(name)s`` is a place for the value of that name.

    Args:
        message: in English; without values a per cent sign is just that.
        values: numbers, days, names, or what was said before.
    """
    return _said(_filled(message, values), message=message, values=values)


def say_count(one: str, many: str, count: int, /, **values: Value) -> Said:
    """Say a sentence about a number of things; ``%(count)s`` is the place of the number.

    Args:
        one: the sentence for one of them.
        many: the sentence for any other number.
        count: how many.
        values: as for `say`.
    """
    values = {"count": count, **values}
    text = _filled(one if count == 1 else many, values)
    return _said(text, message=one, plural=many, number=count, values=values)


def mark(message: str) -> str:
    """Return a text as it is: one that is kept for later and translated where it is shown."""
    return message


def together(*sentences: str) -> Said:
    """Return sentences one after the other, each translated on its own; empty ones are left out."""
    parts = tuple(one for one in sentences if one)
    return _said(" ".join(parts), parts=parts)


def listed(words: Sequence[Value]) -> str:
    """Return words as a list within a sentence: "Ada", "Ada and Ben", "Ada, Ben and Cleo"."""
    if not words:
        return ""
    if len(words) == 1:
        return words[0] if isinstance(words[0], str) else say("%(one)s", one=words[0])
    said = words[0]
    for word in words[1:-1]:
        said = say("%(before)s, %(next)s", before=said, next=word)
    return say("%(before)s and %(last)s", before=said, last=words[-1])


def english(value: Value) -> str:
    """Return a value as an English sentence writes it."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return str(value)


def packed(text: str) -> Any:
    """Return a sentence as plain values that JSON can hold; `unpacked` makes it again."""
    if not isinstance(text, Said):
        return text
    return {
        "message": text.message,
        "plural": text.plural,
        "number": text.number,
        "values": {name: _packed_value(value) for name, value in text.values.items()},
        "parts": [packed(part) for part in text.parts],
    }


def unpacked(kept: Any) -> str:
    """Return a sentence that was `packed`."""
    if isinstance(kept, str):
        return kept
    values = {name: _unpacked_value(value) for name, value in kept["values"].items()}
    if kept["parts"]:
        return together(*map(unpacked, kept["parts"]))
    if kept["plural"]:
        return say_count(kept["message"], kept["plural"], kept["number"], **values)
    return say(kept["message"], **values)


def _packed_value(value: Value) -> Any:
    if isinstance(value, Said):
        return {"said": packed(value)}
    if isinstance(value, str | int):
        return value
    if isinstance(value, Number):
        return {"number": [value.value, value.digits]}
    if isinstance(value, Share):
        return {"share": value.value}
    return {"month": value.day.isoformat()} if isinstance(value, Month) else {"day": value.isoformat()}


def _unpacked_value(kept: Any) -> Value:
    if isinstance(kept, str | int):
        return kept
    ((kind, value),) = kept.items()
    made: dict[str, Callable[[], Value]] = {
        "said": lambda: unpacked(value),
        "number": lambda: Number(*value),
        "share": lambda: Share(value),
        "month": lambda: Month(date.fromisoformat(value)),
        "day": lambda: date.fromisoformat(value),
    }
    return made[kind]()


def _filled(message: str, values: Mapping[str, Value]) -> str:
    return message % {name: english(value) for name, value in values.items()} if values else message


def _said(
    text: str,
    *,
    message: str = "",
    plural: str = "",
    number: int = 0,
    values: Mapping[str, Value] | None = None,
    parts: tuple[str, ...] = (),
) -> Said:
    made = Said(text)
    made.message, made.plural, made.number = message, plural, number
    made.values, made.parts = dict(values or {}), parts
    return made


__all__ = [
    "Month",
    "Number",
    "Said",
    "Share",
    "Value",
    "english",
    "listed",
    "mark",
    "packed",
    "say",
    "say_count",
    "together",
    "unpacked",
]
