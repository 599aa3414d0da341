"""*Map*: groups and what flows between them; closer, the people on ties the viewer may see."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crosstie.actions.home import Home
from crosstie.actions.pages.community_names import Naming, community_names
from crosstie.actions.pages.sight import Sight, sight
from crosstie.actions.views import GroupFlow, GroupNode, MapPerson, MapView
from crosstie.network.flows import flows
from crosstie.people import Viewer
from crosstie.privacy import showable_cells, showable_groups

COMMUNITY = "community"

MOST_TIES = 8_000
"""More ties than this are no picture and a slow page: the strongest are drawn, and the rest is counted."""


def network_map(home: Home, who: Viewer | str | None) -> MapView:
    """Return the groups that are large enough, what flows between them, and the visible ties of people.

    Groups and flows are the same for every viewer: they rest on the whole network, and `privacy` decides
    which of them may be shown. People and ties are those the gate lets this viewer see.
    """
    seen = sight(home, who)
    named = community_names(home, seen)
    every_kind = (*seen.network.groups, COMMUNITY)
    groups: list[GroupNode] = []
    between: list[GroupFlow] = []
    hidden = 0
    for kind in every_kind:
        nodes, found, left_out = home.once(f"groups by {kind}", partial(_groups, seen, kind, named))
        groups += nodes
        between += found
        hidden += left_out
    shown = {group.key for group in groups}
    shown_kinds = {group.kind for group in groups} | {COMMUNITY}
    people, ties, inferred, hidden_ties = home.once(
        f"map of {seen.viewer.person} {seen.viewer.read_everything}", lambda: _people(seen, named, shown)
    )
    return MapView(
        as_of=seen.as_of,
        kinds=tuple(kind for kind in every_kind if kind in shown_kinds),
        groups=tuple(groups),
        flows=tuple(between),
        people=tuple(people),
        ties=tuple(ties),
        hidden_people=len(seen.network.persons) - len(people),
        hidden_groups=hidden,
        hidden_ties=hidden_ties,
        inferred_ties=inferred,
        smallest_group=seen.snapshot.settings.smallest_group,
    )


def _units(seen: Sight, kind: str, named: tuple[Naming, ...]) -> NDArray[np.object_]:
    if kind != COMMUNITY:
        return seen.snapshot.network.groups[kind]
    units: NDArray[np.object_] = np.array(
        [named[number].label if number >= 0 else "" for number in seen.snapshot.community.tolist()],
        dtype=object,
    )
    return units


def _groups(
    seen: Sight, kind: str, named: tuple[Naming, ...]
) -> tuple[list[GroupNode], list[GroupFlow], int]:
    units = _units(seen, kind, named)
    about = {one.label: one.about for one in named} if kind == COMMUNITY else {}
    labels = sorted(set(units.tolist()) - {""})
    if not labels:
        return [], [], 0
    network, smallest = seen.snapshot.network, seen.snapshot.settings.smallest_group
    number = {label: row for row, label in enumerate(labels)}
    group = np.array([number.get(unit, -1) for unit in units.tolist()], dtype=np.int64)
    sizes = np.bincount(group[group >= 0], minlength=len(labels))
    shown = showable_groups(sizes, smallest)
    ties = network.ties
    placed = (group[ties.learner] >= 0) & (group[ties.teacher] >= 0)
    learner, teacher = ties.learner[placed].astype(np.int64), ties.teacher[placed].astype(np.int64)
    cells: dict[str, NDArray[np.bool_]] = {
        name: showable_cells(
            row=group[learner],
            column=group[teacher],
            row_person=learner,
            column_person=teacher,
            amount=getattr(ties, name)[placed],
            shown=shown,
        )
        for name in ("turned_to", "contact")
    }
    both = cells["turned_to"] & cells["contact"]
    matrix = flows(network, units)
    order = [list(matrix.groups).index(label) for label in labels]
    turned_to, expected, contact = (
        getattr(matrix, name)[np.ix_(order, order)] for name in ("turned_to", "expected_across", "contact")
    )
    position = seen.snapshot.position
    nodes = []
    for row in np.flatnonzero(shown).tolist():
        here = position[group == row].mean(axis=0)
        # A share of what stays inside gives the rest away, so it needs the whole line to be showable.
        thin = int((~both[row][shown]).sum())
        total = float(contact[row].sum())
        inside = float(contact[row, row]) / total if thin == 0 and total > 0 else None
        nodes.append(
            GroupNode(
                key=f"{kind}:{labels[row]}",
                label=labels[row],
                kind=kind,
                size=int(sizes[row]),
                x=float(here[0]),
                y=float(here[1]),
                inside=inside,
                withheld=_withheld(thin, int(shown.sum())) if inside is None else "",
                about=about.get(labels[row], ""),
            )
        )
    between = [
        GroupFlow(
            learner=f"{kind}:{labels[row]}",
            teacher=f"{kind}:{labels[column]}",
            turned_to=float(turned_to[row, column]),
            contact=float(contact[row, column]),
            expected=float(expected[row, column]),
        )
        for row, column in np.argwhere(both & (contact > 0)).tolist()
    ]
    return nodes, between, int((~shown).sum())


def _withheld(thin: int, groups: int) -> str:
    """Say why the share that stays inside a group is not shown."""
    if thin == 0:
        return "no contact lately"
    return f"too few people behind {thin} of its {groups} links"


def _people(
    seen: Sight, named: tuple[Naming, ...], shown_groups: set[str]
) -> tuple[list[MapPerson], list[tuple[int, int, float]], int, int]:
    """Return everyone on an active tie the viewer may see, and the strongest of those ties, each once.

    And how many of the ties drawn are inferred, and how many are not drawn.
    """
    ties = seen.network.ties
    drawn = np.flatnonzero(ties.active & (ties.learner < ties.teacher))
    hidden = max(len(drawn) - MOST_TIES, 0)
    if hidden:
        strongest = np.argsort(-ties.contact[drawn], kind="stable")[:MOST_TIES]
        drawn = drawn[np.sort(strongest)]
    rows = np.unique(np.concatenate([ties.learner[drawn], ties.teacher[drawn]])).tolist()
    place = {row: number for number, row in enumerate(rows)}
    kind = next(iter(seen.network.groups), "")
    community = _units(seen, COMMUNITY, named)
    people = []
    for row in rows:
        card = seen.card(row)
        unit = card.groups.get(kind, "") if kind else ""
        people.append(
            MapPerson(
                key=card.key,
                name=card.name,
                x=float(seen.snapshot.position[row, 0]),
                y=float(seen.snapshot.position[row, 1]),
                group=unit if f"{kind}:{unit}" in shown_groups else "",
                community=_shown(community[row], shown_groups),
                is_viewer=card.key == seen.viewer.person,
            )
        )
    pairs: list[Any] = list(
        zip(
            ties.learner[drawn].tolist(),
            ties.teacher[drawn].tolist(),
            ties.contact[drawn].tolist(),
            strict=True,
        )
    )
    inferred = int((~ties.stated[drawn]).sum())
    return people, [(place[one], place[other], weight) for one, other, weight in pairs], inferred, hidden


def _shown(label: str, shown_groups: set[str]) -> str:
    return label if f"{COMMUNITY}:{label}" in shown_groups else ""
