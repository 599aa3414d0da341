"""*Map*: groups and what flows between them; closer, the people on ties the viewer may see."""

from __future__ import annotations

from functools import partial

import numpy as np
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from crosstie.actions.grouping import COMMUNITY
from crosstie.actions.home import Home
from crosstie.actions.pages.community_names import Naming, community_names
from crosstie.actions.pages.sight import Sight, sight
from crosstie.actions.pages.weights import moves_of_all
from crosstie.actions.views import GroupFlow, GroupNode, MapPerson, MapView
from crosstie.people import Viewer

MOST_TIES = 8_000
"""More ties than this are no picture and a slow page: the strongest are drawn, and the rest is counted."""


def network_map(home: Home, who: Viewer | str | None) -> MapView:
    """Return the groups that are large enough, what flows between them, and the visible ties of people.

    Groups and flows are the same for every viewer: they rest on the whole network, and `privacy` decides
    which of them may be shown. People and ties are those the gate lets this viewer see.
    """
    seen, language = sight(home, who), get_language()
    named = community_names(home, seen)
    every_kind = (*seen.network.groups, COMMUNITY)
    groups: list[GroupNode] = []
    between: list[GroupFlow] = []
    hidden: dict[str, int] = {}
    for kind in every_kind:
        nodes, found, left_out = home.once(
            f"groups by {kind}, {language}", partial(_groups, seen, kind, named), of=seen.snapshot
        )
        groups += nodes
        between += found
        if left_out:
            hidden[kind] = left_out
    shown = {group.key for group in groups}
    shown_kinds = {group.kind for group in groups} | {COMMUNITY}
    people, ties, inferred, hidden_ties = home.once(
        f"map of {seen.viewer.person} {seen.viewer.read_everything}, {language}",
        lambda: _people(seen, named, shown),
        of=seen,
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
        everyone=len(seen.network.persons),
        hidden_ties=hidden_ties,
        inferred_ties=inferred,
        smallest_group=seen.snapshot.settings.smallest_group,
        moves=moves_of_all(seen.snapshot),
    )


def _groups(
    seen: Sight, kind: str, named: tuple[Naming, ...]
) -> tuple[list[GroupNode], list[GroupFlow], int]:
    found = seen.snapshot.groups.get(kind)
    if found is None:
        return [], [], 0
    labels, about = found.labels.tolist(), [""] * len(found.labels)
    if kind == COMMUNITY:
        about = [named[int(number)].about for number in labels]
        labels = [named[int(number)].label for number in labels]
    thin = (~found.cells)[:, found.told].sum(axis=1).tolist()
    within, whole_line = found.contact.diagonal().tolist(), found.contact.sum(axis=1).tolist()
    links = int(found.told.sum())
    nodes = []
    for row, (label, is_told, size, (x, y), whole) in enumerate(
        zip(
            labels,
            found.told.tolist(),
            found.sizes.tolist(),
            found.centre.tolist(),
            whole_line,
            strict=True,
        )
    ):
        # A share of what stays inside gives the rest away, so it needs the whole line to be showable, and
        # counts no contact with groups that are not told of.
        may = is_told and thin[row] == 0 and links > 1
        inside = within[row] / whole if may and whole > 0 else None
        nodes.append(
            GroupNode(
                key=f"{kind}:{label}",
                label=label,
                kind=kind,
                size=size,
                x=x,
                y=y,
                is_told=is_told,
                inside=inside,
                withheld=_withheld(thin[row] if is_told else None, links) if inside is None else "",
                about=about[row],
            )
        )
    rows, columns = np.nonzero(found.cells & (found.contact > 0))
    between = [
        GroupFlow(
            learner=f"{kind}:{labels[row]}",
            teacher=f"{kind}:{labels[column]}",
            turned_to=turned_to,
            contact=contact,
            expected=expected,
        )
        for row, column, turned_to, contact, expected in zip(
            rows.tolist(),
            columns.tolist(),
            found.turned_to[rows, columns].tolist(),
            found.contact[rows, columns].tolist(),
            found.expected[rows, columns].tolist(),
            strict=True,
        )
    ]
    return nodes, between, int(found.hidden)


def _withheld(thin: int | None, groups: int) -> str:
    """Say why the share that stays inside a group is not shown; None for `thin`: nothing is told of it."""
    if thin is None:
        return _("it would tell of the few who are left of another group")
    if groups < 2:  # noqa: PLR2004 - itself, and one to be in contact with
        return _("no other group can be told of")
    if thin == 0:
        return _("no contact lately")
    return _("too few people behind %(thin)d of its %(links)d links") % {"thin": thin, "links": groups}


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
        drawn = drawn[_largest(ties.contact[drawn], MOST_TIES)]
    learner, teacher = ties.learner[drawn], ties.teacher[drawn]
    is_drawn = np.zeros(len(seen.network.persons), dtype=np.bool_)
    is_drawn[learner] = is_drawn[teacher] = True
    rows = np.flatnonzero(is_drawn)
    place = np.cumsum(is_drawn) - 1
    kind = next(iter(seen.network.groups), "")
    labels = {
        number: one.label for number, one in enumerate(named) if f"{COMMUNITY}:{one.label}" in shown_groups
    }
    people = []
    for row, community, (x, y) in zip(
        rows.tolist(),
        seen.snapshot.community[rows].tolist(),
        seen.snapshot.position[rows].tolist(),
        strict=True,
    ):
        person = seen.person(row)
        unit = person.groups.get(kind, "") if kind else ""
        people.append(
            MapPerson(
                key=person.key,
                name=seen.name_of(person),
                x=x,
                y=y,
                group=unit if f"{kind}:{unit}" in shown_groups else "",
                community=labels.get(community, ""),
                is_viewer=person.key == seen.viewer.person,
            )
        )
    pairs = zip(place[learner].tolist(), place[teacher].tolist(), ties.contact[drawn].tolist(), strict=True)
    return people, list(pairs), int((~ties.stated[drawn]).sum()), hidden


def _largest(weights: NDArray[np.float64], most: int) -> NDArray[np.intp]:
    """Return the places of the `most` largest weights, ascending; of equal ones the first."""
    least = np.partition(weights, len(weights) - most)[len(weights) - most]
    kept = weights > least
    kept[np.flatnonzero(weights == least)[: most - int(kept.sum())]] = True
    return np.flatnonzero(kept)
