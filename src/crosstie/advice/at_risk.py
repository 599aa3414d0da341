"""Knowledge at risk: topics about which one person, or two, answered nearly alone of late."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.advisor import Advisor
from crosstie.ideas.topics.profiles import Parts, Profiles
from crosstie.saying import mark

_MICROSECONDS_A_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRiskSettings:
    """When a topic hangs on few people; chosen, not learned (docs/explanation/routine.md).

    Attributes:
        recent_days: what was answered in so many days counts.
        least_answered: how many conversations about a topic must have been answered of late.
        least_answers: in how many of them somebody answered, to be one on whom it hangs: a word in passing
            does not make a second one who knows.
        nearly_all: the share of them in which those few answered.
        most_people: on how many people a topic may hang, to be called so.
    """

    recent_days: float = 182.0
    least_answered: int = 5
    least_answers: int = 2
    nearly_all: float = 0.8
    most_people: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class HangsOnFew:
    """A topic that hangs on one person or two.

    Attributes:
        topic: its row.
        people: the numbers of those few; for themselves alone, each for one's own eyes.
        answered: conversations about it that were answered of late.
        others: how many other people ever took part in a conversation about it.
    """

    topic: int
    people: tuple[int, ...]
    answered: int
    others: int


def at_risk(
    took: Parts, main: NDArray[np.int32], *, at: int, settings: AtRiskSettings | None = None
) -> tuple[HangsOnFew, ...]:
    """Return the topics that hang on few people; those with the most conversations first.

    Whoever takes part in a conversation that another began is taken to answer. In which order people or
    conversations stand makes no difference.

    Args:
        took: who took part in which conversation.
        main: (N,) the topic of each conversation, -1 for none.
        at: the date of the snapshot, microseconds since 1970.
        settings: see there.
    """
    chosen = settings or AtRiskSettings()
    topic_of = main[took.thread]
    since = at - int(chosen.recent_days * _MICROSECONDS_A_DAY)
    is_answer = ~took.began & (topic_of >= 0) & (took.last_at >= since)
    found = []
    for topic in np.unique(topic_of[is_answer]).tolist():
        rows = is_answer & (topic_of == topic)
        thread, person = took.thread[rows], took.person[rows]
        answered = len(np.unique(thread))
        who, times = np.unique(person, return_counts=True)
        few = who[times >= chosen.least_answers]
        of_few = len(np.unique(thread[np.isin(person, few)]))
        if (
            answered >= chosen.least_answered
            and 1 <= len(few) <= chosen.most_people
            and of_few >= chosen.nearly_all * answered
        ):
            everyone = np.unique(took.person[topic_of == topic])
            found.append(
                HangsOnFew(
                    topic=topic,
                    people=tuple(few.tolist()),
                    answered=answered,
                    others=int((~np.isin(everyone, few)).sum()),
                )
            )
    return tuple(sorted(found, key=lambda one: (-one.answered, one.topic)))


def who_is_near(found: Profiles, hangs: HangsOnFew) -> tuple[int, ...]:
    """Return the others who talk of a topic, whoever does most first; to choose from, not to be shown so."""
    rows = np.flatnonzero((found.topic == hangs.topic) & ~np.isin(found.person, hangs.people))
    order = rows[np.lexsort((found.person[rows], -found.weight[rows]))]
    return tuple(found.person[order].tolist())


ADVISOR = Advisor(
    name="at_risk",
    label="Knowledge at risk",
    question="About which topics did one person alone answer of late, or two?",
    how="Conversations in open places are gathered into topics by their words. Of each topic it is looked "
    "who took part, in the last half year, in conversations that others began. A topic stands here where at "
    "least five were answered, and one person, or two, took part in four of five of them while nobody else "
    "did so twice. Everybody reads the topic; who it is, only they themselves.",
    reading=mark(
        "One person who answers alone may fall ill, leave, or simply have enough of it. Two who know it are "
        "safer than one, and answering together is how the second one learns."
    ),
    cautions=(
        "Only open places count: others may well know it and say so elsewhere.",
        "Those who opted out are not counted; a topic that hangs on one may have a second.",
        "It says nothing about how good anybody is at their work, nor that anybody is about to leave.",
        "Topics are found by words; they may be cut too small or too large.",
    ),
    evidence="Who took part in conversations in open places, and when; of people who did not opt out.",
    references=(
        (
            "Avelino, G., Passos, L., Hora, A. and Valente, M. T. (2016). A novel approach for estimating "
            "truck factors. International Conference on Program Comprehension."
        ),
        "Looked at on the made-up company and a public community: docs/explanation/routine.md.",
    ),
    smallest_group=10,
    settings=AtRiskSettings(),
)

__all__ = ["ADVISOR", "AtRiskSettings", "HangsOnFew", "at_risk", "who_is_near"]
