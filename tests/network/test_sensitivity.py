from __future__ import annotations

from datetime import timedelta
from itertools import combinations

import numpy as np
import pytest
from tests.network.record import NOON, act, persons_of, record_of

from crosstie.config import NetworkSettings
from crosstie.network.acts import with_weights
from crosstie.network.metrics.registry import measure
from crosstie.network.network import Network
from crosstie.network.sensitivity import MEASURES, ByAct, Sensitivity, by_act, sensitivity
from crosstie.network.tie import tie
from crosstie.record.interaction import Interaction, Kind

SETTINGS = NetworkSettings()
DAY = timedelta(days=1)


def tied(
    interactions: list[Interaction], people: str, changes: dict[str, float] | None = None
) -> tuple[Network, Sensitivity]:
    """Return the network of made-up interactions and how far its figures move."""
    apart: list[ByAct] = []
    network = tie(
        record_of(interactions),
        persons=persons_of({name: name for name in people.split()}),
        settings=SETTINGS,
        acts=with_weights(changes or {}),
        also=(lambda at: apart.append(by_act(at, half_life_days=SETTINGS.half_life_days)),),
    )
    return network, sensitivity(apart[0], people=len(network.persons), active_contact=SETTINGS.active_contact)


def test_a_circle_that_rests_on_mentions_alone_goes_when_they_count_half() -> None:
    # A mention is 0.3 of contact: active, and at half no more. An answer is 1 and stays either way.
    interactions = [
        act("1", Kind.SAID, "a", mentioned=("b",)),
        act("2", Kind.REPLIED, "a", parent_author="c"),
    ]
    _, moved = tied(interactions, "a b c")
    assert list(zip(moved.act, moved.factor, strict=True)) == [
        ("mentioned", 0.5),
        ("mentioned", 2.0),
        ("replied", 0.5),
        ("replied", 2.0),
    ]
    assert moved.fewest.tolist() == [1, 0, 1]
    assert moved.most.tolist() == [2, 1, 1]


def test_a_faded_tie_comes_back_when_its_act_counts_double() -> None:
    # Three half-lives ago an answer is 0.125; at double weight it is 0.25, which is just active.
    old = NOON - 3 * SETTINGS.half_life_days * DAY
    interactions = [
        act("1", Kind.REPLIED, "a", parent_author="b", at=old),
        act("2", Kind.REPLIED, "a", parent_author="c"),
    ]
    _, moved = tied(interactions, "a b c")
    assert (int(moved.fewest[1]), int(moved.most[1])) == (0, 1)


def test_of_few_people_nothing_is_said_of_everybody() -> None:
    _, moved = tied([act("1", Kind.REPLIED, "a", parent_author="b")], "a b")
    assert moved.counted == 0
    assert np.isnan(moved.order).all()
    assert np.isnan(moved.change).all()


def test_without_acts_nothing_moves() -> None:
    _, moved = tied([], "a b")
    assert len(moved.act) == 0
    assert moved.most.tolist() == [0, 0]


def crowd() -> tuple[list[Interaction], str]:
    """Return twelve people: all answer one another once, some meet and some mention, more and less often."""
    people = "abcdefghijkl"
    interactions = []
    for number, (one, other) in enumerate(combinations(people, 2)):
        ago = NOON - (number % 9) * 30 * DAY
        interactions.append(act(f"r{number}", Kind.REPLIED, one, parent_author=other, at=ago))
        if number % 3 == 0:
            interactions.append(act(f"m{number}", Kind.SAID, other, mentioned=(one,), at=ago))
        if number % 4 == 0:
            met = tuple(sorted({other, people[number % 12]} - {one}))
            interactions.append(act(f"t{number}", Kind.MET, one, addressed=met))
    return interactions, " ".join(people)


@pytest.mark.parametrize("name", ["replied", "mentioned", "met"])
@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_it_is_what_tying_anew_with_other_weights_gives(name: str, factor: float) -> None:
    interactions, people = crowd()
    before, moved = tied(interactions, people)
    contact = {"replied": 1.0, "mentioned": 0.3, "met": 1.0}[name]
    after, _ = tied(interactions, people, {f"{name}.contact": factor * contact})
    (row,) = np.flatnonzero((moved.act == name) & (moved.factor == factor))
    old, new = measure(before, MEASURES), measure(after, MEASURES)
    counted = old["size"] >= 5
    assert moved.counted == counted.sum() >= 10
    for column, measured in enumerate(MEASURES):
        change = np.abs(new[measured] - old[measured])[counted] / old[measured][counted]
        assert moved.change[row, column] == pytest.approx(np.median(change)), measured
    assert (moved.fewest <= new["size"]).all()
    assert (moved.most >= new["size"]).all()


def test_the_order_is_spearmans() -> None:
    from scipy.stats import spearmanr

    interactions, people = crowd()
    before, moved = tied(interactions, people)
    after, _ = tied(interactions, people, {"replied.contact": 0.5})
    (row,) = np.flatnonzero((moved.act == "replied") & (moved.factor == 0.5))
    counted = measure(before, ["size"])["size"] >= 5
    for column, measured in enumerate(MEASURES):
        one, other = (measure(network, [measured])[measured][counted] for network in (before, after))
        assert moved.order[row, column] == pytest.approx(spearmanr(one, other).statistic), measured
