"""Find the rows of the record that involve one person, a page at a time, however long the record is."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from crosstie.actions.home import Home
from crosstie.errors import UsageRefused
from crosstie.people import Person
from crosstie.record import Interaction
from crosstie.record.columns import interactions_from, selected_rows
from crosstie.record.query import literals

_MARK = re.compile(r"(-?[0-9]{1,16})?:[^\x00]+")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def involves(accounts: Collection[str]) -> str:
    """Return the SQL condition for rows in which one of these accounts acts, or is spoken to or of."""
    keys = literals(sorted(accounts))
    one = f"IN (SELECT unnest({keys}))"
    lists = " OR ".join(f"list_has_any({column}, {keys})" for column in ("addressed", "copied", "mentioned"))
    return f"(actor {one} OR parent_author {one} OR {lists})"


@dataclass(frozen=True, slots=True)
class Times:
    """When the rows of one person happened, and where they lie: by it a page is found without all rows.

    Attributes:
        at: microseconds since 1970, sorted.
        file: in which of the record's files each of these rows lies.
        files: the names of the files.
        timeless: how many rows have no time.
        in_open: how many of them all are of open places.
    """

    at: NDArray[np.int64]
    file: NDArray[np.intp]
    files: tuple[str, ...]
    timeless: int
    in_open: int

    def __len__(self) -> int:
        return len(self.at) + self.timeless

    def last_of_page(self, before: int | None, most: int) -> int | None:
        """Return the earliest time on a page that begins before a time; None if it has all that are left."""
        end = len(self.at)
        if before is not None:
            # Those of that very time may be on this page or on the one before.
            end = int(np.searchsorted(self.at, before, side="right"))
            most += end - int(np.searchsorted(self.at, before, side="left"))
        return int(self.at[end - most]) if end > most else None

    def files_between(self, first: int, last: int | None) -> frozenset[str]:
        """Return the names of the files with rows from one time to another, or to the end."""
        start = int(np.searchsorted(self.at, first, side="left"))
        end = len(self.at) if last is None else int(np.searchsorted(self.at, last, side="right"))
        return frozenset(self.files[one] for one in np.unique(self.file[start:end]).tolist())


def times(home: Home, person: Person) -> Times:
    """Return when the rows that involve a person happened, looked for once a state of the workspace."""

    def look() -> Times:
        with home.record.connect() as connection:
            rows = connection.execute(
                "SELECT epoch_us(\"at\") AS at_us, openness = 'open' AS is_open,"  # noqa: S608 - quoted
                " parse_filename(filename) AS file"
                f" FROM recorded WHERE {involves(person.accounts)}"
            ).fetchnumpy()
        found, in_open = np.ma.asarray(rows["at_us"]), int(np.sum(rows["is_open"]))
        has_time = ~np.ma.getmaskarray(found)
        at = found.data[has_time].astype(np.int64)
        files, file = np.unique(rows["file"][has_time].astype(str), return_inverse=True)
        order = np.argsort(at, kind="stable")
        return Times(at[order], file[order], tuple(files.tolist()), len(found) - len(at), in_open)

    return home.once(f"times of the rows of {person.key}", look, of=person)


def found(home: Home, person: Person, after: str, most: int) -> list[Interaction]:
    """Return the next rows that involve a person: those with a time, newest first, then those without.

    Args:
        home: the workspace.
        person: whose rows.
        after: the `mark` of the last row of the page before, "" for the first page.
        most: how many rows at most.

    Raises:
        UsageRefused: no page ended there.
    """
    at, _colon, row_id = after.partition(":")
    if after and not _MARK.fullmatch(after):
        raise UsageRefused(_("There is no such page of traces."), hint=_("Begin with the newest."))
    timed = not after or bool(at)
    seen, before = times(home, person), int(at) if at else None
    last = seen.last_of_page(before, most) if timed else None
    where, bound = "true", list[object]()
    # Times are written out, so that parts of the record from other times are not opened at all.
    if at:
        then = f"make_timestamptz({int(at)})"
        where, bound = f'"at" <= {then} AND ("at" < {then} OR external_id > ?)', [row_id]
    elif row_id:
        where, bound = '"at" IS NULL AND external_id > ?', [row_id]
    if last is not None:
        where = f'{where} AND "at" >= make_timestamptz({last})'
    elif at:
        where = f'({where} OR "at" IS NULL)'
    only = None if last is None else seen.files_between(last, before)
    with home.record.connect(only=only) as connection:
        rows = connection.execute(
            f"SELECT {selected_rows()} FROM interactions WHERE {where} AND {involves(person.accounts)}"  # noqa: S608 - quoted
            ' ORDER BY "at" DESC NULLS LAST, external_id LIMIT ?',
            [*bound, most],
        ).fetchall()
    return interactions_from(rows)


def mark(row: Interaction) -> str:
    """Return where a page ended: the time and the id of its last row."""
    at = "" if row.at is None else (row.at - _EPOCH) // _MICROSECOND
    return f"{at}:{row.external_id}"
