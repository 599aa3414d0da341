"""A panel: people who know the matter and see it differently, from different parts of the network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.activity import Activity
from crosstie.advice.advisor import Advisor
from crosstie.advice.choosing import chosen
from crosstie.advice.quotas import Limits, Quota
from crosstie.advice.variety import Covered, variety
from crosstie.errors import UsageRefused
from crosstie.saying import mark

_PLACES = 3
"""In so many places what somebody answered is looked at; the others weigh little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelSettings:
    """How a panel is put together; set on development parts (docs/explanation/evaluation/panels.md).

    Attributes:
        seats: how many people, if nothing else is said.
        most_seats: how many at most.
        near_share: how much of a panel may be people whom the asker is in touch with at present.
        overloaded: from which load somebody is left out, in logarithms of what is much: 1.1 is three times
            as much.
        pool: the one at this many times the seats, by how likely they are to know it, is taken to know half
            enough; the others more or less.
        knowing: how much it counts what each knows.
        covering: how much it counts which groups, communities and places they bring.
        places: how much the places in which they answered count beside one kind of groups.
        views: how much it counts which views they stand for.
        again: how much a second one of the same group counts beside the first.
        least_views: with fewer people whose view is known, views do not count: a few would be told by it.
    """

    seats: int = 5
    most_seats: int = 12
    near_share: float = 0.5
    overloaded: float = 1.1
    pool: float = 3.0
    knowing: float = 1.0
    covering: float = 1.0
    places: float = 0.05
    views: float = 1.0
    again: float = 0.5
    least_views: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Those who could sit on a panel; C rows, each of somebody who knows something of the matter.

    Attributes:
        score: (C,) how likely they are to know it (`crosstie.advice.knowing`), only to be compared.
        load: (C,) how busy they are (`crosstie.advice.experts.burden`).
        is_near: (C,) whether the asker is in touch with them at present.
        groups: by kind, (C,) the name of each one's unit, "" where unknown; these can be told.
        community: (C,) the number of each one's community in the network of open ties, -1 for none.
        places: places they answered in, and how much of what they answered.
        views: (C, D) where those who opted in stand, 0 for everybody else; None where nobody did.
    """

    score: NDArray[np.float64]
    load: NDArray[np.float64]
    is_near: NDArray[np.bool_]
    groups: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    community: NDArray[np.int64] | None = None
    places: Covered | None = None
    views: NDArray[np.float32] | None = None

    def __len__(self) -> int:
        return len(self.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One person on a panel.

    Attributes:
        row: of the candidates.
        alone_of: the units, by kind, of which nobody else on the panel is.
    """

    row: int
    alone_of: Mapping[str, str]


def panel(
    candidates: Candidates,
    *,
    seats: int | None = None,
    quotas: Sequence[Quota] = (),
    settings: PanelSettings | None = None,
) -> tuple[Seat, ...]:
    """Return a panel, in the candidates' order: who sits on it is told, never who would come first.

    Nobody overloaded is on it, and at most half of it, rounded down, are people the asker is in touch with;
    where that leaves too few, the panel is smaller.

    Args:
        candidates: who could sit on it.
        seats: how many people at most.
        quotas: how many of which groups, all of one kind.
        settings: how it is put together.

    Raises:
        UsageRefused: the quotas are of no group or of groups of several kinds, or cannot be met.
    """
    how = settings or PanelSettings()
    size = min(seats or how.seats, how.most_seats)
    kind = _kind_of(candidates, quotas)
    free = np.flatnonzero(candidates.load < how.overloaded)
    limits = Limits(
        seats=size,
        # Where few others know the matter, the panel is small rather than of people one has around anyway.
        near_seats=min(int(size * how.near_share), int((~candidates.is_near[free]).sum())),
        is_near=candidates.is_near[free],
        group=_quota_rows(candidates, kind, quotas)[free],
        quotas=quotas,
    )
    if not limits.can_be():
        raise UsageRefused(
            "No panel fits these numbers: too few people who answered anything like it are free.",
            hint="Ask for fewer of a group, or for more people.",
        )
    if not len(free):
        return ()
    worth = variety(
        knowing(candidates.score[free], seats=size, settings=how),
        [_only(one, free) for one in _covered(candidates, how)],
        _views(candidates, free, how),
        seats=size,
        weights=(how.knowing, how.covering, how.views),
        again=how.again,
    )
    rows = [int(free[row]) for row in chosen(worth, limits)]
    return _seats(candidates, rows)


def knowing(score: NDArray[np.float64], *, seats: int, settings: PanelSettings) -> NDArray[np.float64]:
    """Return (C,) how far each knows enough of the matter, 0 to 1.

    The scores are log odds but for a constant (`crosstie.advice.knowing`).
    """
    rank = min(len(score), max(1, int(settings.pool * seats))) - 1
    middle = np.partition(score, len(score) - 1 - rank)[len(score) - 1 - rank]
    made: NDArray[np.float64] = 1.0 / (1.0 + np.exp(middle - score))
    return made


