"""Rows of the record behind a page: few, by their id or by their thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crosstie.actions.corrections import corrected, standing
from crosstie.actions.home import Home
from crosstie.actions.pages.sight import Sight
from crosstie.record import Interaction
from crosstie.record.columns import interactions_from, selected_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_IS_CHANGE = "kind = 'said' AND openness = 'open' AND asks IS NULL"
_SOON = timedelta(days=90)


def of_the_record(
    home: Home, seen: Sight, ids: Sequence[str], times: Sequence[datetime | None]
) -> dict[str, Interaction]:
    """Return rows of the record by id, as people corrected them; `times` of some of them make it quicker."""
    known = [time for time in times if time is not None]
    with corrected(home, standing(home, seen.persons)) as connection:
        found = _rows(connection, "external_id", ids, min(known), max(known)) if known else []
        if len(found) < len(ids):
            found += _rows(connection, "external_id", sorted({*ids} - {one.external_id for one in found}))
    return {one.external_id: one for one in found}


def changes(home: Home, seen: Sight, acts: Sequence[Interaction]) -> dict[str, Interaction]:
    """Return by the id of an act the change in an open place that it was on, of an author who may be shown.

    A text of which nobody asked whether it asks is a change (`crosstie.ideas.messages`). Most changes are not
    much older than what is done with them, so the whole record is rarely looked through.
    """
    threads = {(one.source, one.thread) for one in acts if one.thread}
    if not threads:
        return {}
    change_of: dict[tuple[str, str], Interaction] = {}
    times = [one.at for one in acts if one.at is not None]
    spans: list[tuple[datetime, ...]] = [(min(times) - _SOON, max(times))] if times else []
    with corrected(home, standing(home, seen.persons)) as connection:
        for span in (*spans, ()):
            if lacking := sorted({thread for _, thread in threads - change_of.keys()}):
                found = _rows(connection, f"{_IS_CHANGE} AND thread", lacking, *span)
                change_of |= {(one.source, one.thread): one for one in found}
    return {
        act.external_id: one
        for act in acts
        if (one := change_of.get((act.source, act.thread)))
        and one.text
        and one.actor in seen.persons.person_of
    }


def _rows(
    connection: DuckDBPyConnection, column: str, values: Sequence[str], *span: datetime
) -> list[Interaction]:
    """Return the rows with one of these values in a column, of the whole record or between two times."""
    # Files lie in order of time, and all but a few need not be opened where the time is known.
    between = ' AND "at" BETWEEN ? AND ?' if span else ""
    query = (
        f"SELECT {selected_rows()} FROM interactions"  # noqa: S608 - our own column names
        f" WHERE {column} IN (SELECT unnest(?::VARCHAR[])){between}"
    )
    return list(interactions_from(connection.execute(query, [values, *span]).fetchall()))
