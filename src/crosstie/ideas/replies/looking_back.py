"""One pass over a chat, looking back from each message: the rows of its candidates; compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.ideas.replies import features as f
from crosstie.ideas.replies.alike import compare, weights
from crosstie.ideas.replies.namings import calls_by, leave, recall
from crosstie.ideas.replies.stream import Real, Whole

WINDOW = 100
"""How many messages back a parent is looked for."""

LONGEST = 120.0
"""And how many minutes: of what was learned from, 1 link in 2,000 is longer; nothing is known of those."""

NEAR = 12
"""All of the nearest so many are candidates; of others, the last one or two of each author, and what is
related."""

FEW, SOME = 2, 5
"""Of an author who is related, the last two are; of one who is named or names, the last five."""

RARE = 4.5
"""A word that both have makes a candidate where so few have it: one message in 90."""

AHEAD = 20
"""How many messages after it tell something of a message: who is then answered by whom."""

NOTHING = np.float32(np.nan)
"""What is not known of a candidate."""


@compiled
def _mark(marks: int, bit: int) -> float:
    return 1.0 if marks & bit else 0.0


@compiled
def looked_back(  # noqa: C901, PLR0912, PLR0915, PLR0917 - one pass, its counts kept on the way
    author: Whole,
    minutes: NDArray[np.float64],
    named_at: Whole,
    named: Whole,
    word_at: Whole,
    word: Whole,
    rarity: Real,
    length: Whole,
    marks: Whole,
    authors: int,
    before: Whole,
    after: Whole,
    obeys: Real,
    manner: Real,
) -> tuple[NDArray[np.int64], Whole, Real]:
    """Return the columns of `candidates.Candidates`.

    Args, beside the columns of a stream: each author's own message before and after each, how often each
    author obeys commands, and how each message is said.
    """
    n = len(author)
    starts = np.zeros(n + 1, np.int64)
    room = n * 48 + WINDOW + 1
    parents = np.empty(room, np.int32)
    rows = np.empty((room, f.COUNT), np.float32)
    m = 0
    has_word = np.zeros(len(rarity), np.int32)  # the message (plus 1) whose words are marked
    weight = weights(word_at, word, rarity)
    last_named = np.full(authors, -1, np.int32)  # by each author
    named_last_at = np.full(n, -1, np.int32)  # whom the author of a message had last named, it included
    last_named_by = np.full(authors, -1, np.int32)  # who last named each author
    wrote = np.zeros(authors, np.int32)
    naming = np.zeros(authors, np.int32)
    by_author_naming = np.zeros(authors, np.int32)
    naming_author = np.zeros(authors, np.int32)
    in_window = np.zeros(authors, np.int32)
    told = np.zeros(authors, np.int32)
    told_at = np.full(authors, -1, np.int32)
    next_of = np.full(authors, -1, np.int32)
    # Namings of or by each author, as chains: who it was with, in which message, and the one before.
    links = len(named) * 2
    with_whom = np.empty(links, np.int32)
    in_message = np.empty(links, np.int32)
    earlier = np.empty(links, np.int32)
    chain = np.full(authors, -1, np.int32)
    chained = 0
    likeness = np.zeros(WINDOW + 1, np.float32)
    overlap = np.zeros(WINDOW + 1, np.float32)
    rarest = np.zeros(WINDOW + 1, np.float32)
    oldest = 0
    for i in range(n):
        a = author[i]
        oldest = max(oldest, i - WINDOW)
        while minutes[i] - minutes[oldest] > LONGEST:
            oldest += 1
        end = min(n, i + AHEAD + 1)
        # What follows: the next message of each author.
        for j in range(end - 1, i, -1):
            next_of[author[j]] = j
        for j in range(oldest, i):
            in_window[author[j]] += 1
        recall(chain[a], with_whom, in_message, earlier, told, told_at)
        compare(i, oldest, word_at, word, rarity, weight, has_word, overlap, rarest, likeness)
        called = named[named_at[i]] if named_at[i + 1] > named_at[i] else -1
        unseen = 0.0
        if called >= 0:
            unseen = 1.0 if in_window[called] == 0 else 0.0
        lately = 0
        for j in range(i - 1, max(-1, i - 31), -1):
            if wrote[author[j]] == 0:
                lately += 1
            wrote[author[j]] += 1
        for j in range(i - 1, max(-1, i - 31), -1):
            wrote[author[j]] = 0
        rate = minutes[i] - minutes[max(0, i - 20)]
        own = before[i]
        author_next = after[i] - i if after[i] >= 0 and after[i] < end else AHEAD + 1
        between = 0
        naming_me = 0
        best = 0.0
        for j in range(i - 1, oldest - 1, -1):
            b = author[j]
            calls = calls_by(named_at, named, i, b)
            is_near = (
                i - j <= NEAR
                or wrote[b] == 0
                or (wrote[b] < FEW and (b == a or calls > 1 or told[b] > 0))
                or (wrote[b] < SOME and calls > 1)
                or (wrote[b] < SOME and calls_by(named_at, named, j, a) > 1)
                or rarest[i - j] > RARE
            )
            if is_near:
                row = rows[m]
                parents[m] = j
                m += 1
                row[f.IS_OPENING] = 0.0
                row[f.DISTANCE] = i - j
                row[f.MINUTES] = minutes[i] - minutes[j]
                row[f.SAME_AUTHOR] = 1.0 if a == b else 0.0
                row[f.NAMES] = calls
                row[f.NAMED_BY] = calls_by(named_at, named, j, a)
                theirs = named[named_at[j]] if named_at[j + 1] > named_at[j] else -1
                row[f.SAME_NAMED] = 1.0 if called >= 0 and called == theirs else 0.0
                row[f.BY_PARENT_BETWEEN] = wrote[b]
                row[f.BY_AUTHOR_BETWEEN] = wrote[a]
                row[f.NAMING_AUTHOR_BETWEEN] = naming_me
                row[f.NAMING_PARENT_BETWEEN] = naming[b] - by_author_naming[b]
                row[f.AUTHOR_NAMING_PARENT_BETWEEN] = by_author_naming[b]
                row[f.PARENT_NAMING_AUTHOR_BETWEEN] = naming_author[b]
                row[f.AUTHOR_LAST_NAMED_PARENT] = 1.0 if last_named[a] == b else 0.0
                row[f.AUTHOR_LAST_NAMED_BY_PARENT] = 1.0 if last_named_by[a] == b else 0.0
                row[f.PARENT_LAST_NAMED_AUTHOR] = (
                    1.0 if last_named[b] == a else (0.5 if named_last_at[j] == a else 0.0)
                )
                row[f.OVERLAP] = overlap[i - j]
                row[f.LIKENESS] = likeness[i - j]
                row[f.RAREST] = rarest[i - j]
                near = 0.0
                for other in (before[j], after[j]):
                    if other >= oldest and other < i and other >= 0:
                        near = max(near, likeness[i - other])
                row[f.NEAR_LIKENESS] = near
                row[f.PARENT_LENGTH] = length[j]
                row[f.LENGTH] = length[i]
                row[f.PARENT_ASKS] = _mark(marks[j], 1)
                row[f.ASKS] = _mark(marks[i], 1)
                row[f.PARENT_ADDRESS] = _mark(marks[j], 2)
                row[f.ADDRESS] = _mark(marks[i], 2)
                row[f.PARENT_COMMAND] = _mark(marks[j], 4)
                row[f.COMMAND] = _mark(marks[i], 4)
                row[f.PARENT_GOES_ON] = _mark(marks[j], 8)
                row[f.CARRIES_ON] = _mark(marks[i], 16)
                row[f.SMALL] = _mark(marks[i], 32)
                row[f.SHOUTS] = _mark(marks[i], 64)
                row[f.PARENT_SHOUTS] = _mark(marks[j], 64)
                row[f.PARENT_QUIET] = minutes[j] - minutes[before[j]] if before[j] >= 0 else NOTHING
                row[f.PARENT_QUIET_MESSAGES] = j - before[j] if before[j] >= 0 else NOTHING
                row[f.QUIET] = minutes[i] - minutes[own] if own >= 0 else NOTHING
                row[f.QUIET_MESSAGES] = i - own if own >= 0 else NOTHING
                row[f.AUTHOR_IN_WINDOW] = in_window[a]
                row[f.PARENT_IN_WINDOW] = in_window[b]
                row[f.AUTHORS_BETWEEN] = between
                row[f.AUTHORS_LATELY] = lately
                row[f.MINUTES_OF_20] = rate
                row[f.OBEYS] = obeys[a]
                row[f.PARENT_OBEYS] = obeys[b]
                follows = next_of[b]
                if b == a or follows < 0:
                    row[f.PARENT_NEXT] = AHEAD + 1
                    row[f.PARENT_NEXT_NAMES] = NOTHING
                    row[f.PARENT_THEN_NAMES] = NOTHING if b == a else 0.0
                else:
                    row[f.PARENT_NEXT] = follows - i
                    row[f.PARENT_NEXT_NAMES] = calls_by(named_at, named, follows, a)
                    row[f.PARENT_THEN_NAMES] = 0.0
                    step = follows
                    while step >= 0 and step < end:
                        if calls_by(named_at, named, step, a) > 1:
                            row[f.PARENT_THEN_NAMES] = 1.0
                        step = after[step]
                if after[i] >= 0 and after[i] < end:
                    row[f.AUTHOR_NEXT_NAMES] = calls_by(named_at, named, after[i], b)
                else:
                    row[f.AUTHOR_NEXT_NAMES] = NOTHING
                row[f.AUTHOR_NEXT] = author_next
                row[f.HISTORY] = told[b]
                row[f.HISTORY_AGO] = i - told_at[b] if told_at[b] >= 0 else NOTHING
                row[f.NAMED_UNSEEN] = unseen
                row[f.NAMED_SPOKE_BETWEEN] = wrote[called] if called >= 0 else NOTHING
                row[f.PARENT_NAMED_SPOKE_BETWEEN] = wrote[theirs] if theirs >= 0 else NOTHING
                row[f.PARENT_BURST] = 1.0 if j > 0 and author[j - 1] == b else 0.0
                row[f.AUTHOR_OWN_BEFORE] = i - own - 1 if own > j else NOTHING
                row[f.PARENT_FIRST] = 1.0 if before[j] < 0 else 0.0
                row[f.PARENT_IS_LAST_OF_NAMED] = 1.0 if called == b and wrote[b] == 0 else 0.0
                row[f.PARENT_SAID_OPENS : f.PARENT_SAID_IS_CONTINUED + 1] = manner[j]
                row[f.SAID_OPENS :] = manner[i]
                best = max(best, likeness[i - j])
            if wrote[b] == 0:
                between += 1
            wrote[b] += 1
            for at in range(named_at[j], named_at[j + 1]):
                naming[named[at]] += 1
                if b == a:
                    by_author_naming[named[at]] += 1
                if named[at] == a:
                    naming_me += 1
                    naming_author[b] += 1
        # The opening.
        row = rows[m]
        parents[m] = i
        m += 1
        row[:] = NOTHING
        row[f.IS_OPENING] = 1.0
        row[f.NAMES] = 1.0 if called >= 0 else 0.0
        row[f.NAMING_AUTHOR_BETWEEN] = naming_me
        row[f.LIKENESS] = best
        row[f.LENGTH] = length[i]
        row[f.ASKS] = _mark(marks[i], 1)
        row[f.ADDRESS] = _mark(marks[i], 2)
        row[f.COMMAND] = _mark(marks[i], 4)
        row[f.CARRIES_ON] = _mark(marks[i], 16)
        row[f.SMALL] = _mark(marks[i], 32)
        row[f.SHOUTS] = _mark(marks[i], 64)
        row[f.QUIET] = minutes[i] - minutes[own] if own >= 0 else NOTHING
        row[f.QUIET_MESSAGES] = i - own if own >= 0 else NOTHING
        row[f.AUTHOR_IN_WINDOW] = in_window[a]
        row[f.AUTHORS_BETWEEN] = between
        row[f.AUTHORS_LATELY] = lately
        row[f.MINUTES_OF_20] = rate
        row[f.OBEYS] = obeys[a]
        row[f.AUTHOR_NEXT] = author_next
        row[f.NAMED_UNSEEN] = unseen
        row[f.NAMED_SPOKE_BETWEEN] = wrote[called] if called >= 0 else NOTHING
        row[f.PARENT_FIRST] = 1.0 if own < 0 else 0.0
        row[f.SAID_OPENS :] = manner[i]
        starts[i + 1] = m
        # Clear what was counted.
        for j in range(oldest, i):
            wrote[author[j]] = 0
            in_window[author[j]] = 0
            naming_author[author[j]] = 0
            for at in range(named_at[j], named_at[j + 1]):
                naming[named[at]] = 0
                by_author_naming[named[at]] = 0
        for j in range(i + 1, end):
            next_of[author[j]] = -1
        leave(chain[a], with_whom, earlier, told, told_at)
        # Go on with what this message names.
        for at in range(named_at[i], named_at[i + 1]):
            b = named[at]
            if at == named_at[i]:
                last_named[a] = b
            last_named_by[b] = a
            for one, other in ((a, b), (b, a)):
                with_whom[chained] = other
                in_message[chained] = i
                earlier[chained] = chain[one]
                chain[one] = chained
                chained += 1
        named_last_at[i] = last_named[a]
        if m + WINDOW + 1 > len(parents):
            more_parents = np.empty(len(parents) * 2, np.int32)
            more_parents[:m] = parents[:m]
            parents = more_parents
            more_rows = np.empty((len(rows) * 2, f.COUNT), np.float32)
            more_rows[:m] = rows[:m]
            rows = more_rows
    return starts, parents[:m].copy(), rows[:m].copy()
