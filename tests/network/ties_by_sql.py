"""The acts between persons and their sums in DuckDB's SQL, another way to what `crosstie.network` works out.

It reads the tables of a tying under way (`tie`, `also`): those of accounts, of acts, and of who is answered.
"""

from __future__ import annotations

from typing import Any

import duckdb

# One row an interaction: who did it, to which accounts in which role, as one list in the order
# addressed, copied, mentioned, parent (null where there is none).
MESSAGES = """
CREATE TEMP VIEW sql_message AS
WITH found AS (
  SELECT hash(source, external_id) AS id, epoch_us("at") AS at_us, kind, tie_account.person AS actor,
    interactions.actor AS account, openness = 'open' AS is_open, known_how = 'stated' AS is_stated,
    CASE WHEN known_how = 'stated' THEN 1.0 ELSE probability END AS probability,
    strength, coalesce(asks, FALSE) AS asks, addressed, copied, mentioned,
    CASE WHEN kind NOT IN ('replied', 'thanked') THEN NULL
      WHEN parent_author <> '' THEN parent_author ELSE tie_written.author END AS parent,
    CASE WHEN kind = 'replied' AND thread <> '' THEN hash(source, thread) END AS thread
  FROM interactions
  JOIN tie_account ON tie_account.account = interactions.actor
  LEFT JOIN tie_written ON tie_written.id = CASE
    WHEN kind IN ('replied', 'thanked') AND parent_author = '' AND replies_to <> ''
    THEN hash(source, replies_to) END
  WHERE "at" IS NULL OR "at" <= (SELECT as_of FROM tie_date)
), threaded AS (
  SELECT found.*, found.parent IS NULL AS in_thread,
    coalesce(tie_opened.asks AND tie_opened.person = actor, FALSE) AS is_own,
    CASE WHEN parent IS NOT NULL OR tie_opened.id IS NULL THEN parent
      WHEN tie_opened.person <> actor
        THEN CASE WHEN coalesce(tie_opened.first_at <= at_us, TRUE) THEN tie_opened.account END
      ELSE CASE WHEN coalesce(other_first_at <= at_us, TRUE) THEN other_account END END AS target
  FROM found LEFT JOIN tie_opened ON tie_opened.id = found.thread
)
SELECT id, at_us, kind, actor, is_open, is_stated, probability, strength, asks, in_thread, is_own,
  len(addressed) AS to_addressed, len(addressed) + len(copied) AS to_copied,
  len(addressed) + len(copied) + len(mentioned) AS to_mentioned,
  greatest(1, CASE WHEN len(addressed) < 2 THEN 1
    WHEN len(addressed) = 2
      THEN 2 - (addressed[1] = addressed[2] OR account IN (addressed[1], addressed[2]))::INTEGER
    ELSE len(list_distinct(addressed)) - list_contains(addressed, account)::INTEGER END) AS n_addressed,
  len(addressed) + len(copied) + len(mentioned) + (target IS NOT NULL)::INTEGER = 1 AS is_single,
  list_concat(addressed, copied, mentioned, [target]) AS accounts
FROM threaded
"""

# One row an interaction, other person and role, with the act it is and the share of the act's weights.
# `rank` packs into one number the sum of the weights, the place in the table of acts and whether it is
# stated, so that its largest is the strongest act.
CANDIDATES = """
CREATE TEMP TABLE sql_candidate AS
WITH spread AS (
  SELECT * EXCLUDE (accounts), unnest(accounts) AS account, generate_subscripts(accounts, 1) AS place
  FROM sql_message
), named AS (
  SELECT id, at_us, actor, is_open, account, to_copied - to_addressed AS n_copied, n_addressed, strength,
    is_single,
    CASE WHEN kind = 'replied' AND place <= to_mentioned THEN 1.0 ELSE probability END AS probability,
    is_stated OR (kind = 'replied' AND place <= to_mentioned) AS is_stated,
    CASE WHEN place > to_mentioned AND kind = 'thanked' THEN 'thanked'
      WHEN place > to_mentioned AND is_own THEN 'wrote_back'
      WHEN place > to_mentioned AND in_thread THEN 'replied_in_thread'
      WHEN place > to_mentioned THEN 'replied'
      WHEN place > to_copied THEN 'mentioned'
      WHEN place > to_addressed THEN CASE WHEN kind IN ('said', 'replied') THEN 'copied' END
      WHEN kind NOT IN ('said', 'replied') THEN kind
      WHEN asks AND n_addressed = 1 THEN 'asked'
      ELSE 'told' END AS act
  FROM spread
  WHERE account IS NOT NULL
), shared AS (
  SELECT named.id, named.at_us, named.actor, tie_account.person AS other, named.is_open, named.is_stated,
    named.is_single, tie_act.number AS act, tie_act.total,
    probability * CASE tie_act.share
      WHEN 'WHOLE' THEN 1.0
      WHEN 'COPIED' THEN 1.0 / greatest(n_addressed, n_copied)
      WHEN 'SCALE' THEN strength
      ELSE 1.0 / n_addressed END AS share
  FROM named
  JOIN tie_account ON tie_account.account = named.account
  JOIN tie_act ON tie_act.name = named.act
  WHERE tie_account.person <> named.actor AND tie_account.person >= 0 AND named.actor >= 0
)
SELECT id, at_us, actor, other, is_open, is_single, share,
  ((total * share * 1073741824)::BIGINT << 6) | ((31 - act) << 1) | is_stated::BIGINT AS rank
FROM shared
WHERE total * share > 0
"""

