"""The library: a workspace in a notebook or a script. Its viewer is the workspace's owner.

It may use actions; frames carry opaque person keys, and names join only for a reason that is written down.
Start with `open`; `workspace.py` says what it gives, `frame.py` what a frame is. `measure` needs no
workspace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from crosstie.notebook.measuring import Measures
    from crosstie.notebook.workspace import Workspace

__all__ = ["measure", "open"]


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
) -> Measures:
    """Measure everybody's circle on an edge list: one row a person, one column a measure, as Arrow.

    An edge from A to B says that A turned to B and learned from B, as much as its weight says: what goes out
    is what A gets, and what comes in is what one gives. Self-loops are left out, doubled rows are summed, and
    `counted` of the result says how many. NaN stands where a measure has no value for someone. Rows are in
    the order of the keys.

    Args:
        ties: a polars or pandas frame, an Arrow table, or a mapping of columns.
        measures: names of metrics (docs/reference/metrics.md); all that an edge list has what they need for,
            if not given.
        source: the column of who turned to someone, texts or whole numbers.
        target: the column of whom they turned to, the same.
        weight: the column of the weight, 0 or more; None where every row weighs 1.
        directed: False where the order of the two ends means nothing.
        groups: each person's group, for measures that ask for groups.
        adjusted: whether to put beside each measure that hangs on size how it stands among circles of about
            the same size, as NAME_adjusted: 0 is the lowest of them, 1 the highest.
        intervals: whether to put beside each measure that is estimated its 90 % interval, as NAME_low and
            NAME_high, by leaving out one contact after the other; NaN with fewer than five contacts.

    Raises:
        UsageRefused: a column is missing, holds something else, or has gaps; a weight is negative or no
            number; there is no measure of a name, or it needs what an edge list does not have.
    """
    from crosstie.notebook.measuring import measured

    return measured(
        ties,
        measures=measures,
        columns=(source, target, weight),
        directed=directed,
        groups=groups,
        adjusted=adjusted,
        intervals=intervals,
    )


def open(folder: str | Path, *, create: bool = True) -> Workspace:  # noqa: A001 - crosstie.open(DIR) reads as what it does
    """Open the workspace in a folder.

    Opening writes nothing. Where there is no workspace, the first `read` makes one; until then whatever asks
    for people or ties is refused, so that a misspelt name is told and leaves no folder behind.

    Args:
        folder: where it lies, or shall lie.
        create: False where it has to be there already: then a missing one is refused at once.

    Raises:
        WorkspaceRefused: the folder holds something else, or a workspace of another version; or there is
            none, and `create` is false.
    """
    from pathlib import Path

    from crosstie.notebook.workspace import Workspace

    return Workspace(Path(folder), create=create)
