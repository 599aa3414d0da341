"""The sentence beside a figure says what it means, low and high, to whoever knows nothing of networks."""

from __future__ import annotations

import pytest
from tests.network.graphs import network_of_pairs

from crosstie.network.metrics.registry import every_metric, measure


def said(name: str, *contacts: tuple[int, int], strong: float = 1.0) -> str:
    """Return what is said to person 0 of a figure; the first contact may be stronger than the others."""
    pairs = {pair: strong if place == 0 else 1.0 for place, pair in enumerate(contacts)}
    groups = {"department": ["Sales", "Sales", *["Lab"] * 11]}
    learned = {(0, 1): 1.0, (1, 0): 1.0, (0, 2): 1.0}
    scores = measure(network_of_pairs(13, pairs, groups=groups, learned=learned), [name])
    return every_metric()[name].sentence(float(scores[name][0]))


FEW = [(0, 1), (0, 2), (0, 3)]
MANY = [(0, other) for other in range(1, 13)]


@pytest.mark.parametrize(
    ("contacts", "strong", "own"),
    [
        ([(0, 1)], 1.0, "Yours is about as bound as with one person alone."),
        (FEW, 1.0, "if 3 people who are not in touch"),
        (MANY, 1.0, "if 12 people who are not in touch"),
        # Nearly all of it is with one of them.
        (MANY, 1000.0, "Yours is about as bound as with one person alone."),
        # All in touch with one another: of 12, three have 1/3 + 2/3 * 1/3 each, squared and summed 25/27.
        ([*FEW, (1, 2), (1, 3), (2, 3)], 1.0, "Yours is about as bound as with one person alone."),
        # Two who know each other: 9/8.
        ([(0, 1), (0, 2), (1, 2)], 1.0, "Yours is bound even more, as your closest contacts are in touch"),
    ],
)
def test_constraint_is_said_in_people_who_do_not_know_one_another(contacts, strong, own):
    sentence = said("constraint", *contacts, strong=strong)
    assert "near 0 it is spread over many people who are not in touch" in sentence
    assert "at 1 it is as if it were with one person alone" in sentence
    assert own in sentence


def test_an_index_from_inside_to_outside_says_what_its_ends_are():
    sentence = said("ei_index", (0, 1), (0, 2), (0, 3), (0, 4))
    assert sentence.startswith("75% of your contact is outside your own group.")
    assert "-1 is none of it, 0 half of it, and 1 all of it." in sentence


def test_what_leads_elsewhere_says_what_the_rest_does():
    # Two of three are in touch: each is doubled by 1/3.
    assert said("efficiency", *FEW, (1, 2)).startswith("78% of your circle leads somewhere of its own.")
    assert "each leads elsewhere" in said("efficiency", *FEW)


def test_both_ways_is_said_as_two_lists_of_names():
    # 1 and 2 on one list, 1 on the other: of three names, two are of somebody on both.
    assert "67% of them stand on both lists" in said("reciprocity", *FEW)
