"""What the map says of groups: sizes, flows between them, and which of that may be shown.

It rests on the whole network and is the same for every viewer, so it is worked out once a snapshot.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crosstie.network.flows import flows, quasi_independent
from crosstie.network.network import Network
from crosstie.privacy import SMALLEST_EVER, Kind, showable_groups, showable_kinds, showable_nested_cells

COMMUNITY = "community"
"""The kind of groups that are found from the ties; its labels are the communities' numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """The G groups of one kind that are large enough to be shown.

    Attributes:
        labels: (G,) what they are called, sorted.
        told: (G,) whether what its people do may be told, beside the other groups that are told of; of the
            others only that they are there, and how many at least.
        sizes: (G,) how many people; of groups that are not told of at least so many, in steps of five: the
            size of what is left of a larger group would speak of few.
        centre: (G, 2) the middle of its people on the map.
        cells: (G, G) whether what flows from the row's to the column's people may be shown.
        turned_to, contact, expected: (G, G) as in `crosstie.network.flows`, 0 for groups that are not told
            of; `expected` is across the others, since margins that count these would give them away.
        hidden: () how many groups are too small to be shown.
    """

    labels: NDArray[np.str_]
    told: NDArray[np.bool_]
    sizes: NDArray[np.int64]
    centre: NDArray[np.float64]
    cells: NDArray[np.bool_]
    turned_to: NDArray[np.float64]
    contact: NDArray[np.float64]
    expected: NDArray[np.float64]
    hidden: NDArray[np.int64]


def grouped(
    network: Network, *, community: NDArray[np.int32], position: NDArray[np.float64], smallest: int
) -> dict[str, Grouped]:
    """Return by kind what the map says of groups; kinds without a group are left out.

    Args:
        network: the whole.
        community: (P,) number of each person's community, -1 for none.
        position: (P, 2) places on the map.
        smallest: people in the smallest group to show.
    """
    names: NDArray[np.object_] = np.array(
        [f"{number:06}" if number >= 0 else "" for number in community.tolist()], dtype=object
    )
    by_kind = {
        kind: _numbered(units)
        for kind, units in {**network.groups, COMMUNITY: names}.items()
        if any(units.tolist())
    }
    kinds = [kind for _, kind in by_kind.values()]
    told = showable_kinds(kinds, smallest)
    cells = showable_nested_cells(
        kinds,
        shown=told,
        row_person=network.ties.learner.astype(np.int64),
        column_person=network.ties.teacher.astype(np.int64),
        amounts=(network.ties.turned_to, network.ties.contact),
    )
    return {
        name: _of_one_kind(network, units, position, kind=kind, smallest=smallest, told=may, cells=open_cells)
        for (name, (units, kind)), may, open_cells in zip(by_kind.items(), told, cells, strict=True)
    }


def _numbered(units: NDArray[np.object_]) -> tuple[NDArray[np.object_], Kind]:
    """Return units, and their numbers in the order of their names, as `flows` has them."""
    number = {label: row for row, label in enumerate(sorted(set(units.tolist()) - {""}))}
    group = np.array([number.get(unit, -1) for unit in units.tolist()], dtype=np.int64)
    return units, Kind(group=group, count=len(number))


def _of_one_kind(
    network: Network,
    units: NDArray[np.object_],
    position: NDArray[np.float64],
    *,
    kind: Kind,
    smallest: int,
    told: NDArray[np.bool_],
    cells: NDArray[np.bool_],
) -> Grouped:
    matrix = flows(network, units)
    member = kind.group >= 0
    middle = [
        np.bincount(kind.group[member], weights=position[member, axis]) / matrix.sizes for axis in (0, 1)
    ]
    shown = showable_groups(matrix.sizes, smallest)
    both, between = np.ix_(shown, shown), np.outer(told, told)
    at_least = np.maximum(matrix.sizes // SMALLEST_EVER * SMALLEST_EVER, smallest)
    turned_to = np.where(between, matrix.turned_to, 0.0)[both]
    return Grouped(
        labels=np.array(matrix.groups, dtype=np.str_)[shown],
        told=told[shown],
        sizes=np.where(told, matrix.sizes, at_least)[shown],
        centre=np.column_stack(middle)[shown],
        cells=(cells & between)[both],
        turned_to=turned_to,
        contact=np.where(between, matrix.contact, 0.0)[both],
        expected=quasi_independent(turned_to),
        hidden=np.array(int((~shown).sum())),
    )


def save(file: Path, by_kind: dict[str, Grouped]) -> None:
    """Write what `grouped` returned."""
    named: dict[str, Any] = {"kinds": np.array(list(by_kind), dtype=np.str_)}
    for place, groups in enumerate(by_kind.values()):
        named |= {f"{place} {one.name}": getattr(groups, one.name) for one in fields(Grouped)}
    np.savez(file, **named)


def load(file: Path) -> dict[str, Grouped]:
    """Read what `save` wrote."""
    with np.load(file, allow_pickle=False) as named:
        return {
            kind: Grouped(**{one.name: named[f"{place} {one.name}"] for one in fields(Grouped)})
            for place, kind in enumerate(named["kinds"].tolist())
        }
