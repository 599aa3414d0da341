from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from tests.network.graphs import network_of_pairs

from crosstie.actions import grouping
from crosstie.actions.grouping import COMMUNITY, Grouped

SALES, DESIGN, FEW = 6, 5, 2


@pytest.fixture
def by_kind() -> dict[str, Grouped]:
    """Six of sales and five of design all in contact, and two of a third unit with the first of sales."""
    people = SALES + DESIGN + FEW
    contact = {(one, other): 1.0 for one in range(SALES + DESIGN) for other in range(one + 1, SALES + DESIGN)}
    contact |= {(0, SALES + DESIGN): 3.0}
    units = ["Sales"] * SALES + ["Design"] * DESIGN + ["Few"] * FEW
    network = network_of_pairs(people, contact, groups={"department": units})
    community = np.array([0] * (SALES + DESIGN) + [-1] * FEW, dtype=np.int32)
    position = np.column_stack([np.arange(people), np.zeros(people)]).astype(np.float64)
    return grouping.grouped(network, community=community, position=position, smallest=5)


def test_groups_too_small_are_counted_and_their_contact_is_in_no_figure(by_kind: dict[str, Grouped]) -> None:
    found = by_kind["department"]
    assert found.labels.tolist() == ["Design", "Sales"]
    assert found.sizes.tolist() == [DESIGN, SALES]
    assert int(found.hidden) == 1
    # Sales: each of six with ten others; the 3 with the unit that is not shown are nowhere.
    assert found.contact[1].sum() == SALES * (SALES + DESIGN - 1)
    assert found.expected.sum() == pytest.approx(found.turned_to.sum() - found.turned_to.trace())
    assert found.centre[:, 0].tolist() == [8.0, 2.5]


def test_communities_are_a_kind_and_people_without_one_are_in_none(by_kind: dict[str, Grouped]) -> None:
    assert by_kind[COMMUNITY].sizes.tolist() == [SALES + DESIGN]
    assert int(by_kind[COMMUNITY].labels[0]) == 0


@pytest.fixture
def beside_a_unit() -> dict[str, Grouped]:
    """Thirteen of sales and six of design, all in contact; communities of twelve of sales and of design."""
    contact = {(one, other): 1.0 for one in range(19) for other in range(one + 1, 19)}
    units = ["Sales"] * 13 + ["Design"] * 6
    network = network_of_pairs(19, contact, groups={"department": units})
    community = np.array([0] * 12 + [-1] + [1] * 6, dtype=np.int32)
    return grouping.grouped(network, community=community, position=np.zeros((19, 2)), smallest=5)


def test_a_group_that_leaves_one_person_of_another_is_there_and_no_more_is_told(
    beside_a_unit: dict[str, Grouped],
) -> None:
    units, found = beside_a_unit["department"], beside_a_unit[COMMUNITY]
    assert units.told.all()
    assert found.told.tolist() == [False, True]
    assert found.sizes.tolist() == [10, 6]  # twelve, in steps of five, as thirteen less twelve are one
    assert int(found.hidden) == 0
    assert found.cells.tolist() == [[False, False], [False, found.cells[1, 1]]]
    for amounts in (found.turned_to, found.contact, found.expected):
        assert amounts[0].sum() == amounts[:, 0].sum() == 0


def test_what_is_written_is_what_is_read(by_kind: dict[str, Grouped], tmp_path: Path) -> None:
    grouping.save(tmp_path / "groups.npz", by_kind)
    again = grouping.load(tmp_path / "groups.npz")
    assert list(again) == list(by_kind)
    for kind, found in by_kind.items():
        for one in fields(Grouped):
            assert np.array_equal(getattr(again[kind], one.name), getattr(found, one.name)), one.name
