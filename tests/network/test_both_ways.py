"""Pairs become two rows each, in the order of who learned and from whom, whatever order they stood in."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from crosstie.network.network import Ties
from crosstie.network.one_piece import empty_columns
from crosstie.network.pairs import Pairs, both_ways

DICE = np.random.default_rng(4)


def some_pairs(count: int, people: int) -> Pairs:
    low, high = np.triu_indices(people, k=1)
    chosen = DICE.permutation(len(low))[:count]

    def weights() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return DICE.random(count)

    flags, times = DICE.random((3, count)) < 0.5, DICE.integers(0, 2**40, (2, count))
    return Pairs(
        low=low[chosen].astype(np.int32), high=high[chosen].astype(np.int32),
        contact=weights(), known_contact=weights(), low_learned=weights(), low_turned_to=weights(),
        high_learned=weights(), high_turned_to=weights(), low_shown=9 * weights(), high_shown=9 * weights(),
        first_at=times[0], last_at=times[1], stated=flags[0], known=flags[1], is_open=flags[2],
        low_evidence=DICE.integers(2**63, 2**64, count, dtype=np.uint64),
        high_evidence=DICE.integers(2**63, 2**64, count, dtype=np.uint64),
    )  # fmt: skip


def test_rows_are_sorted_and_say_of_each_end_what_its_pair_says() -> None:
    pairs = some_pairs(200, 40)
    ties = both_ways(pairs, active_contact=0.5)
    rows = list(zip(ties.learner.tolist(), ties.teacher.tolist(), strict=True))
    assert rows == sorted({*rows})
    assert len(rows) == 400
    for at in range(200):
        low, high = int(pairs.low[at]), int(pairs.high[at])
        for one, other, end in ((low, high, "low"), (high, low, "high")):
            row = rows.index((one, other))
            for name in ("learned", "turned_to", "evidence"):
                assert getattr(ties, name)[row] == getattr(pairs, f"{end}_{name}")[at]
            for name in ("contact", "known_contact", "first_at", "last_at", "stated", "known", "is_open"):
                assert getattr(ties, name)[row] == getattr(pairs, name)[at]
            assert ties.active[row] == (pairs.contact[at] >= 0.5)


def test_no_pair_is_no_row() -> None:
    ties = both_ways(some_pairs(0, 3), active_contact=0.5)
    assert {len(getattr(ties, one.name)) for one in fields(Ties)} == {0}


def test_columns_in_one_piece_do_not_touch() -> None:
    kinds = {"flag": np.dtype(np.bool_), "number": np.dtype(np.int64), "weight": np.dtype(np.float64)}
    columns = empty_columns(5, kinds)
    assert {name: column.dtype for name, column in columns.items()} == kinds
    for number, column in enumerate(columns.values()):
        column[:] = number
    assert [column.tolist() for column in columns.values()] == [[False] * 5, [1] * 5, [2.0] * 5]
