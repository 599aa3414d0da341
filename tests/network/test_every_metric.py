"""Promises that every metric keeps, whoever adds it."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies
from tests.network.graphs import network_of_pairs, networks

from crosstie.errors import UsageRefused
from crosstie.network.edges import network_of_edges
from crosstie.network.metrics.metric import Metric
from crosstie.network.metrics.registry import MODULES, every_metric, measure
from crosstie.network.network import Network, Ties

METRICS = list(every_metric().values())


def renumbered(network: Network, order: list[int]) -> Network:
    """Return the network with person i at place order[i], ties in the order of the contract."""
    place = np.array(order, dtype=np.int32)
    ties = network.ties
    learner, teacher = place[ties.learner], place[ties.teacher]
    sort = np.lexsort((teacher, learner))
    columns = {field.name: getattr(ties, field.name)[sort] for field in fields(Ties)}
    columns |= {"learner": learner[sort], "teacher": teacher[sort]}
    back = np.argsort(place)
    return replace(
        network,
        ties=Ties(**columns),
        groups={kind: units[back] for kind, units in network.groups.items()},
    )


@settings(max_examples=40)
@given(data=strategies.data(), network=networks())
def test_renumbering_people_changes_no_score(data: strategies.DataObject, network: Network) -> None:
    order = data.draw(strategies.permutations(range(len(network.persons))))
    once, again = measure(network), measure(renumbered(network, list(order)))
    for name, scores in once.items():
        for person, place in enumerate(order):
            assert again[name][place] == pytest.approx(scores[person], rel=1e-9, nan_ok=True), name


@settings(max_examples=20)
@given(network=networks())
def test_two_runs_agree_to_the_bit_and_leave_the_network_alone(network: Network) -> None:
    before = {field.name: getattr(network.ties, field.name).copy() for field in fields(Ties)}
    once, again = measure(network), measure(network)
    for name, scores in once.items():
        assert scores.tobytes() == again[name].tobytes(), name
        assert scores.shape == (len(network.persons),), name
        assert scores.dtype == np.dtype(np.float64), name
    for name, column in before.items():
        assert np.array_equal(column, getattr(network.ties, name)), name


AS_WEIGHTS = {"strength", "get", "give", "turned_to", "was_turned_to", "bandwidth"}
"""Metrics that are amounts: they are scaled as the weights are."""
OF_AMOUNTS = {"thin_ties"}
"""Metrics that set amounts beside a fixed one, and so may change in any way."""


@settings(max_examples=40)
@given(network=networks())
def test_scaling_all_weights_scales_amounts_and_nothing_else(network: Network) -> None:
    ties = network.ties
    kept = ties.active
    active = replace(ties, **{field.name: getattr(ties, field.name)[kept] for field in fields(Ties)})
    large = {name: getattr(active, name) * 8 for name in ("contact", "known_contact", "learned", "turned_to")}
    once = measure(replace(network, ties=active))
    scaled = measure(replace(network, ties=replace(active, **large)))
    for name, scores in once.items():
        if name not in OF_AMOUNTS:
            expected = 8 * scores if name in AS_WEIGHTS else scores
            assert scaled[name] == pytest.approx(expected, rel=1e-9, abs=1e-9, nan_ok=True), name


@settings(max_examples=25)
@given(network=networks(), data=strategies.data())
def test_shuffling_the_edges_changes_no_score(network: Network, data: strategies.DataObject) -> None:
    ties = network.ties
    learned = np.flatnonzero(ties.learned > 0)
    order = np.array(data.draw(strategies.permutations(learned.tolist())), dtype=np.int64)
    units = dict(zip(network.persons.tolist(), network.groups["department"].tolist(), strict=True))

    def scores(rows: np.ndarray) -> dict[str, np.ndarray]:
        persons = network.persons
        made, _ = network_of_edges(
            persons[ties.learner[rows]], persons[ties.teacher[rows]], ties.learned[rows]
        )
        groups = np.array([units[person] for person in made.persons.tolist()], dtype=object)
        return measure(replace(made, groups={"department": groups}))

    once, again = scores(learned), scores(order)
    for name, values in once.items():
        assert values.tobytes() == again[name].tobytes(), name


@settings(max_examples=40)
@given(network=networks())
def test_scores_stay_in_the_declared_range_and_are_undefined_only_where_declared(network: Network) -> None:
    for name, scores in measure(network).items():
        metric = every_metric()[name]
        defined = scores[~np.isnan(scores)]
        assert np.isfinite(defined).all(), name
        if not metric.undefined:
            assert len(defined) == len(scores), name
        if metric.lowest is not None:
            assert (defined >= metric.lowest - 1e-9).all(), name
        if metric.highest is not None:
            assert (defined <= metric.highest + 1e-9).all(), name


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
@pytest.mark.parametrize("people", [0, 1, 2])
def test_nobody_one_person_and_two_strangers_have_their_documented_value(metric: Metric, people: int) -> None:
    scores = metric.compute(network_of_pairs(people, {}, groups={"department": ["Sales"] * people}))
    expected = np.nan if metric.undefined else 0.0
    assert np.array_equal(scores, np.full(people, expected), equal_nan=True)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_every_text_is_filled_and_is_a_sentence_where_people_read_one(metric: Metric) -> None:
    for text in (metric.name, metric.label, metric.question, metric.unit, metric.cost, *metric.references):
        assert text.strip()
    assert metric.question.endswith("?")
    for text in (metric.high, metric.low, metric.caution):
        assert text.endswith(".")
    assert metric.smallest_group >= 1
    assert metric.compute.__doc__
    for value in (0.0, 1.0, 2.5, 1000.0):
        said = metric.sentence(value)
        assert said.endswith(".")
        assert said[0].isupper() or said[0].isdigit()


@pytest.mark.parametrize("name", MODULES)
def test_a_metric_lives_in_the_file_of_its_name(name: str) -> None:
    assert every_metric()[name].compute.__module__ == f"crosstie.network.metrics.{name}"


def test_every_file_in_the_folder_is_registered() -> None:
    from pathlib import Path

    import crosstie.network.metrics as folder

    files = {path.stem for path in Path(folder.__path__[0]).glob("*.py")}
    assert files - {"__init__", "metric", "registry"} == set(MODULES)


def test_an_unknown_metric_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageRefused, match="effective_size"):
        measure(network_of_pairs(0, {}), ["karma"])
