"""Acts to pairs: what every act between two persons comes to, summed; compiled.

Weights are summed as whole numbers of 2**-40, so that neither the order of the rows nor the number of threads
changes the last bit of a sum.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crosstie.errors import UsageRefused
from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Offsets
from crosstie.network.kernels.numbered import Hashes
from crosstie.network.network import NO_TIME, Flags, Indices, Microseconds, Weights

UNIT = float(2**40)
MOST = float(2**22)
"""What the weights of one pair may come to, so that their sum fits 64 bits."""

_MILLISECONDS_BEFORE, _LAST_MILLISECOND = 2**42, 2**43 - 1
_STRONGEST = 1e6
_STAYS, _STRENGTHS = 5, 8
"""Where in what an act adds that begins which does not fade, and how strong it is."""
_OVER_TIME = np.uint64(43)
_HIGH, _ACT, _ONE = np.uint64(2**32 - 1), np.uint64(31), np.uint64(1)
_OF_ACT, _OF_LOW, _OF_OPEN, _OF_STATED = np.uint64(32), np.uint64(40), np.uint64(41), np.uint64(42)
_LAST_ID = np.uint64(2**64 - 1)


class Acts(NamedTuple):
    """The strongest act of each interaction and pair; N rows, in any order.

    Attributes:
        actor, other: (N,) two different persons.
        at: (N,) microseconds, `NO_TIME` where unknown.
        id: (N,) of the interaction.
        act: (N,) its place in the table of acts.
        share: (N,) what its weights are multiplied with.
        is_open, is_stated: (N,) 0 or 1.
    """

    actor: Indices
    other: Indices
    at: Microseconds
    id: Hashes
    act: NDArray[np.uint8]
    share: Weights
    is_open: NDArray[np.uint8]
    is_stated: NDArray[np.uint8]


class Sums(NamedTuple):
    """One row an unordered pair, low < high, sorted; the columns of `crosstie.network.pairs.Summed`.

    ``low_`` is what low turned to high and learned from high. The evidence of a direction is the id of the
    strongest act for it, of those the latest, of those the smallest id; strength in hundredths and
    milliseconds are packed into one number, which says later which of two is the stronger.
    """

    low: Indices
    high: Indices
    contact: Weights
    known_contact: Weights
    low_learned: Weights
    high_learned: Weights
    low_turned_to: Weights
    high_turned_to: Weights
    low_shown: Weights
    high_shown: Weights
    first_at: Microseconds
    last_at: Microseconds
    is_stated: Flags
    is_known: Flags
    is_open: Flags
    low_evidence: Hashes
    high_evidence: Hashes
    low_strongest: NDArray[np.uint64]
    high_strongest: NDArray[np.uint64]


def empty_acts(count: int) -> Acts:
    """Return so many acts that are yet to be filled in."""
    return Acts(
        actor=np.empty(count, dtype=np.int32),
        other=np.empty(count, dtype=np.int32),
        at=np.empty(count, dtype=np.int64),
        id=np.empty(count, dtype=np.uint64),
        act=np.empty(count, dtype=np.uint8),
        share=np.empty(count, dtype=np.float64),
        is_open=np.empty(count, dtype=np.uint8),
        is_stated=np.empty(count, dtype=np.uint8),
    )


def summed(acts: Acts, weights: Weights, *, people: int, date: int, half_life: float, at_once: int) -> Sums:
    """Return the sums of each pair, sorted by low.

    Args:
        acts: in any order.
        weights: (acts of the table, 5) of contact, turned to, learned, turned to back, learned back.
        people: how many persons there are.
        date: from which decay counts, in microseconds.
        half_life: in microseconds.
        at_once: about how many acts are sorted at once; each takes 32 bytes meanwhile.

    Raises:
        UsageRefused: a pair has more than fits.
    """
    found: list[Sums] = []
    amounts, decay = _amounts(weights), _Decay(date, half_life, 0.5)
    ends = np.cumsum(np.bincount(np.minimum(acts.actor, acts.other), minlength=people))
    first = 0
    while not found or first < people:
        before = ends[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + at_once, side="right")))
        last = min(last, people)
        rows, starts = _by_low(acts, acts.share.view(np.uint64), first, last)
        found.append(_part(_ByLow(rows, rows.view(np.float64), starts, first, people), amounts, decay))
        first = last
    return Sums._make(np.concatenate(columns) for columns in zip(*found, strict=True))


class _Decay(NamedTuple):
    """From when decay counts, by which half-life, and a half: handed over, its power is DuckDB's."""

    date: int
    half_life: float
    half: float


