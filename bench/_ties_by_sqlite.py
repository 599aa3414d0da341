"""The ties of `bench/network.py` in SQLite, as somebody who knows it would make them."""

from __future__ import annotations

from crosstie.network.direction import EVEN, TIMES

REMAINDER = 1_000_000_007
"""Times are summed by their remainder, which stays exact."""

STEPS = """
CREATE TABLE written AS
SELECT child.source, child.external_id, parent.actor AS author
FROM interaction AS child JOIN interaction AS parent
  ON parent.source = child.source AND parent.external_id = child.replies_to
WHERE child.kind IN ('replied', 'thanked') AND child.parent_author = '' AND child.replies_to <> '';
CREATE INDEX written_id ON written (source, external_id);
CREATE TABLE writer AS
SELECT source, thread, person, actor, first / 2 AS first_at, first % 2 = 0 AS asks,
  row_number() OVER (PARTITION BY source, thread ORDER BY first / 2) AS place
FROM (
  SELECT source, thread, person, min(actor) AS actor, min(2 * at + 1 - (kind = 'said' AND asks)) AS first
  FROM interaction JOIN account ON account.account = interaction.actor
  WHERE kind IN ('said', 'replied') AND thread <> '' GROUP BY source, thread, person
);
DELETE FROM writer WHERE place > 2;
CREATE INDEX writer_thread ON writer (source, thread, place);
CREATE TABLE message AS
SELECT i.rowid AS id, i.at, i.kind, me.person AS actor, i.asks, i.openness,
  i.is_stated, i.probability, i.addressed, i.copied, i.mentioned,
  i.n_addressed, i.n_copied,
  CASE WHEN i.kind NOT IN ('replied', 'thanked') THEN NULL WHEN i.parent_author <> '' THEN i.parent_author
    ELSE coalesce(written.author, CASE WHEN i.kind = 'replied' THEN
      CASE WHEN first.person <> me.person THEN CASE WHEN first.first_at <= i.at THEN first.actor END
        WHEN other.first_at <= i.at THEN other.actor END END) END AS parent,
  i.kind = 'replied' AND coalesce(first.asks AND first.person = me.person, 0) AS is_own
FROM interaction AS i JOIN account AS me ON me.account = i.actor
LEFT JOIN written ON written.source = i.source AND written.external_id = i.external_id
LEFT JOIN writer AS first ON first.source = i.source AND first.thread = i.thread AND first.place = 1
  AND i.thread <> ''
LEFT JOIN writer AS other ON other.source = i.source AND other.thread = i.thread AND other.place = 2
  AND i.thread <> '';
CREATE TABLE act AS
SELECT id, at, actor, account.person AS other, openness, is_stated, act, share, total FROM (
  SELECT id, at, actor, openness, is_stated, parent AS account,
    CASE WHEN is_own THEN 'wrote_back' WHEN kind = 'thanked' THEN 'thanked' ELSE 'replied' END AS act,
    probability AS share
  FROM message WHERE parent IS NOT NULL
  UNION ALL
  SELECT m.id, at, actor, openness, is_stated OR kind = 'replied', value,
    CASE WHEN asks AND n_addressed = 1 THEN 'asked' ELSE 'told' END, probability / n_addressed
  FROM message AS m, json_each(m.addressed)
  UNION ALL
  SELECT m.id, at, actor, openness, is_stated OR kind = 'replied', value, 'copied',
    probability / max(n_addressed, n_copied)
  FROM message AS m, json_each(m.copied)
  UNION ALL
  SELECT m.id, at, actor, openness, is_stated OR kind = 'replied', value, 'mentioned', probability
  FROM message AS m, json_each(m.mentioned)
) AS a JOIN account ON account.account = a.account JOIN weight ON weight.name = a.act
WHERE account.person <> actor;
CREATE TABLE strongest AS
SELECT id, at, actor, other, openness, is_stated, act, share, max(total * share) AS rank
FROM act GROUP BY id, other;
CREATE TABLE tie AS
SELECT low, high, sum(contact * decayed) AS contact, sum(contact * share) AS known_contact,
  sum(low_learned * decayed) AS low_learned, sum(high_learned * decayed) AS high_learned,
  sum(low_turned * decayed) AS low_turned, sum(high_turned * decayed) AS high_turned,
  sum((low_learned + low_turned / 2) * share) AS low_shown,
  sum((high_learned + high_turned / 2) * share) AS high_shown,
  min(at) AS first_at, max(at) AS last_at, min(openness = 'open') AS is_open, max(is_stated) AS is_stated,
  max(is_stated AND contact > 0) AS is_known,
  -- how strong, then how late, then which: packed into a whole number, cheaper than a text
  max((CAST(share * 100 * (contact + low_turned + low_learned) + 0.5 AS INTEGER) << 53) | latest)
    AS low_evidence,
  max((CAST(share * 100 * (contact + high_turned + high_learned) + 0.5 AS INTEGER) << 53) | latest)
    AS high_evidence
FROM (
  SELECT min(actor, other) AS low, max(actor, other) AS high, at, openness, is_stated, share, contact,
    share * pow(0.5, ((SELECT max(at) FROM interaction) - at) / 5184e9) AS decayed,
    ((at - (SELECT min(at) FROM interaction)) / 1000000 << 25) | (33554431 - id) AS latest,
    CASE WHEN actor < other THEN learned ELSE learned_back END AS low_learned,
    CASE WHEN actor < other THEN learned_back ELSE learned END AS high_learned,
    CASE WHEN actor < other THEN turned_to ELSE turned_to_back END AS low_turned,
    CASE WHEN actor < other THEN turned_to_back ELSE turned_to END AS high_turned
  FROM strongest JOIN weight ON weight.name = strongest.act
) GROUP BY low, high;
"""

SUMS = f"""
SELECT 2 * count(*) AS ties, sum(contact) AS contact, sum(known_contact) AS known_contact,
  sum(low_learned + high_learned) AS learned, sum(low_turned + high_turned) AS turned_to,
  sum(first_at % {REMAINDER}) AS first_at, sum(last_at % {REMAINDER}) AS last_at,
  sum(is_open) AS is_open, sum(is_stated) AS stated, sum(is_known) AS known,
  {
    ", ".join(
        f"sum((surplus > {least}) + (back > {least})) AS {name}"
        for name, least in (("one_way_surely", 1e-9), ("one_way_at_most", -1e-9))
    )
}
FROM (SELECT *, low_shown + {EVEN} - {TIMES} * (high_shown + {EVEN}) AS surplus,
  high_shown + {EVEN} - {TIMES} * (low_shown + {EVEN}) AS back FROM tie)
"""
