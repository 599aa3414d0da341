"""The relational steps from interactions to messages between persons, in DuckDB's SQL.

Each step makes one temporary table whose name starts with ``tie_``; `crosstie.network.tie` runs them in
order and drops them. What a message says of each pair is worked out of its columns
(`crosstie.network.strongest`). Ids are 64-bit hashes of (source, external id) and (source, thread): a fifth
of the memory of the strings. Two of 10 million rows share one with a chance of 3 in a million, and then one
evidence or one parent may be wrong. Of accounts one would be tied as another.
"""

from __future__ import annotations

from collections.abc import Iterable

from crosstie.record.interaction import Kind

ROLES = ("addressed", "copied", "mentioned")
"""The lists of accounts of an interaction; beside them stands who is answered."""

PEOPLE = """
CREATE TEMP TABLE tie_person AS
SELECT person AS key, (row_number() OVER (ORDER BY person) - 1)::INTEGER AS number
FROM (SELECT DISTINCT person FROM tie_persons WHERE person IS NOT NULL)
"""

# An account without a person gets a number below 0 of its own: it opens threads and has messages that are
# answered, so that no answer to it passes for one to someone else, and is tied to nobody.
ACCOUNTS = """
CREATE TEMP TABLE tie_account AS
SELECT tie_persons.account,
  coalesce(tie_person.number, -row_number() OVER (ORDER BY tie_persons.account))::INTEGER AS person
FROM tie_persons LEFT JOIN tie_person ON tie_person.key = tie_persons.person
"""

# Who wrote the messages that are answered or thanked by their id alone.
WRITTEN = """
CREATE TEMP TABLE tie_written AS
WITH answered AS (
  SELECT DISTINCT hash(source, replies_to) AS id
  FROM interactions
  WHERE kind IN ('replied', 'thanked') AND parent_author = '' AND replies_to <> ''
)
SELECT answered.id, min(interactions.actor) AS author
FROM interactions JOIN answered ON hash(interactions.source, interactions.external_id) = answered.id
GROUP BY answered.id
"""

FIRST = """min(2 * epoch_us("at") + CASE WHEN kind = 'said' AND asks THEN 0 ELSE 1 END)"""
"""When somebody first wrote in a thread, twice, and one more where no question of theirs began it."""

# Of each thread in which somebody replies: the two people who wrote first. Two are enough for a reply that
# names no parent: whoever replies, at least one of them is another person.
OPENED = f"""
CREATE TEMP TABLE tie_opened AS
WITH wanted AS (
  SELECT DISTINCT hash(source, thread) AS id FROM interactions WHERE kind = 'replied' AND thread <> ''
), writer AS (
  SELECT wanted.id, tie_account.person, min(actor) AS account, {FIRST} AS first, min(external_id) AS first_id
  FROM interactions
  JOIN wanted ON wanted.id = hash(interactions.source, interactions.thread)
  JOIN tie_account ON tie_account.account = interactions.actor
  WHERE kind IN ('said', 'replied') AND thread <> ''
    AND ("at" IS NULL OR "at" <= (SELECT as_of FROM tie_date))
  GROUP BY wanted.id, tie_account.person
), placed AS (
  SELECT *, first >> 1 AS first_at,
    row_number() OVER (PARTITION BY id ORDER BY first >> 1 NULLS LAST, first_id, account) AS place
  FROM writer
)
SELECT one.id, one.person, one.account, one.first_at, coalesce(one.first & 1 = 0, FALSE) AS asks,
  two.account AS other_account, two.first_at AS other_first_at
FROM placed AS one LEFT JOIN placed AS two ON two.id = one.id AND two.place = 2
WHERE one.place = 1
"""  # noqa: S608 - our own names

