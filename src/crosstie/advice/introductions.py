"""Introductions worth making: people two steps away with whom a circle becomes larger and more varied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from crosstie.advice.advisor import Advisor
from crosstie.advice.allotting import lists
from crosstie.advice.colleagues import Colleagues
from crosstie.advice.common_ground import common_ground, has_newcomer
from crosstie.advice.introduction import Introduction
from crosstie.advice.worthwhile import Taste, Worthwhile, worthwhile
from crosstie.people.meeting import MeetingRules


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionSettings:
    """How introductions are chosen.

    Attributes:
        most: how many introductions to make at most.
        bridge_share: the share of them kept for groups the person hardly reaches, rounded to whole people.
        mutual_shown: how many mutual contacts to name at most.
        taste: what makes somebody worth meeting.
    """

    most: int = 3
    bridge_share: float = 0.3
    mutual_shown: int = 3
    taste: Taste = field(default_factory=Taste)

    @property
    def bridges(self) -> int:
        """How many of the introductions are kept for groups the person hardly reaches."""
        return round(self.bridge_share * self.most)


def introductions(
    person: str, *, colleagues: Colleagues, rules: MeetingRules, settings: IntroductionSettings | None = None
) -> tuple[Introduction, ...]:
    """Return the introductions worth making for one person, the best first; none if the person may not meet.

    Who is a candidate and what each is worth stands in `crosstie.advice.worthwhile`; a share of the list is
    kept for groups that the person hardly reaches. Whoever hides behind a key makes no difference, and equal
    ones are told apart by the seed.

    Raises:
        KeyError: the person is not in this network.
    """
    chosen = settings or IntroductionSettings()
    me = np.array([colleagues.index_of(person)], dtype=np.int64)
    found = worthwhile(me, colleagues=colleagues, rules=rules, taste=chosen.taste)
    rows = lists(found, most=chosen.most, bridges=chosen.bridges, named_at_most=1, nobody_forgotten=False)
    return said(found, rows, colleagues=colleagues, rules=rules, settings=chosen)


def said(
    found: Worthwhile,
    rows: Sequence[int],
    *,
    colleagues: Colleagues,
    rules: MeetingRules,
    settings: IntroductionSettings,
) -> tuple[Introduction, ...]:
    """Return introductions with their reasons for some rows of candidates, in that order."""
    return tuple(_introduction(found, row, colleagues, rules, settings) for row in rows)


def _introduction(
    found: Worthwhile, row: int, colleagues: Colleagues, rules: MeetingRules, chosen: IntroductionSettings
) -> Introduction:
    me, other = int(found.person[row]), int(found.candidate[row])
    mine, theirs = str(colleagues.persons[me]), str(colleagues.persons[other])
    ground = common_ground(colleagues, me, other, unnamed=rules.opted_out)
    is_bridge = bool(found.bridge_worth[row] > 0)
    varied, alike = float(found.diversity_gain[row]), float(found.likeness[row])
    return Introduction(
        person=mine,
        candidate=theirs,
        mutual=ground.mutual[: chosen.mutual_shown],
        shared_contacts=len(ground.mutual),
        shared_places=ground.shared_places,
        differences=ground.differences,
        is_bridge=is_bridge,
        size_gain=float(found.size_gain[row]),
        diversity_gain=None if np.isnan(varied) else varied,
        likeness=None if np.isnan(alike) else alike,
        task=ground.task(
            newcomer=has_newcomer(colleagues, (mine, theirs), on=rules.on),
            is_bridge=is_bridge,
            seed=f"{chosen.taste.seed}|{mine}|{theirs}",
        ),
    )


ADVISOR = Advisor(
    name="introductions",
    label="People worth meeting",
    question="Whom do I not know yet, with whom my circle would become larger and more varied?",
    how="People two steps away through open ties, whom you do not know yet. The nearer they are, over people "
    "you both know and conversations you both took part in, the earlier they come; those who are most or "
    "least like you come later. One place in three is kept for groups you hardly reach, for those who would "
    "add most to your circle.",
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

__all__ = ["ADVISOR", "IntroductionSettings", "introductions", "said"]
