"""How sure measures are, how they stand among circles of one size: frames beside those of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosstie.errors import UsageRefused
from crosstie.notebook.frame import Frame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from crosstie.actions.snapshots import Snapshot


def intervals(snapshot: Snapshot) -> Frame:
    """Return the 90 % intervals of what is estimated, one row a person, as NAME_low and NAME_high."""
    from crosstie.network.jackknife import intervals as intervals_of

    found = intervals_of(snapshot.network, snapshot.scores, snapshot.errors)
    return Frame(
        {"person": snapshot.network.persons}
        | {f"{name}_{end}": getattr(one, end) for name, one in found.items() for end in ("low", "high")}
    )


def communities(snapshot: Snapshot, before: Snapshot) -> Frame:
    """Return everybody's community with the number it had before, one row a person known at both dates."""
    import numpy as np

    from crosstie.network.communities import matched

    keys, now, then = np.intersect1d(
        snapshot.network.persons.astype(str), before.network.persons.astype(str), return_indices=True
    )
    earlier = before.community[then]
    return Frame(
        {
            "person": keys.astype(object),
            "community": matched(snapshot.community[now], earlier),
            "before": earlier,
        }
    )


def whole(snapshot: Snapshot) -> dict[str, float]:
    """Return the figures of the whole network by name; NaN where one has no value."""
    from crosstie.network.whole.shape import shape

    found = shape(snapshot.network, snapshot.community)
    names = (
        "people",
        "tied",
        "pairs",
        "density",
        "components",
        "largest",
        "closure",
        "modularity",
        "by_size",
    )
    return {name: float(getattr(found, name)) for name in names} | {
        "core_people": float(found.core.people),
        "core_fit": found.core.fit,
        "backbone_ties": found.backbone.ties,
        "backbone_people": found.backbone.people,
    }


def groups(snapshot: Snapshot, kind: str) -> Frame:
    """Return the figures of the groups of a kind that are large enough to be shown, by name.

    Raises:
        UsageRefused: the directory has no groups of this kind.
    """
    import numpy as np

    from crosstie.network.whole.groups import GroupFigures, group_figures

    network, settings = snapshot.network, snapshot.settings
    names, number = _numbered(snapshot, kind)
    found = group_figures(network, number, seed=settings.seed)
    large = (np.bincount(number[number >= 0], minlength=len(names)) >= settings.smallest_group) & (
        names != ""
    )
    shown = np.zeros(len(names), dtype=np.bool_)
    shown[: len(found.people)] = True
    kept = np.flatnonzero(large & shown)
    return Frame(
        {"group": names[kept].astype(object)}
        | {name: getattr(found, name)[kept] for name in GroupFigures.__dataclass_fields__}
    )


def mixing(snapshot: Snapshot, kind: str) -> Frame:
    """Return how much groups of a kind keep to themselves, each figure beside shuffled groups.

    Raises:
        UsageRefused: the directory has no groups of this kind.
    """
    from dataclasses import asdict

    import numpy as np

    from crosstie.network.whole.mixing import mixing as mixed

    _, number = _numbered(snapshot, kind)
    found = mixed(snapshot.network, number, seed=snapshot.settings.seed)
    rows = {"ei_index": asdict(found.outside), "assortativity": asdict(found.alike)}
    figures = {name: np.array([row[name] for row in rows.values()]) for name in rows["ei_index"]}
    return Frame({"figure": np.array(list(rows), dtype=object), **figures})


def _numbered(snapshot: Snapshot, kind: str) -> tuple[NDArray[np.str_], NDArray[np.int64]]:
    """Return the names of the groups of a kind, and everybody's number among them, -1 for none."""
    import numpy as np

    groups = snapshot.network.groups
    if kind not in groups:
        raise UsageRefused(
            f'There are no groups of kind "{kind}".',
            hint=f"The kinds here are {', '.join(groups) or 'none: read a directory first'}.",
        )
    names, number = np.unique(groups[kind].astype(str), return_inverse=True)
    return names, np.where(names[number] == "", -1, number)


def tie_measures(snapshot: Snapshot) -> Frame:
    """Return what is measured of each tie, one row an ordered pair."""
    from dataclasses import fields

    from crosstie.network.tie_measures import TieMeasures
    from crosstie.network.tie_measures import tie_measures as measured

    network = snapshot.network
    found = measured(network)
    return Frame(
        {"learner": network.persons[network.ties.learner], "teacher": network.persons[network.ties.teacher]}
        | {one.name: getattr(found, one.name) for one in fields(TieMeasures)}
    )


def adjusted(snapshot: Snapshot) -> Frame:
    """Return how measures stand among circles of about the same size, one row a person, 0 to 1."""
    from crosstie.network.adjusted import adjusted as adjusted_of
    from crosstie.network.metrics.registry import every_metric

    network, scores = snapshot.network, snapshot.scores
    names = [name for name, one in every_metric().items() if one.hangs_on_size and name in scores]
    return Frame({"person": network.persons} | {name: adjusted_of(network, scores[name]) for name in names})
