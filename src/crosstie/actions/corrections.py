"""What people corrected, as a tying sees it; the record itself stays as it was read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from crosstie.actions import columns
from crosstie.actions.home import Home
from crosstie.people import Persons
from crosstie.store.corrections import CorrectionVerb

if TYPE_CHECKING:
    from arro3.core import Table
    from duckdb import DuckDBPyConnection

MEMBERS = "members"
"""The source of what members do here."""

# Whoever says "not me" of a row leaves it: as the one who acted, as one spoken to or of, and as the author of
# what others answered or thanked. Somebody did write it, so a nobody stands there instead, who is tied to no
# one: an answer in the thread must not pass for one to somebody else.
_CORRECTED = f"""
CREATE VIEW interactions AS
SELECT i.* REPLACE (
  CASE WHEN list_contains(own.accounts, i.actor) THEN '{columns.NOBODY}' ELSE i.actor END AS actor,
  CASE WHEN own.accounts IS NULL THEN i.addressed ELSE list_transform(i.addressed,
    lambda each: CASE WHEN list_contains(own.accounts, each) THEN '{columns.NOBODY}' ELSE each END) END
    AS addressed,
  CASE WHEN own.accounts IS NULL THEN i.copied ELSE list_transform(i.copied,
    lambda each: CASE WHEN list_contains(own.accounts, each) THEN '{columns.NOBODY}' ELSE each END) END
    AS copied,
  CASE WHEN own.accounts IS NULL THEN i.mentioned ELSE list_transform(i.mentioned,
    lambda each: CASE WHEN list_contains(own.accounts, each) THEN '{columns.NOBODY}' ELSE each END) END
    AS mentioned,
  CASE WHEN list_contains(own.accounts, i.parent_author) OR list_contains(answered.accounts, i.parent_author)
    THEN '{columns.NOBODY}' ELSE i.parent_author END AS parent_author
)
FROM read_interactions AS i
LEFT JOIN not_theirs AS own ON own.external_id = i.external_id
LEFT JOIN not_theirs AS answered ON answered.external_id = i.replies_to
ANTI JOIN taken_back ON taken_back.external_id = i.external_id
"""  # noqa: S608 - our own names


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What stands corrected.

    Attributes:
        not_theirs: by the external id of a row, the accounts whose person says that it is not them.
        taken_back: the external ids of "I learned this from …", and of a naming, that was taken back.
        ended: pairs of accounts that do not know each other any more, and since when, in microseconds.
    """

    not_theirs: dict[str, frozenset[str]]
    taken_back: frozenset[str]
    ended: tuple[tuple[str, str, int], ...]

    def ended_table(self) -> Table:
        """Return what ended, as `crosstie.network.ended` takes it."""
        one, other, at = zip(*self.ended, strict=True)
        return columns.arrow_table(
            {
                "account": np.array(one, dtype=object),
                "other": np.array(other, dtype=object),
                "ended_at": np.array(at, dtype=np.int64),
            }
        )


def standing(home: Home, who: Persons) -> Corrections:
    """Return what stands corrected now.

    Args:
        home: the workspace.
        who: its persons; a correction holds for all accounts of the one who made it.
    """
    not_theirs: dict[str, frozenset[str]] = {}
    ended: list[tuple[str, str, int]] = []
    for row in home.store.corrections.all():
        person = who.by_key.get(who.person_of.get(row.account, ""))
        if person is None:
            continue
        if row.verb == CorrectionVerb.NO_LONGER:
            ended.append((row.account, row.other, row.made_at))
        elif row.trace:
            not_theirs[row.trace] = not_theirs.get(row.trace, frozenset()) | set(person.accounts)
    return Corrections(
        not_theirs=not_theirs,
        taken_back=taken_back(home),
        ended=tuple(sorted(ended)),
    )


def taken_back(home: Home) -> frozenset[str]:
    """Return the external ids of what members said here and took back."""
    return frozenset(
        home.keyring.hashed("message", MEMBERS, one) for one in home.store.corrections.taken_back()
    )


@contextmanager
def corrected(home: Home, corrections: Corrections) -> Iterator[DuckDBPyConnection]:
    """Query the record as people corrected it: as `Record.connect`, with the same view `interactions`."""
    with home.record.connect() as connection:
        if corrections.not_theirs or corrections.taken_back:
            _correct(connection, corrections)
        yield connection


def _correct(connection: DuckDBPyConnection, corrections: Corrections) -> None:
    connection.execute("ALTER VIEW interactions RENAME TO read_interactions")
    connection.execute("CREATE TABLE not_theirs (external_id VARCHAR, accounts VARCHAR[])")
    connection.execute("CREATE TABLE taken_back (external_id VARCHAR)")
    if corrections.not_theirs:
        connection.executemany(
            "INSERT INTO not_theirs VALUES (?, ?)",
            [[trace, sorted(accounts)] for trace, accounts in sorted(corrections.not_theirs.items())],
        )
    if corrections.taken_back:
        connection.executemany("INSERT INTO taken_back VALUES (?)", [[one] for one in corrections.taken_back])
    connection.execute(_CORRECTED)
