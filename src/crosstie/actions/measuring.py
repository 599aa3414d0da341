"""Measure anybody's edge list: arithmetic on a table or a file, without workspace, names or gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from crosstie.actions.tables import column, described, opened
from crosstie.errors import UsageRefused

if TYPE_CHECKING:
    from crosstie.network.edges import Counted
    from crosstie.network.network import Network

GROUP = "unit"
"""The kind that groups given with an edge list are taken for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured on an edge list.

    Attributes:
        columns: `person` and one column a measure, one row a person, in the order of their keys; NaN where a
            measure has no value.
        counted: what became of the rows.
    """

    columns: dict[str, NDArray[Any]]
    counted: Counted


def measure(
    ties: Any,
    *,
    measures: Iterable[str] | None = None,
    source: str = "from",
    target: str = "to",
    weight: str | None = "weight",
    directed: bool = True,
    groups: Mapping[Any, str] | None = None,
    adjusted: bool = False,
    intervals: bool = False,
) -> Measured:
    """Measure everybody's circle on an edge list.

    An edge from A to B says that A turned to B and learned from B, as much as its weight says: so what goes
    out is what A gets, and what comes in is what a person gives.

    Args:
        ties: a table with a column for each end and one for the weight: anything that hands over Arrow
            columns (polars, pyarrow, DuckDB, crosstie's own frames), a pandas frame, or a mapping of columns.
        measures: names of metrics; all that an edge list has what they need for, if not given.
        source: the column of who turned to someone, texts or whole numbers.
        target: the column of whom they turned to, the same.
        weight: the column of the weight, 0 or more; None where every row weighs 1.
        directed: False where the order of the two ends means nothing.
        groups: each person's group, for measures that ask for groups.
        adjusted: whether to put beside each measure that hangs on size how it stands among circles of about
            the same size, as NAME_adjusted.
        intervals: whether to put beside each measure that is estimated its 90 % interval, as NAME_low and
            NAME_high; NaN for people with fewer than five contacts.

    Raises:
        UsageRefused: a column is missing, holds something else, or has gaps; a weight is negative or no
            number; there is no measure of a name, or it needs what an edge list does not have.
    """
    from crosstie.network.edges import network_of_edges
    from crosstie.network.metrics.registry import measure as measure_network

    ties = opened(ties)
    ends = [_people(ties, name) for name in (source, target)]
    if {end.dtype.kind for end in ends} == {"i", "O"}:
        ends = [end.astype(str).astype(object) if end.dtype.kind == "i" else end for end in ends]
    weights = np.ones(len(ends[0])) if weight is None else _weights(ties, weight)
    network, counted = network_of_edges(ends[0], ends[1], weights, directed=directed)
    network = _grouped(network, groups)
    names = _names(network, measures)
    scores = measure_network(network, names)
    beside = _adjusted(network, scores) if adjusted else {}
    if intervals:
        beside |= _intervals(network, scores)
    columns: dict[str, NDArray[Any]] = {"person": network.persons}
    for name, values in scores.items():
        columns |= {name: values, **{one: beside[one] for one in beside if one.rpartition("_")[0] == name}}
    return Measured(columns=columns, counted=counted)


def _people(ties: Any, name: str) -> NDArray[Any]:
    values = column(ties, name, option="the ends")
    if values.dtype.kind == "u":
        values = values.astype(np.int64)
    if values.dtype.kind == "i":
        return values
    if values.dtype.kind == "f":
        # Whole numbers with gaps come as fractions: pandas has no other place for a gap.
        gaps = np.isnan(values)
        if not gaps.any() and (values == np.rint(values)).all():
            return values.astype(np.int64)
    else:
        values = values.astype(object)
        gaps = np.array([value is None or value != value or value == "" for value in values.tolist()], bool)  # noqa: PLR0124 - NaN alone is not itself
    if gaps.any():
        raise UsageRefused(
            f'Row {int(np.flatnonzero(gaps)[0]) + 1:,} has nobody in "{name}", and so {int(gaps.sum()):,} of'
            f" {len(gaps):,} in all.",
            hint="Leave such rows out, or name the person.",
        )
    kinds = {type(value) for value in values.tolist()}
    if not kinds <= {str}:
        raise UsageRefused(
            f'The column "{name}" holds {described(kinds)}, and people are texts or whole numbers.',
            hint="Turn the column into texts.",
        )
    return values


def _weights(ties: Any, name: str) -> NDArray[np.float64]:
    values = column(
        ties, name, option="the weight", otherwise=", or none (--weight -, weight=None) for 1 in every row"
    )
    if values.dtype.kind in "iufb":
        return values.astype(np.float64)
    try:
        return np.array([np.nan if value is None else float(value) for value in values.tolist()], dtype=float)
    except (TypeError, ValueError) as unread:
        raise UsageRefused(
            f'The column "{name}" holds something that is no number: {unread}.',
            hint="Name the column of the weight, or say that every row weighs 1.",
        ) from unread


def _grouped(network: Network, groups: Mapping[Any, str] | None) -> Network:
    if groups is None:
        return network
    units = np.array([str(groups.get(person) or "") for person in network.persons.tolist()], dtype=object)
    return replace(network, groups={GROUP: units})


def _names(network: Network, measures: Iterable[str] | None) -> list[str]:
    """Return the measures wanted, and refuse what an edge list cannot have."""
    from crosstie.network.metrics.registry import every_metric

    metrics = every_metric()
    has = {*network.groups, "edges"}
    if measures is None:
        return [
            name for name, one in metrics.items() if one.of_edges and (not one.needs or has & {*one.needs})
        ]
    names = [measures] if isinstance(measures, str) else list(measures)
    for name in names:
        needs = metrics[name].needs if name in metrics else ()
        if needs and not has & {*needs}:
            raise UsageRefused(
                f'The measure "{name}" needs {" or ".join(needs)}, and this edge list does not say it.',
                hint="Give each person's group, or leave the measure out.",
            )
    return names


def _adjusted(network: Network, scores: dict[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    from crosstie.network.adjusted import adjusted
    from crosstie.network.metrics.registry import every_metric

    return {
        f"{name}_adjusted": adjusted(network, values)
        for name, values in scores.items()
        if every_metric()[name].hangs_on_size
    }


def _intervals(network: Network, scores: dict[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    from crosstie.network.jackknife import errors, intervals

    found = intervals(network, scores, errors(network, scores))
    return {f"{name}_{end}": getattr(one, end) for name, one in found.items() for end in ("low", "high")}
