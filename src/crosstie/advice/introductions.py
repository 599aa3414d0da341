"""Introductions worth making: people two steps away with whom a circle becomes larger and more varied."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.advisor import Advisor
from crosstie.advice.colleagues import Colleagues
from crosstie.advice.common_ground import common_ground, has_newcomer
from crosstie.advice.introduction import Introduction
from crosstie.advice.likeness import likeness
from crosstie.advice.worth import closeness, common_contacts, diversity_gains, middle, size_gains
from crosstie.network.metrics.group_diversity import KINDS
from crosstie.network.network import Weights
from crosstie.people.meeting import MeetingRules, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionSettings:
    """How introductions are chosen; the weights were set on development splits (docs/explanation/meeting.md).

    Attributes:
        most: how many introductions to make at most.
        bridge_share: the share of them kept for groups the person hardly reaches, rounded to whole people.
        hardly: a group is hardly reached with so many contacts in it or fewer.
        farther: how much paths over two people count beside paths over one.
        busy: how much a candidate's own contacts count against them, as a power, so that the busiest are not
            always first.
        size: how much a gain in effective size counts.
        diversity: how much a gain in group diversity counts.
        middle: how much those lose who are most and least alike in places and topics, 0 to 1.
        mutual_shown: how many mutual contacts to name at most.
        seed: breaks what is equal.
    """

    most: int = 3
    bridge_share: float = 0.4
    hardly: int = 1
    farther: float = 2.0
    busy: float = 0.3
    size: float = 0.1
    diversity: float = 0.2
    middle: float = 0.5
    mutual_shown: int = 3
    seed: int = 20


def introductions(
    person: str, *, colleagues: Colleagues, rules: MeetingRules, settings: IntroductionSettings | None = None
) -> tuple[Introduction, ...]:
    """Return the introductions worth making for one person, the best first; none if the person may not meet.

    A candidate is two steps away through open ties, is not known to the person by any evidence, and both may
    meet by the rules. They are ranked by *closeness / own contacts^busy x exp(size x gain in effective size +
    diversity x gain in group diversity) x middle*; a share of the list is kept for groups that the person
    hardly reaches. Whoever hides behind a key makes no difference, and equal ones are told apart by the seed.

    Raises:
        KeyError: the person is not in this network.
    """
    chosen = settings or IntroductionSettings()
    me = colleagues.index_of(person)
    allowed = standing(rules)
    if allowed.bar(person) is not None:
        return ()
    own = colleagues.whole.learner == me
    circles = colleagues.open_circles
    met = np.zeros(circles.people, dtype=np.bool_)
    met[colleagues.whole.teacher[own]] = True
    met[me] = True
    # Opting out reaches those in between as well: nobody is named who is gone from every named view.
    named = np.array([str(key) not in rules.opted_out for key in colleagues.persons], dtype=np.bool_)
    mutual = colleagues.open_contacts(me)
    mutual = mutual[named[mutual]]
    two_steps = common_contacts(circles, mutual)
    candidates = np.flatnonzero(
        (two_steps > 0)
        & ~met
        & np.array([allowed.may_meet(person, str(key)) for key in colleagues.persons], dtype=np.bool_)
    )
    if len(candidates) == 0:
        return ()
    judged = _judge(colleagues, me, candidates, chosen)
    picked = _pick(judged, chosen)
    return tuple(_introduction(judged, row, rules, chosen) for row in picked)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """The candidates of one person with what each is worth; (n,) each."""

    colleagues: Colleagues
    me: int
    candidates: NDArray[np.int64]
    worth: Weights
    is_bridge: NDArray[np.bool_]
    size_gain: Weights
    diversity_gain: Weights | None
    alike: Weights | None


def _judge(
    colleagues: Colleagues, me: int, candidates: NDArray[np.int64], chosen: IntroductionSettings
) -> _Judged:
    circles = colleagues.open_circles
    in_circle = (colleagues.whole.learner == me) & colleagues.whole.active & (colleagues.whole.contact > 0)
    circle, contact = colleagues.whole.teacher[in_circle], colleagues.whole.contact[in_circle]
    gain = size_gains(common_contacts(circles, circle), circle)[candidates]
    worth = closeness(circles, me, farther=chosen.farther)[candidates]
    worth = worth / circles.sizes[candidates] ** chosen.busy * np.exp(chosen.size * gain)
    kind = next((kind for kind in KINDS if kind in colleagues.groups), None)
    is_bridge = np.zeros(len(candidates), dtype=np.bool_)
    varied: Weights | None = None
    if kind is not None:
        names, number = np.unique(colleagues.groups[kind].astype(str), return_inverse=True)
        group = np.where(names[number] == "", -1, number).astype(np.int64)
        varied = diversity_gains(group, len(names), circle, contact)[candidates]
        worth = worth * np.exp(chosen.diversity * varied)
        reached = np.bincount(group[circle][group[circle] >= 0], minlength=len(names))
        theirs = group[candidates]
        is_bridge = (theirs >= 0) & (theirs != group[me]) & (reached[theirs] <= chosen.hardly)
    alike = likeness(colleagues.persons, me, candidates, places=colleagues.places, topics=colleagues.topics)
    if alike is not None:
        worth = worth * middle(alike, strength=chosen.middle)
    return _Judged(
        colleagues=colleagues,
        me=me,
        candidates=candidates,
        worth=np.round(worth / worth.max(), 12),  # the last bits depend on the order of a sum
        is_bridge=is_bridge,
        size_gain=gain,
        diversity_gain=varied,
        alike=alike,
    )


def _pick(judged: _Judged, chosen: IntroductionSettings) -> list[int]:
    """Return rows of the judged: the best, some of them of groups hardly reached, in order of worth."""
    most = min(chosen.most, len(judged.worth))
    bridges = min(round(chosen.bridge_share * chosen.most), most)
    every = np.arange(len(judged.worth))
    near = _best(judged, every, most - bridges, chosen.seed)
    far = np.setdiff1d(np.flatnonzero(judged.is_bridge), near)
    picked = near + _best(judged, far, bridges, chosen.seed)
    rest = np.setdiff1d(every, picked)
    picked += _best(judged, rest, most - len(picked), chosen.seed)
    return _best(judged, np.array(picked, dtype=np.int64), most, chosen.seed)


def _best(judged: _Judged, rows: NDArray[np.int64], most: int, seed: int) -> list[int]:
    if most <= 0 or len(rows) == 0:
        return []
    worth = judged.worth[rows]
    least = np.partition(worth, max(len(worth) - most, 0))[max(len(worth) - most, 0)]
    in_play = rows[worth >= least]

    def rank(row: int) -> tuple[float, bytes]:
        keys = judged.colleagues.persons[[judged.me, judged.candidates[row]]]
        drawn = hashlib.blake2b(f"{seed}|{keys[0]}|{keys[1]}".encode(), digest_size=8)
        return -float(judged.worth[row]), drawn.digest()

    return sorted(in_play.tolist(), key=rank)[:most]


def _introduction(
    judged: _Judged, row: int, rules: MeetingRules, chosen: IntroductionSettings
) -> Introduction:
    colleagues, me, other = judged.colleagues, judged.me, int(judged.candidates[row])
    mine, theirs = str(colleagues.persons[me]), str(colleagues.persons[other])
    ground = common_ground(colleagues, me, other, unnamed=rules.opted_out)
    is_bridge = bool(judged.is_bridge[row])
    return Introduction(
        person=mine,
        candidate=theirs,
        mutual=ground.mutual[: chosen.mutual_shown],
        shared_contacts=len(ground.mutual),
        shared_places=ground.shared_places,
        differences=ground.differences,
        is_bridge=is_bridge,
        size_gain=float(judged.size_gain[row]),
        diversity_gain=None if judged.diversity_gain is None else float(judged.diversity_gain[row]),
        likeness=None if judged.alike is None else float(judged.alike[row]),
        task=ground.task(
            newcomer=has_newcomer(colleagues, (mine, theirs), on=rules.on),
            is_bridge=is_bridge,
            seed=f"{chosen.seed}|{mine}|{theirs}",
        ),
    )


ADVISOR = Advisor(
    name="introductions",
    label="People worth meeting",
    question="Whom do I not know yet, with whom my circle would become larger and more varied?",
    how="People two steps away through open ties, whom you do not know yet. The nearer they are and the more "
    "they would add to your circle, in people and in groups, the earlier they come; those who are most or "
    "least like you come later. Two in five places are kept for groups you hardly reach.",
    reading="Each comes with what you share, what differs and who knows you both. About one in ten "
    "introductions becomes a lasting tie; talk more than once.",
    cautions=(
        "It knows only what left a trace in places it reads; you may know each other already.",
        "It says nothing about how good anybody is at their work.",
    ),
    evidence="Your own ties, the ties of others in open places, groups of the directory, and open places.",
    references=(
        "Zhou, T., Lü, L. and Zhang, Y.-C. (2009). Predicting missing links via local information. EPJ B 71.",
        "Lane, J. N. et al. (2021). Engineering serendipity. Strategic Management Journal 42.",
        (
            "Hasan, S. and Koning, R. (2020). Designing social networks: joint tasks and the formation and "
            "endurance of network ties. Journal of Organization Design 9."
        ),
    ),
    settings=IntroductionSettings(),
)

__all__ = ["ADVISOR", "IntroductionSettings", "introductions"]