class _ByLow(NamedTuple):
    """The acts of some persons with those of higher numbers, side by side.

    Attributes:
        rows: (N, 4) the higher person with what is small, the id, the time, and the bits of the share. So an
            act is fetched at once where its pair is summed; column by column it takes three times as long.
        floats: the same as floats.
        starts: (persons + 1,) where those of each lower person begin.
        first: the first of those.
        people: how many persons there are in all.
    """

    rows: Hashes
    floats: Weights
    starts: Offsets
    first: int
    people: int


class _Filled(NamedTuple):
    """The columns of `Sums` side by side, one row a pair; weights as whole numbers."""

    ends: NDArray[np.int32]
    weighed: NDArray[np.int64]
    times: Microseconds
    marks: Flags
    evidence: Hashes


def _part(acts: _ByLow, amounts: Weights, decay: _Decay) -> Sums:
    most = len(acts.rows)  # as many pairs at most; memory is taken by those that there are
    into = _Filled(
        ends=np.empty((most, 2), dtype=np.int32),
        weighed=np.zeros((most, 8), dtype=np.int64),
        times=np.empty((most, 2), dtype=np.int64),
        marks=np.empty((most, 3), dtype=np.bool_),
        evidence=np.empty((most, 4), dtype=np.uint64),
    )
    pairs, shares = _sums(acts, amounts, decay, into)
    if shares * amounts[..., :_STRENGTHS].max(initial=0.0) > MOST:
        raise UsageRefused(
            f"The weights of one pair come to more than {MOST:,.0f}.",
            hint="Give strengths on a smaller scale.",
        )
    ends, weighed, times, marks, evidence = (column[:pairs].T for column in into)
    contact, low_learned, high_learned, low_turned, high_turned, known, low_shown, high_shown = weighed / UNIT
    faded = contact, known, low_learned, high_learned, low_turned, high_turned
    return Sums._make((*ends, *faded, low_shown, high_shown, *times, *marks, *evidence))


def _amounts(weights: Weights) -> Weights:
    """Return (A, 2, 10) what an act adds, by who did it: the higher or the lower person.

    What fades: contact, learned by the lower and by the higher one, and turned to by both. What does not:
    contact, and what shows that either learned. Then how strong it is as evidence for either.
    """
    contact, turned, learned, turned_back, learned_back = weights.T
    made = []
    for low_turned, low_learned, high_turned, high_learned in (
        (turned_back, learned_back, turned, learned),
        (turned, learned, turned_back, learned_back),
    ):
        fades = [contact, low_learned, high_learned, low_turned, high_turned]
        stays = [contact, low_learned + low_turned / 2, high_learned + high_turned / 2]
        strong = [contact + low_turned + low_learned, contact + high_turned + high_learned]
        made.append(np.stack([*fades, *stays, *strong], axis=1))
    return np.stack(made, axis=1)


