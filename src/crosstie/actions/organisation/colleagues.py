"""Everyone as advice about meeting sees them, made ready once a snapshot."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from crosstie.actions import columns, settings, snapshots
from crosstie.actions.corrections import corrected, standing
from crosstie.actions.home import Home
from crosstie.advice.colleagues import Colleagues, colleagues_of
from crosstie.advice.together import MOST, together_of
from crosstie.network.circles import Circles

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_PLACES = "SELECT DISTINCT actor, place FROM interactions WHERE openness = 'open' AND place <> ''"

# A conversation is a thread, or a message to several without one; whoever is answered takes part. Of each
# person in it the latest they did.
_CONVERSATIONS = """
WITH part AS (
  SELECT hash(source, coalesce(nullif(thread, ''), external_id)) AS conversation, "at",
    unnest(list_concat(addressed, copied, [actor, parent_author])) AS account
  FROM interactions
  WHERE openness = 'open' AND kind IN ('said', 'replied', 'reviewed', 'co_wrote')
    AND len(addressed) + len(copied) <= $most
), taken AS (
  SELECT conversation, advised.number, max(epoch_us("at")) AS last_at
  FROM part JOIN advised ON advised.account = part.account
  GROUP BY conversation, advised.number
)
SELECT dense_rank() OVER (ORDER BY conversation) AS conversation, number, last_at
FROM taken
QUALIFY count(*) OVER (PARTITION BY conversation) BETWEEN 2 AND $most
"""

_MICROSECONDS_A_DAY = 86_400_000_000


def colleagues(home: Home) -> Colleagues:
    """Return everyone as advice about meeting sees them."""
    snapshot = snapshots.current(home)
    return home.once(f"colleagues {snapshot.folder.name}", lambda: _colleagues(home, snapshot))


def _colleagues(home: Home, snapshot: snapshots.Snapshot) -> Colleagues:
    who = snapshots.persons(home)
    places: dict[str, set[str]] = {}
    with corrected(home, standing(home, who)) as connection:
        rows = connection.execute(_PLACES).fetchall()
        together = _together(connection, home, snapshot, who.person_of)
    for account, place in rows:
        person = who.person_of.get(account)
        if person is not None:
            places.setdefault(person, set()).add(place)
    return colleagues_of(
        snapshot.network,
        snapshot.open_ties,
        places={person: frozenset(held) for person, held in places.items()},
        together=together,
        joined_on={
            key: date.fromisoformat(one.joined_on) for key, one in who.by_key.items() if one.joined_on
        },
    )


def _together(
    connection: DuckDBPyConnection, home: Home, snapshot: snapshots.Snapshot, person_of: dict[str, str]
) -> Circles:
    """Return who took part in the same open conversations, which count by their age as ties do."""
    row = {str(key): number for number, key in enumerate(snapshot.network.persons)}
    known = [(account, row[person]) for account, person in person_of.items() if person in row]
    advised = {
        "account": np.array([account for account, _ in known], dtype=object),
        "number": np.array([number for _, number in known], dtype=np.int64),
    }
    connection.register("advised", columns.arrow_table(advised))
    try:
        found = connection.execute(_CONVERSATIONS, {"most": MOST}).fetchnumpy()
    finally:
        connection.unregister("advised")
    as_of = snapshot.network.as_of.timestamp() * 1e6
    age = np.ma.filled(as_of - found["last_at"], 0.0) / _MICROSECONDS_A_DAY
    return together_of(
        found["conversation"].astype(np.int64),
        found["number"].astype(np.int64),
        0.5 ** (np.maximum(age, 0.0) / settings.chosen(home).network.half_life_days),
        people=len(snapshot.network.persons),
    )
