"""Who is reminded of which contact, and when nothing is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from crosstie.advice.lapsing import MICROSECONDS_A_DAY, LapsingSettings, lapsing
from crosstie.network.network import NO_EVIDENCE, Ties
from crosstie.network.pairs import Pairs, both_ways

DAY = MICROSECONDS_A_DAY
NOW = 1_000 * DAY
ME, ANN, BEN, FAR, LIZ = range(5)
# Ann and Ben know each other and me; Far knows Liz alone beside me.
PAIRS = [(ME, ANN, 2), (ME, BEN, 3), (ANN, BEN, 1), (ME, FAR, 40), (FAR, LIZ, 5)]


def ties(pairs: list[tuple[int, int, int]] = PAIRS, *, contact: float = 4.0) -> Ties:
    count = len(pairs)
    low, high = (np.array([pair[end] for pair in pairs], dtype=np.int32) for end in (0, 1))
    last = np.array([NOW - pair[2] * DAY for pair in pairs], dtype=np.int64)
    nothing, yes = np.zeros(count), np.ones(count, dtype=np.bool_)
    blank = np.full(count, NO_EVIDENCE, dtype=np.uint64)
    return both_ways(
        Pairs(
            low=low,
            high=high,
            contact=np.full(count, contact),
            known_contact=np.full(count, contact),
            low_learned=nothing,
            low_turned_to=nothing,
            high_learned=nothing,
            high_turned_to=nothing,
            low_shown=nothing,
            high_shown=nothing,
            first_at=last - 100 * DAY,
            last_at=last,
            stated=yes,
            known=yes,
            is_open=yes,
            low_evidence=blank,
            high_evidence=blank,
        ),
        active_contact=0.25,
    )


def found(
    pairs: list[tuple[int, int, int]] = PAIRS,
    *,
    chance: float = 0.2,
    gone: Sequence[int] = (),
    contact: float = 4.0,
    **settings: Any,
) -> list[int]:
    tied = ties(pairs, contact=contact)
    away = np.isin(np.arange(5), gone)
    return [
        one.person
        for one in lapsing(
            ME,
            ties=tied,
            alive=np.full(len(tied.learner), chance),
            open_ties=tied,
            at=NOW,
            gone=away,
            settings=replace(LapsingSettings(), **settings),
        )
    ]


def test_a_bridge_that_has_been_silent_is_named_and_nobody_else():
    assert found() == [FAR]


@pytest.mark.parametrize(
    "more",
    [
        {"chance": 0.6},
        {"chance": float("nan")},
        {"gone": [FAR]},
        {"gone": [ME]},
        {"contact": 1.0},
        {"silent_days": 50.0},
        {"forgotten_days": 30.0},
        {"most": 0},
    ],
)
def test_nothing_is_said(more):
    assert found(**more) == []


def test_someone_known_to_others_around_one_is_no_bridge():
    pairs = [*PAIRS, (ANN, FAR, 3), (BEN, FAR, 3)]
    assert found(pairs) == []
    assert found(pairs, shared=2) == [FAR]


def test_silence_of_somebody_who_is_silent_everywhere_is_no_sign():
    assert found([(ME, ANN, 2), (ME, BEN, 3), (ME, FAR, 40), (FAR, LIZ, 45)]) == []
    assert found([(ME, ANN, 50), (ME, FAR, 40), (FAR, LIZ, 5)]) == []
