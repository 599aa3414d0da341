"""*About me*: all that is held about oneself, who looked, and what others see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import singledispatch
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from crosstie.actions.organisation import correcting, held_rows, held_tables, looks, seen_of_me
from crosstie.actions.organisation.held_rows import HeldRow
from crosstie.actions.organisation.held_tables import HeldTable
from crosstie.people import Role
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.organisation.navigation import ABOUT_ME
from crosstie.web.organisation.numbers import number_in
from crosstie.web.pages import page
from crosstie.web.words import day, minute

_WORDS = 280
"""How many characters of a text a row shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A table with its values in words."""

    table: HeldTable
    rows: list[list[str]]

    @property
    def only(self) -> list[tuple[str, str]]:
        """Return the one row of a table that has no second, value by value; else nothing."""
        return list(zip(self.table.columns, self.rows[0], strict=True)) if self.table.number == 1 else []


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRow:
    """A row of the record in words; `take_back` is where a correction of it is taken back, "" without one."""

    id: str
    what: str
    at: str
    place: str
    source: str
    link: str
    text: str
    files: str
    take_back: str
    is_open: bool
    is_of_members: bool
    is_stated: bool
    is_elsewhere: bool
    is_taken_back: bool
    is_from_outside: bool


@require_GET
def held(request: HttpRequest) -> HttpResponse:
    """*What is held*: the record in a number, and every table with its latest rows."""
    home, viewer = site_of(request).home, viewer_of(request)
    return _page(
        request,
        "me.html",
        number=held_rows.number(home, viewer),
        tables=[_told(one) for one in held_tables.tables(home, viewer)],
        accounts=correcting.own_accounts(home, viewer),
        corrections=correcting.corrections(home, viewer),
    )


@require_GET
def table(request: HttpRequest, name: str) -> HttpResponse:
    """Show all rows of one table."""
    found = held_tables.table(site_of(request).home, viewer_of(request), name, _number(request))
    return _page(request, "me_table.html", told=_told(found))


@require_GET
def rows(request: HttpRequest) -> HttpResponse:
    """Show the rows of the record, newest first."""
    after = request.GET.get("after", "")
    found = held_rows.rows(site_of(request).home, viewer_of(request), after)
    traces = [_trace(one) for one in found.rows]
    return _page(request, "me_rows.html", found=found, traces=traces, after=after)


@require_GET
def who_looked(request: HttpRequest) -> HttpResponse:
    """*Who looked*: who was shown me by name, on which page, on which day."""
    seen, following = looks.who_looked(site_of(request).home, viewer_of(request), _number(request))
    return _page(request, "me_looks.html", seen=seen, following=following)


@require_GET
def shown(request: HttpRequest) -> HttpResponse:
    """*What others see*: what the gate really shows of me to someone in each role."""
    home, viewer = site_of(request).home, viewer_of(request)
    by_role = [seen_of_me.seen_of_me(home, viewer, role) for role in Role]
    return _page(request, "me_shown.html", seen=by_role[0], same=len(set(by_role)) == 1)


def _page(request: HttpRequest, template: str, **shown: Any) -> HttpResponse:
    return page(request, f"organisation/{template}", menu=ABOUT_ME, here="me", **shown)


def _number(request: HttpRequest) -> int:
    return number_in(request.GET.get("page", "")) or 1


def _trace(row: HeldRow) -> TraceRow:
    return TraceRow(
        id=row.id,
        what=row.what,
        at=minute(row.at),
        place=row.place or gettext("a place without a name"),
        source=row.source,
        link=row.link,
        text=Truncator(row.text).chars(_WORDS),
        files=Truncator(", ".join(row.files)).chars(_WORDS),
        take_back=reverse("take-correction-back", args=[row.correction]) if row.correction else "",
        is_open=row.openness == "open",
        is_of_members=row.openness == "members",
        is_stated=row.is_stated,
        is_elsewhere=row.link.startswith("http"),
        is_taken_back=row.is_taken_back,
        is_from_outside=row.is_from_outside,
    )


def _told(table: HeldTable) -> Told:
    return Told(table=table, rows=[[_cell(value) for value in row] for row in table.rows])


@singledispatch
def _cell(value: object) -> str:
    """Say one value in words."""
    return str(value or "") or "—"


@_cell.register
def _(value: bool) -> str:  # noqa: FBT001 - it is what is dispatched on
    return gettext("yes") if value else gettext("no")


@_cell.register
def _(value: int) -> str:
    return number_format(value, use_l10n=True)


@_cell.register
def _(value: datetime) -> str:
    return minute(value)


@_cell.register
def _(value: date) -> str:
    return day(value)


@_cell.register
def _(value: list) -> str:  # type: ignore[type-arg]  # dispatch knows no arguments of types
    return "; ".join(map(_cell, value)) or "—"


@_cell.register
def _(value: dict) -> str:  # type: ignore[type-arg]  # likewise
    return "; ".join(f"{name}: {_cell(one)}" for name, one in value.items()) or "—"
