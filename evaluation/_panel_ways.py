"""The ways in which a panel is chosen: ours, by chance, the usual people, and MMR."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from crosstie.advice import experts
from crosstie.advice.knowing import knowing as knowing_of
from crosstie.advice.panel import Candidates, PanelSettings, knowing, panel, places_answered_in
from crosstie.advice.variety import Covered
from crosstie.config import AdviceSettings
from evaluation._aspects import SEATS
from evaluation._panel_cases import Case, Cases

MIX = 0.7
DRAWS = 20
SEED = 20
OURS = "ours"
_NOBODY_SPARED = replace(PanelSettings(), overloaded=np.inf)
"""The other ways spare nobody either; what sparing costs stands beside."""
BEATEN = ("chance, of those who know", "highest degree", "most active", "MMR")

Way = Callable[[Cases, Case, AdviceSettings], list[list[int]]]
"""Gives one list of people, or several by chance."""


def pool_of(
    cases: Cases, case: Case, settings: AdviceSettings
) -> tuple[NDArray[np.int64], NDArray[np.float64], Candidates]:
    """Return who knows something of a question, how likely each is to help, and what a panel is made of."""
    moment = case.moment
    people = moment.people
    people = people[(moment.voted.votes[people] > 0).any(axis=1) | (moment.voted.like[people] > 0)]
    load = experts.burden(moment.activity, people, settings)
    score = knowing_of(
        moment.activity,
        moment.voted,
        moment.place,
        people,
        weights=cases.mix[moment.asked.number],
        settings=settings,
        groups=cases.groups,
    )
    score = score - experts.spared(moment.activity, people, settings)
    places = np.ones(int(moment.activity.pair.max() // len(moment.activity.answers)) + 1, dtype=np.bool_)
    return (
        people,
        score,
        Candidates(
            score=score,
            load=load,
            is_near=np.zeros(len(people), dtype=np.bool_),
            groups={kind: units[people] for kind, units in cases.groups.items()},
            community=cases.community[people],
            places=places_answered_in(moment.activity, people, places),
        ),
    )


def ours(how: PanelSettings) -> Way:
    """Return our way with these settings; who is likelier to help stands first."""

    def choose(cases: Cases, case: Case, settings: AdviceSettings) -> list[list[int]]:
        people, score, candidates = pool_of(cases, case, settings)
        rows = [seat.row for seat in panel(candidates, seats=SEATS, settings=how)]
        return [people[sorted(rows, key=lambda row: -score[row])].tolist()]

    return choose


def mmr(mix: float) -> Way:
    """Return maximal marginal relevance over the same knowing, and the groups and places people share."""

    def choose(cases: Cases, case: Case, settings: AdviceSettings) -> list[list[int]]:
        people, score, candidates = pool_of(cases, case, settings)
        know, alike = knowing(score, seats=SEATS, settings=PanelSettings()), _alike(candidates)
        taken: list[int] = []
        nearest = np.zeros(len(people))
        for _ in range(min(SEATS, len(people))):
            worth = mix * know - (1 - mix) * nearest
            worth[taken] = -np.inf
            taken.append(int(np.argmax(worth)))
            nearest = np.maximum(nearest, alike[taken[-1]])
        return [people[taken].tolist()]

    return choose


def _alike(candidates: Candidates) -> NDArray[np.float64]:
    """Return (C, C) the mean over kinds of how much two people share."""
    kinds = [Covered.by_unit(units.tolist()) for units in candidates.groups.values()]
    assert candidates.community is not None
    assert candidates.places is not None
    kinds.append(Covered.by_unit(["" if one < 0 else str(one) for one in candidates.community.tolist()]))
    found = []
    for kind in (*kinds, candidates.places):
        whole = np.zeros((len(candidates), int(kind.unit.max(initial=0)) + 1))
        row, column = np.nonzero(kind.unit >= 0)
        whole[row, kind.unit[row, column]] = kind.share[row, column]
        found.append(np.minimum(whole[:, None], whole[None]).sum(axis=2))
    shared: NDArray[np.float64] = np.mean(found, axis=0)
    return shared


def _top(figure: Callable[[Cases, Case], NDArray[np.float64]]) -> Way:
    def choose(cases: Cases, case: Case, settings: AdviceSettings) -> list[list[int]]:
        del settings
        order = np.argsort(-figure(cases, case), kind="stable")[:SEATS]
        return [case.moment.people[order].tolist()]

    return choose


def _chance(cases: Cases, case: Case, settings: AdviceSettings) -> list[list[int]]:
    people, _, _ = pool_of(cases, case, settings)
    dice = np.random.default_rng([SEED, case.moment.asked.number])
    return [dice.permutation(people)[:SEATS].tolist() for _ in range(DRAWS)]


def _likeliest(cases: Cases, case: Case, settings: AdviceSettings) -> list[list[int]]:
    people, score, _ = pool_of(cases, case, settings)
    return [people[np.argsort(-score, kind="stable")[:SEATS]].tolist()]


def ways(*, development: bool) -> dict[str, Way]:
    """Return the ways to choose; on the development part also what settings were chosen from."""
    found: dict[str, Way] = {
        BEATEN[0]: _chance,
        BEATEN[1]: _top(lambda cases, case: cases.degree[case.moment.people].astype(np.float64)),
        BEATEN[2]: _top(lambda _, case: case.moment.activity.recent[case.moment.people, 0]),
        BEATEN[3]: mmr(MIX),
        "likeliest to help": _likeliest,
        OURS: ours(_NOBODY_SPARED),
        "ours, nobody overloaded": ours(PanelSettings()),
    }
    if development:
        found |= {f"MMR {mix}": mmr(mix) for mix in (0.3, 0.5, 0.7, 0.9)}
        found |= {
            f"ours, pool {pool}, covering {covering}": ours(
                replace(_NOBODY_SPARED, pool=pool, covering=covering)
            )
            for pool in (2.0, 3.0)
            for covering in (0.5, 1.0, 2.0)
        }
    return found
