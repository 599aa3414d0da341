"""Known ties whose evidence is no longer kept: taken from a tying before it goes, and put into later ones."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from crosstie.network.network import NO_EVIDENCE, NO_TIME
from crosstie.network.pairs import Pairs

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_WEIGHTS = (
    *("contact", "known_contact"),
    *("low_learned", "low_turned_to", "high_learned", "high_turned_to", "low_shown", "high_shown"),
)

# What rests on the interactions before a date, or is a reply that could not be placed without them. Contact
# has no direction, so its pair stands in the order of the keys. Only pairs in stated contact are known.
_FALLING = """
WITH old AS (
  SELECT hash(source, external_id) AS id, CASE WHEN thread <> '' THEN hash(source, thread) END AS thread
  FROM interactions WHERE "at" < $before::TIMESTAMPTZ
), falling AS (
  SELECT id FROM old
  UNION
  SELECT hash(source, external_id) FROM interactions
  WHERE kind IN ('replied', 'thanked') AND parent_author = '' AND (
    (replies_to <> '' AND hash(source, replies_to) IN (SELECT id FROM old))
    OR (thread <> '' AND hash(source, thread) IN (SELECT thread FROM old WHERE thread IS NOT NULL)))
), act AS (
  SELECT s.actor, s.other, coalesce(s.at_us, epoch_us($before::TIMESTAMPTZ)) AS at_us,
    (s.rank & 1) = 1 AS is_stated, tie_act.*
  FROM tie_strongest AS s SEMI JOIN falling USING (id)
  JOIN tie_act ON tie_act.number = 31 - ((s.rank >> 1) & 31)
), directed AS (
  SELECT least(actor, other) AS learner, greatest(actor, other) AS teacher, 'contact' AS relation, at_us,
    is_stated FROM act WHERE contact > 0
  UNION ALL SELECT actor, other, 'turned_to', at_us, is_stated FROM act WHERE turned_to > 0
  UNION ALL SELECT other, actor, 'turned_to', at_us, is_stated FROM act WHERE turned_to_back > 0
  UNION ALL SELECT actor, other, 'learned', at_us, is_stated FROM act WHERE learned > 0
  UNION ALL SELECT other, actor, 'learned', at_us, is_stated FROM act WHERE learned_back > 0
), known AS (
  SELECT DISTINCT learner AS low, teacher AS high FROM directed WHERE relation = 'contact' AND is_stated
)
SELECT one.key, other.key, relation, CASE WHEN bool_or(is_stated) THEN 'stated' ELSE 'inferred' END,
  min(at_us), max(at_us)
FROM directed
SEMI JOIN known ON known.low = least(learner, teacher) AND known.high = greatest(learner, teacher)
JOIN tie_person AS one ON one.number = learner
JOIN tie_person AS other ON other.number = teacher
GROUP BY one.key, other.key, relation
ORDER BY 1, 2, 3
"""

_PAIRS = """
SELECT least(one.person, other.person) AS low, greatest(one.person, other.person) AS high,
  min(first_at) AS first_at, max(least(last_at, (SELECT epoch_us(as_of) FROM tie_date))) AS last_at,
  bool_or(known_how = 'stated') AS stated, bool_or(relation = 'contact' AND known_how = 'stated') AS known
FROM tie_known
JOIN tie_account AS one ON one.account = learner
JOIN tie_account AS other ON other.account = teacher
WHERE one.person <> other.person AND one.person >= 0 AND other.person >= 0
  AND first_at <= (SELECT epoch_us(as_of) FROM tie_date)
GROUP BY least(one.person, other.person), greatest(one.person, other.person)
ORDER BY low, high
"""


class KnownTie(NamedTuple):
    """One relation of two accounts whose evidence is gone: that it was, and when; not how often or where.

    Attributes:
        learner, teacher: keys of accounts; of a contact, which has no direction, the smaller key first.
        relation: contact, turned_to or learned.
        known_how: stated if any of the evidence was, else inferred.
        first_at, last_at: microseconds since 1970 in UTC.
    """

    learner: str
    teacher: str
    relation: str
    known_how: str
    first_at: int
    last_at: int


def falling(connection: DuckDBPyConnection, before: datetime) -> list[KnownTie]:
    """Return what is known from the interactions before a date, for pairs in stated contact.

    Args:
        connection: with the tables of a tying that is under way (`crosstie.network.tie`, `also`), in which
            each account stands for itself.
        before: aware.
    """
    found = connection.execute(_FALLING, {"before": before.isoformat()}).fetchall()
    return [KnownTie(*row) for row in found]


def known_pairs(connection: DuckDBPyConnection) -> dict[str, NDArray[Any]]:
    """Return known ties as pairs of persons: low, high, first_at, last_at, stated, known.

    Args:
        connection: with the tables of a tying under way, and `tie_known` with the fields of `KnownTie`.
    """
    return dict(connection.execute(_PAIRS).fetchnumpy())


def with_known(pairs: Pairs, known: dict[str, NDArray[Any]]) -> Pairs:
    """Return the pairs with those whose evidence is gone: known, without weight, and open to nobody else.

    Args:
        pairs: from what is kept.
        known: from `known_pairs`, each pair once.
    """
    number = (pairs.low.astype(np.int64) << 32) | pairs.high
    wanted = (known["low"].astype(np.int64) << 32) | known["high"]
    order = np.argsort(number)
    place = np.searchsorted(number, wanted, sorter=order)
    is_there = place < len(number)
    is_there[is_there] = number[order[place[is_there]]] == wanted[is_there]
    rows = order[place[is_there]]
    changed = {
        name: getattr(pairs, name).copy() for name in ("first_at", "last_at", "stated", "known", "is_open")
    }
    first_at, since = changed["first_at"], known["first_at"][is_there]
    first_at[rows] = np.where(first_at[rows] == NO_TIME, since, np.minimum(first_at[rows], since))
    changed["last_at"][rows] = np.maximum(changed["last_at"][rows], known["last_at"][is_there])
    for name in ("stated", "known"):
        changed[name][rows] |= known[name][is_there].astype(np.bool_)
    # Where the evidence lay is not kept, so it cannot be said that all of it lay in the open.
    changed["is_open"][rows] = False
    return _joined(replace(pairs, **changed), {name: column[~is_there] for name, column in known.items()})


def _joined(pairs: Pairs, more: dict[str, NDArray[Any]]) -> Pairs:
    count = len(more["low"])
    columns = {
        **more,
        **{name: np.zeros(count) for name in _WEIGHTS},
        "is_open": np.zeros(count, dtype=np.bool_),
    }
    columns |= {name: np.full(count, NO_EVIDENCE) for name in ("low_evidence", "high_evidence")}
    return Pairs(
        **{
            one.name: np.concatenate(
                [getattr(pairs, one.name), columns[one.name].astype(getattr(pairs, one.name).dtype)]
            )
            for one in fields(Pairs)
        }
    )
