"""What is kept of a tying and looked up in a later one, in DuckDB's SQL.

It stands beside `crosstie.network.tie_queries`. Accounts have numbers of their own here, which stay the same
from one tying to the next.
"""

from __future__ import annotations

from crosstie.network.network import NO_TIME
from crosstie.network.tie_queries import FIRST

FIRST_NUMBERS = """
CREATE TEMP TABLE tie_number AS
SELECT account, (row_number() OVER (ORDER BY account) - 1)::INTEGER AS number
FROM (SELECT account FROM tie_account UNION ALL SELECT account FROM tie_unknown)
"""

# Those that an earlier tying numbered keep their numbers.
LATER_NUMBERS = """
CREATE TEMP TABLE tie_number AS
SELECT account, number FROM tie_kept
UNION ALL
SELECT account, ((SELECT count(*) FROM tie_kept) + row_number() OVER (ORDER BY account) - 1)::INTEGER
FROM (SELECT account FROM tie_account UNION ALL SELECT account FROM tie_unknown)
ANTI JOIN tie_kept USING (account)
"""

UNKNOWN_BEFORE = """
INSERT INTO tie_unknown SELECT account FROM tie_kept ANTI JOIN tie_unknown USING (account) WHERE NOT is_known
"""

NUMBERED = """
SELECT tie_number.account, tie_persons.person, tie_account.account IS NOT NULL AS is_known,
  coalesce(tie_account.person, -2147483648)::INTEGER AS number
FROM tie_number LEFT JOIN tie_account USING (account) LEFT JOIN tie_persons USING (account)
ORDER BY tie_number.number
"""

TIMES = f"""
SELECT epoch_us(as_of), (SELECT coalesce(epoch_us(max("at")), {NO_TIME}) FROM interactions) FROM tie_date
"""  # noqa: S608 - a number

ROWS = """
SELECT hash(source, external_id) AS id, number AS author
FROM interactions JOIN tie_number ON tie_number.account = interactions.actor
ORDER BY id
"""

# What is answered or thanked by its id alone.
ANSWERED = """
SELECT DISTINCT hash(source, replies_to) AS id FROM interactions
WHERE kind IN ('replied', 'thanked') AND parent_author = '' AND replies_to <> ''
"""

UNANSWERED = f"""
SELECT id FROM ({ANSWERED}) ANTI JOIN tie_written USING (id) ORDER BY id
"""  # noqa: S608 - our own text

# Who wrote in each thread, by thread in the order in which `crosstie.network.tie_queries.OPENED` places them,
# and of every thread: a later reply may be the first that names no parent. `earliest` and `latest` are of all
# rows of known accounts; one without a time may be either.
WRITERS = f"""
WITH numbered AS (
  SELECT account, person, number FROM tie_account JOIN tie_number USING (account)
), writer AS (
  SELECT hash(source, thread) AS id, any_value(number) AS number, {FIRST} AS first,
    min(external_id) AS first_id,
    min(coalesce(epoch_us("at"), -9223372036854775808)) AS earliest,
    max(coalesce(epoch_us("at"), 9223372036854775807)) AS latest
  FROM interactions JOIN numbered ON numbered.account = interactions.actor
  WHERE kind IN ('said', 'replied') AND thread <> ''
  GROUP BY hash(source, thread), person
)
SELECT id, number, coalesce(first >> 1, -9223372036854775808) AS first_at,
  coalesce(first & 1 = 0, FALSE) AS asks, earliest, latest
FROM writer ORDER BY id, first >> 1 NULLS LAST, first_id
"""  # noqa: S608 - our own text

# The acts of an earlier tying, from its trail (`crosstie.network.trail`), by the numbers of persons of now.
EARLIER_ACTS = """
CREATE TEMP TABLE tie_earlier AS
SELECT CASE WHEN by_low THEN one.number ELSE two.number END AS actor,
  CASE WHEN by_low THEN two.number ELSE one.number END AS other, at_us, is_open,
  ((31 - tie_act.number) << 1) | is_stated::BIGINT AS rank, trail.share
FROM read_parquet(?) AS trail JOIN tie_act ON tie_act.name = trail.act
JOIN tie_renumbered AS one ON one.before = trail.low
JOIN tie_renumbered AS two ON two.before = trail.high
"""

ALL_ACTS = """
CREATE TEMP VIEW tie_strongest AS
SELECT actor, other, at_us, is_open, rank, share FROM tie_since
UNION ALL
SELECT actor, other, at_us, is_open, rank, share FROM tie_earlier
"""

MADE: tuple[str, ...] = (
    "VIEW tie_strongest",
    "TABLE tie_earlier",
    "VIEW tie_since",
    "TABLE tie_number",
)
"""Everything made here, in the order in which it can be dropped."""
