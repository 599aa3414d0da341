"""`crosstie.measure`: anybody's edge list, without a workspace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from crosstie.actions.measuring import measure as measure_ties
from crosstie.notebook.frame import Frame

if TYPE_CHECKING:
    from crosstie.network.edges import Counted


class Measures(Frame):
    """One row a person and one column a measure; `counted` says what became of the rows."""

    def __init__(self, named: dict[str, Any], counted: Counted) -> None:
        super().__init__(named)
        self.counted = counted


def measured(
    ties: Any,
    *,
    measures: Iterable[str] | None,
    columns: tuple[str, str, str | None],
    directed: bool,
    groups: Mapping[Any, str] | None,
    adjusted: bool,
    intervals: bool,
) -> Measures:
    """Measure, as `crosstie.measure` says."""
    source, target, weight = columns
    found = measure_ties(
        ties,
        measures=measures,
        source=source,
        target=target,
        weight=weight,
        directed=directed,
        groups=groups,
        adjusted=adjusted,
        intervals=intervals,
    )
    return Measures(found.columns, found.counted)
