"""Which way edges run, beside the true way."""

from __future__ import annotations

import numpy as np
from evaluation._direction_signs import chances, learners, signs, true_pairs
from evaluation.direction import rights

from crosstie.demo import Company

TRUE = np.array([[0, 2, 1, 1], [0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], dtype=np.float64)


def test_only_pairs_of_one_way_learning_with_an_edge_are_asked():
    evidence = np.zeros((4, 4))
    evidence[0, 1], evidence[2, 0], evidence[2, 3] = 3.0, 1.0, 5.0
    assert rights(TRUE, evidence).tolist() == [1.0, 0.0]


def test_turning_every_edge_round_gives_the_rest():
    evidence = np.random.default_rng(1).random((4, 4))
    assert (rights(TRUE, evidence) + rights(TRUE, evidence.T)).tolist() == [1.0] * 3


def test_an_edge_that_leans_little_can_be_left_out():
    evidence = np.zeros((4, 4))
    evidence[0, 1], evidence[1, 0] = 0.9, 0.1
    evidence[0, 2], evidence[2, 0] = 0.4, 0.6
    evidence[0, 3] = np.nan
    assert rights(TRUE, evidence, least=0.6).tolist() == [1.0]


def test_trees_know_the_way_where_one_sign_tells_it():
    dice = np.random.default_rng(1)

    def made_up() -> tuple[dict[str, np.ndarray], np.ndarray]:
        true = np.zeros((40, 40))
        true[dice.integers(0, 20, 150), dice.integers(20, 40, 150)] = 1
        turned = np.where(dice.random((40, 40)) < 0.5, true, true.T)
        return {"thanked": true * 2.0, "told": turned}, true

    asked = made_up()
    found = chances([made_up(), made_up()], asked)
    assert rights(asked[1], found).mean() == 1.0
    both = ~np.isnan(found)
    assert (both == both.T).all()
    assert np.allclose((found + found.T)[both], 1.0)


def test_signs_tell_who_wrote_back_to_an_answer_from_who_answered(kestrel: Company):
    told = learners(signs(kestrel), true_pairs(kestrel))

    def share(ending: str) -> float:
        kinds = [both for name, both in told.items() if "replied demo-mail" in name and name.endswith(ending)]
        return sum(times * by for times, by in kinds) / sum(times for times, _ in kinds)

    assert share("own True") > 0.8
    assert share("own False") < 0.35