@compiled
def _by_low(acts: Acts, shares: Hashes, first: int, last: int) -> tuple[Hashes, Offsets]:
    """Return the rows of `_ByLow` and where those of each person begin."""
    starts = np.zeros(last - first + 2, dtype=np.int64)
    for at in range(len(acts.actor)):
        low = min(acts.actor[at], acts.other[at])
        if first <= low < last:
            starts[low - first + 2] += 1
    for person in range(last - first):
        starts[person + 2] += starts[person + 1]
    rows = np.empty((starts[-1], 4), dtype=np.uint64)
    for at in range(len(acts.actor)):
        low, high = min(acts.actor[at], acts.other[at]), max(acts.actor[at], acts.other[at])
        if low < first or low >= last:
            continue
        place = starts[low - first + 1]
        starts[low - first + 1] = place + 1
        small = (np.uint64(acts.act[at]) << _OF_ACT) | (np.uint64(acts.actor[at] == low) << _OF_LOW)
        small |= (np.uint64(acts.is_open[at]) << _OF_OPEN) | (np.uint64(acts.is_stated[at]) << _OF_STATED)
        rows[place, 0] = np.uint64(high) | small
        rows[place, 1], rows[place, 2], rows[place, 3] = acts.id[at], np.uint64(acts.at[at]), shares[at]
    return rows, starts[:-1]


@compiled
def _sums(acts: _ByLow, amounts: Weights, decay: _Decay, into: _Filled) -> tuple[int, float]:
    """Fill in the sums, act by act; return how many pairs there are, and the largest sum of shares of one."""
    ends, weighed, times, marks, evidence = into
    latest, pair_of = np.full(acts.people, -1, dtype=np.int64), np.empty(acts.people, dtype=np.int64)
    shares = np.zeros(len(ends))
    pairs, most = 0, 0.0
    for low in range(len(acts.starts) - 1):
        for row in range(acts.starts[low], acts.starts[low + 1]):
            small, number, at = acts.rows[row, 0], acts.rows[row, 1], np.int64(acts.rows[row, 2])
            share = acts.floats[row, 3]
            high = small & _HIGH
            if latest[high] != low:
                latest[high], pair_of[high] = low, pairs
                ends[pairs, 0], ends[pairs, 1] = acts.first + low, high
                times[pairs, 0] = times[pairs, 1] = NO_TIME
                marks[pairs, 0], marks[pairs, 1], marks[pairs, 2] = False, False, True
                evidence[pairs, 0] = evidence[pairs, 1] = _LAST_ID
                evidence[pairs, 2] = evidence[pairs, 3] = 0
                pairs += 1
            pair = pair_of[high]
            adds = amounts[(small >> _OF_ACT) & _ACT, (small >> _OF_LOW) & _ONE]
            decayed, milliseconds = share, _MILLISECONDS_BEFORE
            if at != NO_TIME:
                decayed = share * decay.half ** ((decay.date - at) / decay.half_life)
                milliseconds += int(at // 1000 if at >= 0 else -(-at // 1000))
                times[pair, 0] = at if times[pair, 0] == NO_TIME else min(times[pair, 0], at)
                times[pair, 1] = max(times[pair, 1], at)
            shares[pair] += share
            most = max(most, shares[pair])
            for one in range(_STRENGTHS):
                weighed[pair, one] += np.int64(
                    np.rint(adds[one] * (decayed if one < _STAYS else share) * UNIT)
                )
            is_stated = (small >> _OF_STATED) & _ONE == _ONE
            marks[pair, 0] |= is_stated
            marks[pair, 1] |= is_stated and adds[0] > 0
            marks[pair, 2] &= (small >> _OF_OPEN) & _ONE == _ONE
            time = np.uint64(min(max(milliseconds, 0), _LAST_MILLISECOND))
            for end in range(2):
                strength = np.uint64(np.rint(min(share * 100 * adds[_STRENGTHS + end], _STRONGEST)))
                packed = (strength << _OVER_TIME) | time
                if packed > evidence[pair, 2 + end]:
                    evidence[pair, end], evidence[pair, 2 + end] = number, packed
                elif packed == evidence[pair, 2 + end]:
                    evidence[pair, end] = min(evidence[pair, end], number)
    return pairs, most
