"""The jackknife, against taking each tie away and measuring again."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from tests.network.graphs import network_of_pairs, networks
from tests.network.planted import planted

from crosstie.network.circles import circles_of
from crosstie.network.jackknife import FEWEST_CONTACTS, errors, intervals, jackknifed
from crosstie.network.kernels.common import overlaps_of
from crosstie.network.metrics.registry import every_metric, measure
from crosstie.network.network import Network, Ties
from crosstie.network.shares import student


def without(network: Network, one: int, other: int) -> Network:
    """Return the network without one tie, both its rows."""
    ties = network.ties
    kept = ~(
        ((ties.learner == one) & (ties.teacher == other)) | ((ties.learner == other) & (ties.teacher == one))
    )
    return replace(
        network, ties=Ties(**{field.name: getattr(ties, field.name)[kept] for field in fields(Ties)})
    )


@settings(max_examples=40)
@given(network=networks())
def test_an_error_is_what_measuring_without_each_contact_gives(network: Network) -> None:
    circles, found = circles_of(network), errors(network)
    assert set(found) == set(jackknifed())
    for person in np.flatnonzero(circles.sizes >= FEWEST_CONTACTS)[:2].tolist():
        contacts = circles.contacts[circles.starts[person] : circles.starts[person + 1]].tolist()
        ties = slice(int(circles.starts[person]), int(circles.starts[person + 1]))
        spread = overlaps_of(network)[ties].std(ddof=1)
        assert found["overlap"][person] == pytest.approx(spread / np.sqrt(len(contacts)), abs=1e-12)
        left = [measure(without(network, person, contact), found) for contact in contacts]
        for name in set(found) - {"overlap"}:
            values = np.array([one[name][person] for one in left])
            values = values[~np.isnan(values)]
            if len(values) < 2:
                continue
            size = len(values)
            expected = np.sqrt((size - 1) / size * ((values - values.mean()) ** 2).sum())
            assert found[name][person] == pytest.approx(expected, rel=1e-6, abs=1e-9), name


@settings(max_examples=30)
@given(network=networks())
def test_intervals_hold_the_value_within_the_range_and_are_withheld_where_contacts_are_few(
    network: Network,
) -> None:
    scores, sizes = measure(network), circles_of(network).sizes
    for name, interval in intervals(network, scores, errors(network)).items():
        metric, known = every_metric()[name], ~np.isnan(interval.low)
        if metric.within_size:
            assert (interval.high <= sizes)[known].all()
        assert (sizes[known] >= FEWEST_CONTACTS).all(), name
        assert (interval.low[known] <= scores[name][known] + 1e-9).all(), name
        assert (interval.high[known] >= scores[name][known] - 1e-9).all(), name
        if metric.highest is not None:
            assert (interval.high[known] <= metric.highest).all(), name


def test_asking_for_one_person_gives_that_person_the_same() -> None:
    network, _ = planted(4, 12, inside=5, outside=2, seed=2)
    network = replace(network, groups={"department": np.array(["a", "b", "c"] * 16, dtype=object)})
    whole, mine = errors(network), errors(network, people=np.array([7]))
    for name, values in mine.items():
        assert values[7] == whole[name][7], name
        assert np.isnan(np.delete(values, 7)).all(), name


def test_equal_contacts_leave_no_doubt_and_a_single_bridge_much() -> None:
    star = network_of_pairs(7, {(0, other): 1.0 for other in range(1, 7)})
    assert errors(star, ["clustering"])["clustering"][0] == pytest.approx(0.0)
    assert errors(star, ["effective_size"])["effective_size"][0] == pytest.approx(0.0)
    assert np.isnan(errors(star)["constraint"][1])


def test_student_is_that_of_the_tables() -> None:
    from scipy import stats

    freedom = np.array([4.0, 5.0, 9.0, 30.0, 1000.0])
    assert student(freedom) == pytest.approx(stats.t.ppf(0.95, freedom), rel=2e-3)
    assert student(freedom, level=0.95) == pytest.approx(stats.t.ppf(0.975, freedom), rel=2e-3)
    assert np.isnan(student(np.array([0.0]))).all()
