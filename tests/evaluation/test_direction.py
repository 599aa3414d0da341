"""Which way edges run, beside the true way."""

from __future__ import annotations

import numpy as np
from evaluation.direction import rights

TRUE = np.array([[0, 2, 1, 1], [0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], dtype=np.float64)


def test_only_pairs_of_one_way_learning_with_an_edge_are_asked():
    evidence = np.zeros((4, 4))
    evidence[0, 1], evidence[2, 0], evidence[2, 3] = 3.0, 1.0, 5.0
    assert rights(TRUE, evidence).tolist() == [1.0, 0.0]


def test_turning_every_edge_round_gives_the_rest():
    evidence = np.random.default_rng(1).random((4, 4))
    assert (rights(TRUE, evidence) + rights(TRUE, evidence.T)).tolist() == [1.0] * 3


def test_a_clear_edge_needs_more_evidence_and_several_times_as_much():
    evidence = np.zeros((4, 4))
    evidence[0, 1], evidence[1, 0] = 5.0, 2.0
    evidence[0, 2] = 1.5
    evidence[0, 3], evidence[3, 0] = 6.0, 2.0
    assert rights(TRUE, evidence, more=2.0, times=3.0).tolist() == [1.0]
