"""How sure measures are, how they stand among circles of one size: frames beside those of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosstie.notebook.frame import Frame

if TYPE_CHECKING:
    from crosstie.actions.snapshots import Snapshot


def intervals(snapshot: Snapshot) -> Frame:
    """Return the 90 % intervals of what is estimated, one row a person, as NAME_low and NAME_high."""
    from crosstie.network.jackknife import intervals as intervals_of

    found = intervals_of(snapshot.network, snapshot.scores, snapshot.errors)
    return Frame(
        {"person": snapshot.network.persons}
        | {f"{name}_{end}": getattr(one, end) for name, one in found.items() for end in ("low", "high")}
    )


def adjusted(snapshot: Snapshot) -> Frame:
    """Return how measures stand among circles of about the same size, one row a person, 0 to 1."""
    from crosstie.network.adjusted import adjusted as adjusted_of
    from crosstie.network.metrics.registry import every_metric

    network, scores = snapshot.network, snapshot.scores
    names = [name for name, one in every_metric().items() if one.hangs_on_size and name in scores]
    return Frame({"person": network.persons} | {name: adjusted_of(network, scores[name]) for name in names})
