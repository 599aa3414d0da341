"""Idea variety: of how many different topics a group talks, whatever its size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.topics.found import About
from crosstie.ideas.topics.profiles import Parts
from crosstie.insight.insight import Insight
from crosstie.privacy import Kind, showable_kinds
from crosstie.saying import mark


@dataclass(frozen=True, slots=True, kw_only=True)
class VarietySettings:
    """How variety is measured.

    Attributes:
        least_parts: in fewer conversations, counted once a person, it is not said.
        draws: bootstrap draws of people.
        interval: how much of them the interval holds.
    """

    least_parts: int = 60
    draws: int = 999
    interval: float = 0.9


INSIGHT = Insight(
    name="idea_variety",
    label=mark("Idea variety"),
    question=mark("Of how many different topics does a group talk?"),
    how=mark(
        "Take two people of the group at random, and of each one open conversation in which they said"
        " something. How seldom are both about the same? One time in twelve is said as twelve topics: so"
        " it would be in a group that talks of twelve topics equally often. Every person counts the same,"
        " however much they write, and two conversations of one person are never compared; so a large or busy"
        " group does not come out higher for that alone. The interval comes from drawing the people anew."
    ),
    reading=mark(
        "More topics: people of the group talk of different things. Fewer: they talk of the same. Neither is"
        " better: a team at one task should talk of it. It is worth a look where it falls."
    ),
    cautions=(
        mark("Different topics are not different opinions."),
        mark(
            "It counts only what is said in open places; a group that talks elsewhere looks narrow or is"
            " missing."
        ),
        mark("Topics come from words: a group that writes in two languages looks more varied than it is."),
        mark("Where intervals overlap, nothing is said about which group is more varied."),
    ),
    evidence=mark("Conversations in open places, up to the end of the last whole month."),
    references=(
        "Leinster, T., Cobbold, C. (2012). Measuring diversity. Ecology 93(3): with likeness, order two.",
        "Hurlbert, S. (1971). The nonconcept of species diversity. Ecology 52(4): pairs need no rarefaction.",
        "What was measured: docs/explanation/idea-flow.md.",
    ),
    smallest_group=10,
    settings=VarietySettings(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variety:
    """How varied one group is.

    Attributes:
        kind, group: which kind, and which of its groups.
        people: how many of it said something.
        topics: of how many topics they talk, as if equally of each.
        low, high: its interval.
    """

    kind: int
    group: int
    people: int
    topics: float
    low: float
    high: float


def idea_variety(
    took: Parts,
    about: About,
    kinds: list[Kind],
    *,
    topics: int,
    until: int,
    smallest: int,
    seed: int,
    settings: VarietySettings = INSIGHT.settings,  # type: ignore[assignment]  # it is the one declared above
) -> tuple[Variety, ...]:
    """Return how varied groups are, as far as it may be shown.

    Groups are counted by those who said something. What only lies within another group is held to the same
    rules as on the map, so that no small rest can be worked out.

    Args:
        took: who took part in which conversation; P people.
        about: what each conversation is about.
        kinds: ways of dividing the P people, those that matter most first.
        topics: how many topics there are.
        until: what came at that moment or later is left out; microseconds since 1970.
        smallest: people in the smallest group to show.
        seed: of chance.
        settings: how it is measured.
    """
    if not kinds:  # nobody is in any group: nothing is active
        return ()
    mixture, parts = _mixtures(took, about, people=len(kinds[0].group), topics=topics, until=until)
    spoke = [Kind(group=np.where(parts > 0, one.group, -1), count=one.count) for one in kinds]
    found = []
    for number, (kind, shown) in enumerate(zip(spoke, showable_kinds(spoke, smallest), strict=True)):
        for group in np.flatnonzero(shown).tolist():
            members = np.flatnonzero(kind.group == group)
            if parts[members].sum() < settings.least_parts:
                continue
            dice = np.random.default_rng([seed, number, group])
            value, low, high = _measured(mixture[members], dice, settings)
            if np.isfinite(value):
                found.append(
                    Variety(kind=number, group=group, people=len(members), topics=value, low=low, high=high)
                )
    return tuple(found)


def _mixtures(
    took: Parts, about: About, *, people: int, topics: int, until: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return (P, T) what each person's conversations are about on average, and (P,) how many they are.

    Of each conversation by its length, so that the product of two is the cosine between them.
    """
    weight = about.weight[took.thread].astype(np.float64)
    counted = (took.first_at < until) & (weight.sum(axis=1) > 0)
    weight, thread = weight[counted], took.thread[counted]
    who = took.person[counted].astype(np.int64)
    weight /= np.linalg.norm(weight, axis=1, keepdims=True)
    row, rank = np.nonzero(weight > 0)
    cell = who[row] * topics + about.topic[thread[row], rank]
    sums = np.bincount(cell, weights=weight[row, rank], minlength=people * topics)
    parts = np.bincount(who, minlength=people)
    return sums.reshape(people, topics) / np.maximum(parts, 1)[:, None], parts


def _measured(
    mixture: NDArray[np.float64], dice: np.random.Generator, settings: VarietySettings
) -> tuple[float, float, float]:
    """Return a group's variety and its interval; nobody is compared with themself."""
    people = len(mixture)
    alike = mixture @ mixture.T
    np.fill_diagonal(alike, 0.0)
    times = dice.multinomial(people, np.full(people, 1 / people), size=settings.draws).astype(np.float64)
    sums = np.einsum("si,ij,sj->s", times, alike, times, optimize=True)
    pairs = people * people - (times**2).sum(axis=1)
    drawn = np.divide(sums, pairs, out=np.zeros_like(sums), where=pairs > 0)
    overlap = float(alike.sum() / (people * (people - 1)))
    outside = (1 - settings.interval) / 2
    low, high = np.quantile(drawn, (outside, 1 - outside)).tolist()
    return _inverse(overlap), _inverse(high), _inverse(low)


def _inverse(overlap: float) -> float:
    return 1 / overlap if overlap > 0 else float("inf")
