"""Where communities meet: the open places in which mostly one of them is active."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from arro3.core import Array, Table
from numpy.typing import NDArray

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST = 0.5
"""A place is a community's when at least this share of what goes on there, community by community, is its."""

_QUERY = """
WITH near AS (
  SELECT one.community, trail.place, trail.low, trail.high
  FROM read_parquet(?) AS trail
  JOIN meeting AS one ON one.person = trail.low
  JOIN meeting AS other ON other.person = trail.high
  WHERE trail.openness = 'open' AND one.community = other.community AND one.community >= 0
), there AS (
  SELECT community, place, count(DISTINCT person) AS people
  FROM (
    SELECT community, place, low AS person FROM near UNION SELECT community, place, high FROM near
  ) GROUP BY community, place
), acts AS (
  SELECT community, place, count(*) AS acts, sum(count(*)) OVER (PARTITION BY place) AS all_acts
  FROM near GROUP BY community, place
)
SELECT community::INTEGER AS community, place, people::INTEGER AS people, (acts / all_acts)::DOUBLE AS share
FROM there JOIN acts USING (community, place)
WHERE people >= ? AND acts >= ? * all_acts
ORDER BY community, place
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """M pairs of a community and an open place that is mostly its own.

    Attributes:
        community: (M,) number of the community.
        place: (M,) key of the place.
        people: (M,) how many of the community were active there among themselves.
        share: (M,) which share of such acts in this place is theirs, from `MOST` to 1.
    """

    community: NDArray[np.int32]
    place: NDArray[np.object_]
    people: NDArray[np.int32]
    share: NDArray[np.float64]


def meetings(
    connection: DuckDBPyConnection, *, trail: Path, community: NDArray[np.int32], fewest: int
) -> Meetings:
    """Return where communities meet.

    Args:
        connection: any; temporary tables are made in it.
        trail: from `crosstie.network.trail.write_trail`.
        community: (P,) number of each person's community, -1 for none.
        fewest: how many people of a community have to be active in a place.
    """
    rows = Table.from_pydict(
        {
            "person": Array.from_numpy(np.arange(len(community), dtype=np.int64)),
            "community": Array.from_numpy(community.astype(np.int32)),
        }
    )
    connection.register("meeting_rows", rows)
    connection.execute("CREATE OR REPLACE TEMP TABLE meeting AS SELECT person, community FROM meeting_rows")
    connection.unregister("meeting_rows")
    found = connection.execute(_QUERY, [str(trail), fewest, MOST]).fetchnumpy()
    return Meetings(
        community=np.asarray(found["community"], dtype=np.int32),
        place=np.asarray(found["place"], dtype=object),
        people=np.asarray(found["people"], dtype=np.int32),
        share=np.asarray(found["share"], dtype=np.float64),
    )