# For one interaction and one pair only the strongest act counts. Most interactions speak of one other
# account alone, and need no comparing.
STRONGEST = """
CREATE TEMP TABLE sql_compared AS
SELECT id, actor, other, any_value(at_us) AS at_us, any_value(is_open) AS is_open, max(rank) AS rank,
  arg_max(share, rank) AS share
FROM sql_candidate
WHERE NOT is_single
GROUP BY id, actor, other
"""

EITHER = """
CREATE TEMP VIEW sql_strongest AS
SELECT id, actor, other, at_us, is_open, rank, share FROM sql_candidate WHERE is_single
UNION ALL
SELECT id, actor, other, at_us, is_open, rank, share FROM sql_compared
"""

# One row an unordered pair (low < high), for one part of the pairs: the sums of all
# at once would not fit. `low_` is what low turned to high and learned from high. The
# evidence of a direction is the id of the strongest act for it, of those the latest, of those the smallest
# id: packed into one number of 128 bits, strength in hundredths, then milliseconds, then the id's bits; its
# upper half says later which of two is the stronger.
# 1099511627776 is 2**40; -9223372036854775808 is `NO_TIME`.
PAIRS = """
WITH weighed AS (
  SELECT least(actor, other) AS low, greatest(actor, other) AS high, at_us, is_open, strongest.id,
    (rank & 1) = 1 AS is_stated,
    strongest.share
      * coalesce(pow(0.5, ((SELECT epoch_us(as_of) FROM tie_date) - at_us) / ?::DOUBLE), 1.0) AS decayed,
    strongest.share, tie_act.contact,
    CASE WHEN actor < other THEN turned_to ELSE turned_to_back END AS low_turned_to,
    CASE WHEN actor < other THEN turned_to_back ELSE turned_to END AS high_turned_to,
    CASE WHEN actor < other THEN learned ELSE learned_back END AS low_learned,
    CASE WHEN actor < other THEN learned_back ELSE learned END AS high_learned
  FROM sql_strongest AS strongest JOIN tie_act ON tie_act.number = 31 - ((rank >> 1) & 31)
  WHERE least(actor, other) % ?::INTEGER = ?::INTEGER
), keyed AS (
  SELECT *,
    (least(greatest(coalesce(at_us // 1000, 0) + 4398046511104, 0), 8796093022207)::UHUGEINT << 64)
      | (18446744073709551615 - id)::UHUGEINT AS latest,
    least(share * 100 * (contact + low_turned_to + low_learned), 1e6)::UHUGEINT << 107 AS low_strength,
    least(share * 100 * (contact + high_turned_to + high_learned), 1e6)::UHUGEINT << 107 AS high_strength
  FROM weighed
)
SELECT low, high,
  sum((contact * decayed * 1099511627776)::BIGINT) / 1099511627776::DOUBLE AS contact,
  sum((contact * share * 1099511627776)::BIGINT) / 1099511627776::DOUBLE AS known_contact,
  sum((low_learned * decayed * 1099511627776)::BIGINT) / 1099511627776::DOUBLE AS low_learned,
  sum((high_learned * decayed * 1099511627776)::BIGINT) / 1099511627776::DOUBLE AS high_learned,
  sum((low_turned_to * decayed * 1099511627776)::BIGINT) / 1099511627776::DOUBLE AS low_turned_to,
  sum((high_turned_to * decayed * 1099511627776)::BIGINT) / 1099511627776::DOUBLE AS high_turned_to,
  sum(((low_learned + low_turned_to / 2) * share * 1099511627776)::BIGINT) / 1099511627776::DOUBLE
    AS low_shown,
  sum(((high_learned + high_turned_to / 2) * share * 1099511627776)::BIGINT) / 1099511627776::DOUBLE
    AS high_shown,
  coalesce(min(at_us), -9223372036854775808) AS first_at,
  coalesce(max(at_us), -9223372036854775808) AS last_at,
  bool_or(is_stated) AS is_stated,
  bool_or(is_stated AND contact > 0) AS is_known,
  bool_and(is_open) AS is_open,
  18446744073709551615
    - (max(latest | low_strength) & 18446744073709551615::UHUGEINT)::UBIGINT AS low_evidence,
  18446744073709551615
    - (max(latest | high_strength) & 18446744073709551615::UHUGEINT)::UBIGINT AS high_evidence,
  (max(latest | low_strength) >> 64)::UBIGINT AS low_strongest,
  (max(latest | high_strength) >> 64)::UBIGINT AS high_strongest
FROM keyed
GROUP BY low, high
"""

ACTS = """
SELECT id, actor, other, at_us, is_open, rank & 63 AS rank, share FROM {table} ORDER BY id, actor, other
"""


def acts(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[Any, ...]]:
    """Return the strongest acts as a table has them, without their strength."""
    return connection.execute(ACTS.format(table=table)).fetchall()


def make_acts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `sql_strongest`."""
    for step in (MESSAGES, CANDIDATES, STRONGEST, EITHER):
        connection.execute(step)


def sums(connection: duckdb.DuckDBPyConnection, half_life: float) -> dict[tuple[int, int], dict[str, Any]]:
    """Return the sums of each pair, once there is `sql_strongest`."""
    found = connection.execute(f"{PAIRS} ORDER BY low, high", [half_life, 1, 0])
    names = [column[0] for column in found.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {(row["low"], row["high"]): row for row in rows}
