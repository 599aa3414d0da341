"""The relational steps from interactions to pairs, in DuckDB's SQL.

Each step makes one temporary table whose name starts with ``tie_``; `crosstie.network.tie` runs them in
order and drops them. Ids are 64-bit hashes of (source, external id) and (source, thread): a fifth of the
memory of the strings. Two of 10 million rows share one with a chance of 3 in a million, and then one
evidence or one parent may be wrong.

Weights are summed as whole numbers of 2**-40, so that neither the order of the rows nor the number of
threads changes the last bit of a sum.
"""

from __future__ import annotations

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

# Of each thread in which a reply names no parent: the two people who wrote first. Two are enough: whoever
# replies, at least one of them is another person.
OPENED = """
CREATE TEMP TABLE tie_opened AS
WITH wanted AS (
  SELECT DISTINCT hash(source, thread) AS id
  FROM interactions LEFT JOIN tie_written
    ON tie_written.id = CASE WHEN replies_to <> '' THEN hash(source, replies_to) END
  WHERE kind = 'replied' AND thread <> '' AND parent_author = '' AND tie_written.author IS NULL
), writer AS (
  SELECT wanted.id, tie_account.person, min(actor) AS account, min(epoch_us("at")) AS first_at,
    min(external_id) AS first_id
  FROM interactions
  JOIN wanted ON wanted.id = hash(interactions.source, interactions.thread)
  JOIN tie_account ON tie_account.account = interactions.actor
  WHERE kind IN ('said', 'replied') AND thread <> ''
    AND ("at" IS NULL OR "at" <= (SELECT as_of FROM tie_date))
  GROUP BY wanted.id, tie_account.person
), placed AS (
  SELECT *, row_number() OVER (PARTITION BY id ORDER BY first_at NULLS LAST, first_id, account) AS place
  FROM writer
)
SELECT first.id, first.person, first.account, first.first_at,
  second.account AS other_account, second.first_at AS other_first_at
FROM placed AS first LEFT JOIN placed AS second ON second.id = first.id AND second.place = 2
WHERE first.place = 1
"""

# One row an interaction: who did it, to which accounts in which role, as one list in the order
# addressed, copied, mentioned, parent (null where there is none).
MESSAGES = """
CREATE TEMP VIEW tie_message AS
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
    CASE WHEN parent IS NOT NULL OR tie_opened.id IS NULL THEN parent
      WHEN tie_opened.person <> actor
        THEN CASE WHEN coalesce(tie_opened.first_at <= at_us, TRUE) THEN tie_opened.account END
      ELSE CASE WHEN coalesce(other_first_at <= at_us, TRUE) THEN other_account END END AS target
  FROM found LEFT JOIN tie_opened ON tie_opened.id = CASE WHEN parent IS NULL THEN found.thread END
)
SELECT id, at_us, kind, actor, is_open, is_stated, probability, strength, asks, in_thread,
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
CREATE TEMP TABLE tie_candidate AS
WITH spread AS (
  SELECT * EXCLUDE (accounts), unnest(accounts) AS account, generate_subscripts(accounts, 1) AS place
  FROM tie_message
), named AS (
  SELECT id, at_us, actor, is_open, account, to_copied - to_addressed AS n_copied, n_addressed, strength,
    is_single,
    CASE WHEN kind = 'replied' AND place <= to_mentioned THEN 1.0 ELSE probability END AS probability,
    is_stated OR (kind = 'replied' AND place <= to_mentioned) AS is_stated,
    CASE WHEN place > to_mentioned AND kind = 'thanked' THEN 'thanked'
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
CREATE TEMP TABLE tie_compared AS
SELECT id, actor, other, any_value(at_us) AS at_us, any_value(is_open) AS is_open, max(rank) AS rank,
  arg_max(share, rank) AS share
FROM tie_candidate
WHERE NOT is_single
GROUP BY id, actor, other
"""

EITHER = """
CREATE TEMP VIEW tie_strongest AS
SELECT id, actor, other, at_us, is_open, rank, share FROM tie_candidate WHERE is_single
UNION ALL
SELECT id, actor, other, at_us, is_open, rank, share FROM tie_compared
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
  FROM tie_strongest AS strongest JOIN tie_act ON tie_act.number = 31 - ((rank >> 1) & 31)
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

# The external ids of the ids behind the ties.
EVIDENCE = """
SELECT hash(source, external_id) AS id, external_id
FROM interactions
WHERE hash(source, external_id) IN (SELECT id FROM tie_wanted)
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

STEPS: tuple[str, ...] = (MESSAGES, CANDIDATES, STRONGEST, EITHER)

MADE: tuple[str, ...] = (
    "TABLE tie_unknown",
    "VIEW tie_strongest",
    "TABLE tie_compared",
    "TABLE tie_candidate",
    "VIEW tie_message",
    "TABLE tie_opened",
    "TABLE tie_written",
    "TABLE tie_account",
    "TABLE tie_person",
    "TABLE tie_act",
    "TABLE tie_date",
)
"""Everything the steps make, in the order in which it can be dropped."""
