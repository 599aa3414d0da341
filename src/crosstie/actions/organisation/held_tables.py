"""What the tables hold of oneself, beside the record: by the one declaration that forgetting goes by too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate
from crosstie.actions.organisation.held_words import in_words
from crosstie.errors import NotShown
from crosstie.people import Person, Viewer
from crosstie.store.held import HELD, Held, numbers_of, rows_of

LATEST = 10
"""Rows of each table that the overview shows."""

ROWS_A_PAGE = 50
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTable:
    """What one table holds of the viewer.

    Attributes:
        name: of the table.
        title: what its rows are.
        columns: their words.
        rows: one value a column: text, number, time, list or dict; account keys are told by name.
        number: of all rows.
        next: the number of the next page; 0 if this is the last.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    number: int
    next: int = 0


def tables(home: Home, viewer: Viewer) -> tuple[HeldTable, ...]:
    """Return every table that holds anything of the viewer, with its latest rows.

    Raises:
        NotShown: nobody signed in.
    """
    person, addresses = _who(home, viewer)
    numbers = numbers_of(HELD, person.accounts, addresses)
    return tuple(
        _shown(home, person, one, rows_of(one, person.accounts, addresses), number, start=0, most=LATEST)
        for one, number in zip(HELD, numbers, strict=True)
        if number
    )


def table(home: Home, viewer: Viewer, name: str, page: int = 1) -> HeldTable:
    """Return one table's rows of the viewer, a page at a time, newest first.

    Raises:
        NotShown: nobody signed in, or there is no such table.
    """
    person, addresses = _who(home, viewer)
    one = next((one for one in HELD if one.name == name), None)
    if one is None:
        raise NotShown(_("There is no such table."), hint="")
    (number,) = numbers_of((one,), person.accounts, addresses)
    rows = rows_of(one, person.accounts, addresses)
    start = (max(page, 1) - 1) * ROWS_A_PAGE
    return _shown(home, person, one, rows, number, start=start, most=ROWS_A_PAGE)


def every_row(home: Home, viewer: Viewer, one: Held) -> Iterator[dict[str, object]]:
    """Yield one table's rows of the viewer, newest first, by column; account keys are told by name.

    Raises:
        NotShown: nobody signed in.
    """
    person, addresses = _who(home, viewer)
    rows = rows_of(one, person.accounts, addresses).values(*one.shown).iterator()
    while some := list(islice(rows, _AT_ONCE)):
        yield from _told(home, person, one, some)


def _who(home: Home, viewer: Viewer) -> tuple[Person, tuple[str, ...]]:
    me = gate.acting(home, viewer)
    person = gate.own_person(home, me)
    return person, tuple({me.email, *(address.casefold() for address in person.addresses)})


def _shown(
    home: Home,
    person: Person,
    one: Held,
    rows: QuerySet[models.Model],
    number: int,
    *,
    start: int,
    most: int,
) -> HeldTable:
    found = list(rows.values(*one.shown)[start : start + most + 1])
    return HeldTable(
        name=one.name,
        title=str(one.title),
        columns=tuple(str(words) for words in one.shown.values()),
        rows=tuple(
            tuple(in_words(column, row[column]) for column in one.shown)
            for row in _told(home, person, one, found[:most])
        ),
        number=number,
        next=start // most + 2 if len(found) > most else 0,
    )


def _told(
    home: Home, person: Person, one: Held, rows: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Yield rows in which account keys are told by name, without the words of whoever is not shown."""
    cards = gate.cards_of(home, {row[column] for row in rows for column in one.people if row[column]})
    for row in rows:
        author = row[one.written_by] if one.written_by else ""
        is_blank = author and author not in person.accounts and not cards[author].key
        yield {
            column: cards[value].name
            if column in one.people and value in cards
            else ("" if is_blank and column in one.words else value)
            for column, value in row.items()
        }
