"""How likely each tie is alive next month, out of a tying."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from tests.network.record import NOON, act, persons_of, record_of

from crosstie.config import NetworkSettings
from crosstie.network.network import Network
from crosstie.network.survival import Touches
from crosstie.network.tie import tie
from crosstie.network.touches import alive_of_ties, touches_in
from crosstie.record.interaction import Interaction, Kind

PEOPLE = 14


def weekly(one: int, other: int, begins: int, ends: int) -> list[Interaction]:
    return [
        act(
            f"{one}-{other}-{day}",
            Kind.SAID,
            f"p{one:02}" if day % 2 else f"p{other:02}",
            at=NOON - timedelta(days=day),
            addressed=(f"p{other:02}" if day % 2 else f"p{one:02}",),
        )
        for day in range(ends, begins, 7)
    ]


@pytest.fixture(scope="module")
def tied() -> tuple[Network, Touches]:
    """Half of the pairs were in touch every week up to the end, half of them stopped at some time."""
    dice = np.random.default_rng(4)
    rows = []
    for one in range(PEOPLE):
        for other in range(one + 1, PEOPLE):
            stops = int(dice.integers(0, 300)) if (one + other) % 2 else 0
            rows += weekly(one, other, stops + 60, stops)
    took: list[Touches] = []
    network = tie(
        record_of(rows),
        persons=persons_of({f"p{row:02}": f"p{row:02}" for row in range(PEOPLE)}),
        settings=NetworkSettings(),
        also=(lambda tying: took.append(touches_in(tying)),),
    )
    return network, took[0]


def test_the_day_of_the_date_is_0_and_each_pair_has_one_row_a_day_and_direction(tied):
    _, touches = tied
    assert touches.day.max() == 0.0
    rows = np.stack([touches.sender, touches.receiver, touches.day])
    assert len(np.unique(rows, axis=1).T) == len(touches.day)
    assert (touches.weight > 0).all()


def test_both_rows_of_a_pair_have_one_chance_and_ties_that_go_on_the_higher_one(tied):
    network, touches = tied
    chances = alive_of_ties(network, touches)
    ties = network.ties
    assert len(chances) == len(ties.learner)
    of = {
        (learner, teacher): chance
        for learner, teacher, chance in zip(
            ties.learner.tolist(), ties.teacher.tolist(), chances.tolist(), strict=True
        )
    }
    assert all(of[pair] == of[pair[::-1]] for pair in of)
    goes_on = (ties.learner + ties.teacher) % 2 == 0
    assert chances[goes_on].mean() > chances[~goes_on].mean() + 0.4


def test_a_tie_of_which_nothing_is_said_has_no_chance(tied):
    network, touches = tied
    none = alive_of_ties(network, touches.until(-10_000.0))
    assert np.isnan(none).all()