# One row an interaction: who did it, and to which accounts, by their hashes; the columns of
# `crosstie.network.kernels.acting.Messages`. -9223372036854775808 is `NO_TIME`.
MESSAGES = f"""
WITH found AS (
  SELECT hash(source, external_id) AS id, epoch_us("at") AS at_us, kind, tie_account.person AS actor,
    interactions.actor AS account, openness, known_how, probability, strength, asks,
    addressed, copied, mentioned,
    CASE WHEN kind NOT IN ('replied', 'thanked') THEN NULL
      WHEN parent_author <> '' THEN parent_author ELSE tie_written.author END AS parent,
    CASE WHEN kind = 'replied' AND thread <> '' THEN hash(source, thread) END AS thread
  FROM interactions
  JOIN tie_account ON tie_account.account = interactions.actor
  LEFT JOIN tie_written ON tie_written.id = CASE
    WHEN kind IN ('replied', 'thanked') AND parent_author = '' AND replies_to <> ''
    THEN hash(source, replies_to) END
  WHERE tie_account.person >= 0 AND ("at" IS NULL OR "at" <= (SELECT as_of FROM tie_date))
), threaded AS (
  SELECT found.*, found.parent IS NULL AS in_thread,
    coalesce(tie_opened.asks AND tie_opened.person = actor, FALSE) AS is_own,
    CASE WHEN parent IS NOT NULL OR tie_opened.id IS NULL THEN parent
      WHEN tie_opened.person <> actor
        THEN CASE WHEN coalesce(tie_opened.first_at <= at_us, TRUE) THEN tie_opened.account END
      ELSE CASE WHEN coalesce(other_first_at <= at_us, TRUE) THEN other_account END END AS target
  FROM found LEFT JOIN tie_opened ON tie_opened.id = found.thread
)
SELECT id, coalesce(at_us, -9223372036854775808) AS "at", actor,
  (CASE kind {" ".join(f"WHEN '{kind}' THEN {place}" for place, kind in enumerate(Kind))}
    ELSE {len(Kind)} END)::UTINYINT AS kind,
  ((openness = 'open')::UTINYINT + 2 * (known_how = 'stated')::UTINYINT + 4 * coalesce(asks, FALSE)::UTINYINT
    + 8 * in_thread::UTINYINT + 16 * is_own::UTINYINT)::UTINYINT AS marks,
  CASE WHEN known_how = 'stated' THEN 1.0::DOUBLE ELSE probability END AS probability, strength,
  greatest(1, CASE WHEN len(addressed) < 2 THEN 1
    WHEN len(addressed) = 2
      THEN 2 - (addressed[1] = addressed[2] OR account IN (addressed[1], addressed[2]))::INTEGER
    ELSE len(list_distinct(addressed)) - list_contains(addressed, account)::INTEGER END)::INTEGER
    AS shared_by,
  CASE WHEN target IS NULL THEN 0 ELSE hash(target) END::UBIGINT AS answered,
  {", ".join(f"list_transform({role}, lambda one: hash(one)) AS {role}" for role in ROLES)}
FROM threaded
"""  # noqa: S608 - our own names

HASHED_ACCOUNTS = "SELECT hash(account) AS account, person FROM tie_account"

# For one interaction and one pair only the strongest act counts. `rank` holds the place in the table of acts
# and whether it is stated.
STRONGEST = """
CREATE TEMP VIEW tie_strongest AS
SELECT id, actor, other, nullif("at", -9223372036854775808) AS at_us, is_open = 1 AS is_open,
  ((31 - act::BIGINT) << 1) | is_stated::BIGINT AS rank, share
FROM tie_acted
"""

UNKNOWN = """
CREATE TEMP TABLE tie_unknown AS
WITH met AS (
  SELECT actor AS account FROM interactions UNION
  SELECT unnest(addressed) FROM interactions UNION
  SELECT unnest(copied) FROM interactions UNION
  SELECT unnest(mentioned) FROM interactions UNION
  SELECT parent_author FROM interactions WHERE parent_author <> ''
)
SELECT account FROM met ANTI JOIN tie_account USING (account)
"""

LOOK_UPS: tuple[str, ...] = (WRITTEN, OPENED)
"""Who was answered; a tying that goes on looks it up in what an earlier one kept as well."""

MADE: tuple[str, ...] = (
    "TABLE tie_unknown",
    "VIEW tie_strongest",
    "TABLE tie_opened",
    "TABLE tie_written",
    "TABLE tie_account",
    "TABLE tie_person",
    "TABLE tie_act",
    "TABLE tie_date",
)
"""Everything the steps make, in the order in which it can be dropped."""


def dropped(made: Iterable[str]) -> str:
    """Return what drops what was made, as far as it is there."""
    return "; ".join(f"DROP {one.replace(' ', ' IF EXISTS ', 1)}" for one in made)
