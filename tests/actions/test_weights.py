"""How far figures rest on the weights is said on my own page, and of everybody only where they are many."""

from __future__ import annotations

import pytest

from crosstie.actions import looking, pages, snapshots
from crosstie.actions.home import Home


def test_my_circle_says_how_far_it_moves_with_the_weights(firm: Home):
    viewer = looking.viewer(firm)
    found = snapshots.current(firm)
    me = found.network.index_of(viewer.person)
    assert (found.moves.fewest <= found.scores["size"]).all()
    assert (found.moves.most >= found.scores["size"]).all()
    found.moves.fewest[me] = 2
    seen = pages.circle(firm, viewer)
    assert seen.moves is not None
    assert (seen.moves.fewest, seen.moves.most) == (2, 6)
    assert "between 2 and 6 people instead of 6." in seen.moves.sentence


def test_a_circle_whose_size_stays_is_said_to_stay(firm: Home):
    found = snapshots.current(firm)
    found.moves.fewest[:] = found.moves.most[:] = found.scores["size"]
    seen = pages.circle(firm, looking.viewer(firm))
    assert seen.moves is not None
    assert "it would be as large" in seen.moves.sentence


def test_of_few_people_only_ones_own_circle_is_spoken_of(firm: Home):
    assert snapshots.current(firm).moves.counted < 10
    seen = pages.circle(firm, looking.viewer(firm))
    assert seen.moves is not None
    assert "Half of all circles" not in seen.moves.sentence
    assert pages.network_map(firm, looking.viewer(firm)).moves == ()


def test_of_many_people_it_is_said_how_far_half_of_their_circles_move(firm: Home):
    found = snapshots.current(firm).moves
    found.change[:] = 0.04
    found.change[0] = 0.07, 0.1, 0.2
    found.order[:] = 0.9
    found.order[0, 1] = float("nan")
    seen = pages.circle(firm, looking.viewer(firm))
    assert seen.moves is not None
    assert seen.moves.sentence.endswith("Half of all circles would change by no more than 7%.")
    first, *_rest = pages.network_map(firm, looking.viewer(firm)).moves
    assert first.factor == pytest.approx(0.5)
    assert first.order == {"size": 0.9, "effective_size": None, "constraint": 0.9}
    assert first.change == {"size": 0.07, "effective_size": 0.1, "constraint": 0.2}
