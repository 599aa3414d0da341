"""What speaks for a candidate once a first guess of all conversations is there; compiled.

People stay with their partners: who answers whom in the guess, before and after a message, tells more than
two messages side by side do.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.ideas.replies.candidates import Candidates
from crosstie.ideas.replies.deciding import decided
from crosstie.ideas.replies.looking_back import AHEAD, NOTHING, WINDOW
from crosstie.ideas.replies.stream import Real, Stream, Whole

(
    CHANCE,
    BELOW_BEST,
    CHANCE_OF_OPENING,
    CONVERSATION_MASS,
    OTHERS_MASS,
    MASS_BELOW_BEST,
    CONVERSATION_BETWEEN,
    CONVERSATION_QUIET,
    CONVERSATION_MINUTES,
    CONVERSATION_IN_WINDOW,
    OWN_IN_CONVERSATION,
    OWN_IN_CONVERSATION_AGO,
    OWN_LAST_CONVERSATION,
    PARENT_LAST_CONVERSATION,
    NAMED_LAST_CONVERSATION,
    ANSWERED,
    PARENT_ANSWERS_AUTHOR,
    PARENT_ANSWERS_OWN_LAST,
    PARENT_CHANCE,
    PARENT_OPENS,
    PARENT_NEXT_ANSWERS,
    ANSWERED_BY_CONVERSATION,
    OWN_NEXT_ANSWERS_PARENT,
    OWN_NEXT_CONVERSATION,
    OWN_CONVERSATIONS,
    PARENT_ANSWER_WAS_MINE,
    ANSWERED_LATER,
) = range(27)
"""What is known of a candidate beside `features`, column by column."""

COUNT = 27


def in_conversations(stream: Stream, found: Candidates, chance: Real) -> Real:
    """Return (m, F2) what a first guess tells of each candidate.

    Args:
        stream: the messages.
        found: their candidates.
        chance: (m,) how likely each is, by the first guess; sums to 1 a message.
    """
    order = np.argsort(found.parent, kind="stable")
    message = np.repeat(np.arange(len(stream), dtype=np.int32), np.diff(found.starts))
    until = np.searchsorted(found.parent[order], np.arange(len(stream) + 1))
    return _in_conversations(
        stream.author,
        stream.minutes,
        stream.named_at,
        stream.named,
        found.starts,
        found.parent,
        chance,
        order,
        until,
        message,
        stream.authors,
    )


@compiled
def _in_conversations(  # noqa: C901, PLR0912, PLR0915, PLR0917 - one pass, all counts kept on the way
    author: Whole,
    minutes: NDArray[np.float64],
    named_at: Whole,
    named: Whole,
    starts: NDArray[np.int64],
    parents: Whole,
    chance: Real,
    order: NDArray[np.int64],
    until: NDArray[np.int64],
    message: Whole,
    authors: int,
) -> Real:
    n = len(author)
    rows = np.full((len(parents), COUNT), NOTHING)
    best, root = decided(starts, parents, chance, 1.0)
    parent = parents[best]
    answered = np.zeros(n, np.int32)
    count = np.zeros(n, np.int32)
    last = np.full(n, -1, np.int32)
    mine = np.zeros(n, np.int32)
    mine_last = np.full(n, -1, np.int32)
    mass = np.zeros(n, np.float32)
    between = np.zeros(n, np.int32)
    later = np.zeros(n, np.float32)
    last_of = np.full(authors, -1, np.int32)
    next_chance = np.zeros(authors, np.float32)
    for i in range(n):
        a = author[i]
        oldest = max(0, i - WINDOW)
        mine_conversations = 0
        for j in range(i - 1, oldest - 1, -1):
            c = root[j]
            between[j] = count[c]
            count[c] += 1
            last[c] = max(last[c], j)
            if author[j] == a:
                if mine[c] == 0:
                    mine_conversations += 1
                mine[c] += 1
                mine_last[c] = max(mine_last[c], j)
        # Who answers this message later, by the guess.
        answers_all = np.float32(0.0)
        for at in range(until[i], until[i + 1]):
            k = message[order[at]]
            if k == i or k > i + AHEAD:
                continue
            p = chance[order[at]]
            answers_all = max(answers_all, p)
            next_chance[author[k]] = max(next_chance[author[k]], p)
        own_next = -1
        for k in range(i + 1, min(n, i + AHEAD + 1)):
            if author[k] == a:
                own_next = k
                break
        start, opening = starts[i], starts[i + 1] - 1
        top = chance[start : starts[i + 1]].max()
        heaviest = chance[opening]
        for row in range(start, opening):
            c = root[parents[row]]
            mass[c] += chance[row]
            heaviest = max(heaviest, mass[c])
        if own_next >= 0:
            for row in range(starts[own_next], starts[own_next + 1] - 1):
                if parents[row] < i:
                    later[parents[row]] = chance[row]
        called = named[named_at[i]] if named_at[i + 1] > named_at[i] else -1
        for row in range(start, starts[i + 1]):
            j = parents[row]
            out = rows[row]
            out[CHANCE] = chance[row]
            out[BELOW_BEST] = np.log((chance[row] + 1e-6) / (top + 1e-6))
            out[CHANCE_OF_OPENING] = chance[opening]
            out[OWN_CONVERSATIONS] = mine_conversations
            if row == opening:
                out[CONVERSATION_MASS] = chance[row]
                out[MASS_BELOW_BEST] = np.log((chance[row] + 1e-6) / (heaviest + 1e-6))
                out[ANSWERED_BY_CONVERSATION] = answers_all
                continue
            b, c = author[j], root[j]
            out[CONVERSATION_MASS] = mass[c]
            out[OTHERS_MASS] = mass[c] - chance[row]
            out[MASS_BELOW_BEST] = np.log((mass[c] + 1e-6) / (heaviest + 1e-6))
            out[CONVERSATION_BETWEEN] = between[j]
            out[CONVERSATION_QUIET] = i - last[c]
            out[CONVERSATION_MINUTES] = minutes[i] - minutes[last[c]]
            out[CONVERSATION_IN_WINDOW] = count[c]
            out[OWN_IN_CONVERSATION] = mine[c]
            out[OWN_IN_CONVERSATION_AGO] = i - mine_last[c] if mine_last[c] >= 0 else NOTHING
            own = last_of[a]
            out[OWN_LAST_CONVERSATION] = (1.0 if root[own] == c else 0.0) if own >= 0 else NOTHING
            out[PARENT_LAST_CONVERSATION] = 1.0 if root[last_of[b]] == c else 0.0
            if called >= 0 and last_of[called] >= 0:
                out[NAMED_LAST_CONVERSATION] = 1.0 if root[last_of[called]] == c else 0.0
            out[ANSWERED] = answered[j]
            out[PARENT_ANSWERS_AUTHOR] = 1.0 if parent[j] != j and author[parent[j]] == a else 0.0
            out[PARENT_ANSWERS_OWN_LAST] = 1.0 if own >= 0 and parent[j] == own else 0.0
            out[PARENT_CHANCE] = chance[best[j]]
            out[PARENT_OPENS] = 1.0 if parent[j] == j else 0.0
            out[PARENT_NEXT_ANSWERS] = next_chance[b] if b != a else NOTHING
            out[ANSWERED_BY_CONVERSATION] = answers_all
            out[OWN_NEXT_ANSWERS_PARENT] = later[j] if own_next >= 0 else NOTHING
            if own_next >= 0 and parent[own_next] != i:
                out[OWN_NEXT_CONVERSATION] = (
                    1.0 if parent[own_next] != own_next and root[parent[own_next]] == c else 0.0
                )
            out[PARENT_ANSWER_WAS_MINE] = (
                1.0 if own >= 0 and author[parent[own]] == b and parent[own] != own else 0.0
            )
            out[ANSWERED_LATER] = 0.0
            for at in range(until[j], until[j + 1]):
                k = message[order[at]]
                if k > i and k <= i + AHEAD and author[k] == a:
                    out[ANSWERED_LATER] = max(out[ANSWERED_LATER], chance[order[at]])
        # Clear, and go on.
        for j in range(oldest, i):
            c = root[j]
            count[c] = 0
            last[c] = -1
            mine[c] = 0
            mine_last[c] = -1
        for row in range(start, opening):
            mass[root[parents[row]]] = 0.0
        if own_next >= 0:
            for row in range(starts[own_next], starts[own_next + 1] - 1):
                later[parents[row]] = 0.0
        for at in range(until[i], until[i + 1]):
            next_chance[author[message[order[at]]]] = 0.0
        last_of[a] = i
        if parent[i] != i:
            answered[parent[i]] += 1
    return rows