def places_answered_in(activity: Activity, people: NDArray[np.int64], is_open: NDArray[np.bool_]) -> Covered:
    """Return the open places in which each answered most, and how much of what they answered in the open.

    Args:
        activity: what everybody answered.
        people: (C,) numbers of the candidates.
        is_open: (L,) which places are open now.
    """
    everybody = len(activity.answers)
    place, person = np.divmod(activity.pair, max(everybody, 1))
    amount = np.where(is_open[place], activity.in_place[:, 0], 0.0)
    total = np.bincount(person, weights=amount, minlength=everybody)
    order = np.lexsort((place, -amount, person))
    rank = np.arange(len(order)) - np.searchsorted(person[order], person[order])
    is_kept = (rank < _PLACES) & (amount[order] > 0)
    kept, rank = order[is_kept], rank[is_kept]
    unit = np.full((everybody, _PLACES), -1, dtype=np.int64)
    share = np.zeros((everybody, _PLACES))
    unit[person[kept], rank] = place[kept]
    share[person[kept], rank] = amount[kept] / total[person[kept]]
    return Covered(unit=unit[people], share=share[people])


def _covered(candidates: Candidates, how: PanelSettings) -> list[Covered]:
    found = [Covered.by_unit(units.tolist()) for units in candidates.groups.values()]
    if candidates.community is not None:
        found.append(Covered.by_unit(["" if one < 0 else str(one) for one in candidates.community.tolist()]))
    return found if candidates.places is None else [*found, replace(candidates.places, counts=how.places)]


def _only(one: Covered, rows: NDArray[np.int64]) -> Covered:
    return replace(one, unit=one.unit[rows], share=one.share[rows])


def _views(candidates: Candidates, rows: NDArray[np.int64], how: PanelSettings) -> NDArray[np.float32] | None:
    if candidates.views is None:
        return None
    there = candidates.views[rows]
    return there if int(there.any(axis=1).sum()) >= how.least_views else None


def _kind_of(candidates: Candidates, quotas: Sequence[Quota]) -> str:
    """Return the kind of group the quotas are of, "" without any."""
    if not quotas:
        return ""
    wanted = {one.unit for one in quotas}
    kinds = {kind: set(units.tolist()) for kind, units in candidates.groups.items()}
    if fitting := [kind for kind, units in kinds.items() if wanted <= units]:
        return fitting[0]
    unknown = sorted(unit for unit in wanted if not any(unit in units for units in kinds.values()))
    if unknown:
        raise UsageRefused(
            f'Nobody of "{unknown[0]}" answered anything like it, or there is no such group.',
            hint="Name a group as the directory does.",
        )
    raise UsageRefused(
        "Numbers can be said for groups of one kind at a time.", hint="Name departments or places, not both."
    )


def _quota_rows(candidates: Candidates, kind: str, quotas: Sequence[Quota]) -> NDArray[np.int64]:
    row_of = {one.unit: row for row, one in enumerate(quotas)}
    units = candidates.groups[kind].tolist() if kind else [""] * len(candidates)
    return np.array([row_of.get(unit, -1) for unit in units], dtype=np.int64)


def _seats(candidates: Candidates, rows: Sequence[int]) -> tuple[Seat, ...]:
    counts = {kind: Counter(units[list(rows)].tolist()) for kind, units in candidates.groups.items()}
    return tuple(
        Seat(
            row=row,
            alone_of={
                kind: str(units[row])
                for kind, units in candidates.groups.items()
                if units[row] and counts[kind][units[row]] == 1
            },
        )
        for row in rows
    )


MEASURED = mark(
    "In the made-up company, where it is known who knows what, such panels brought twice as many of the "
    "groups that know a matter as the five most active people did. On a public site of questions they knew "
    "no more than the people with most contacts there, and brought somewhat fewer sides than they."
)
"""How good panels were where it can be checked; faces show it below every panel."""

ADVISOR = Advisor(
    name="panel",
    label="A panel",
    question="Which few people know the matter and come to it from different sides?",
    how="Everyone who answered something like it in open places is weighed by how likely they are to know "
    "it: as when you ask, and beyond that by how much they, and the others of their groups, answered of what "
    "is nearest to it. Of them those are chosen who together know most "
    "and come from the most different groups, places and parts of the network; of those who opted in, also "
    "by how differently they write about work. At most half are people you are in touch with at present, and "
    "nobody answers a great deal already.",
    reading="They stand by name; no one of them comes first. Each comes with what they bring.",
    cautions=(
        "It tells who answered such questions and where they come from, not what anybody thinks.",
        "People of different groups may agree all the same, and people of one group may not.",
        "It says nothing about how good anybody is at their work.",
    ),
    evidence="Questions and answers in open places, groups of the directory, ties in open places, and the "
    "open texts of those who opted in.",
    references=(
        (
            "Nemhauser, G. L., Wolsey, L. A. and Fisher, M. L. (1978). An analysis of approximations for "
            "maximizing submodular set functions. Mathematical Programming 14."
        ),
        (
            "Hong, L. and Page, S. E. (2004). Groups of diverse problem solvers can outperform groups of "
            "high-ability problem solvers. PNAS 101."
        ),
        "Measured on a public community and on the made-up company: docs/explanation/evaluation/panels.md.",
    ),
    settings=PanelSettings(),
)

__all__ = [
    "ADVISOR",
    "MEASURED",
    "Candidates",
    "PanelSettings",
    "Quota",
    "Seat",
    "knowing",
    "panel",
    "places_answered_in",
]
