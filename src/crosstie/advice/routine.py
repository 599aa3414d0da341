"""Questions that come again and again: each linked to earlier ones like it, the linked ones gathered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.advisor import Advisor
from crosstie.ideas import Answered, Asked, Index
from crosstie.ideas.finding import FEW_TEXTS
from crosstie.ideas.found import is_work
from crosstie.ideas.index import LIKE
from crosstie.ideas.requests import asks_something
from crosstie.saying import mark


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineSettings:
    """What counts as the same question; set on a development part (docs/explanation/routine.md).

    Attributes:
        least: how near an earlier question has to be, its answers' words counted, to be taken for the same
            (`crosstie.ideas.Index.similar`).
        each_way: how near each of the two has to be to the other by its own words: a long text that happens
            to hold all the words of a short one is not the same question.
        most_earlier: to how many earlier questions one is linked.
        together: two groups of questions become one where at least this share of the pairs between them is
            linked, so that a chain of questions of which each is like the next does not become one.
        most_asked: a group grows no larger.
        least_times: how often a question has to have been asked to be one that comes again.
        least_askers: by how many people.
        within_days: a question was asked before if one like it was asked and answered in so many days.
        most_questions: only the latest so many questions are looked at.
    """

    least: float = 0.8
    each_way: float = 0.35
    most_earlier: int = 20
    together: float = 0.5
    most_asked: int = 100
    least_times: int = 3
    least_askers: int = 2
    within_days: float = 182.0
    most_questions: int = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Questions and the earlier ones like them, by number of the index; L links, by question, nearest first.

    Attributes:
        looked_at: (Q,) numbers of the questions that were looked at, ascending.
        question: (L,) the later one.
        earlier: (L,) the earlier one, which was answered before the later was asked.
        nearness: (L,) how near it is; comparable between searches where there are many texts.
    """

    looked_at: NDArray[np.int64]
    question: NDArray[np.int64]
    earlier: NDArray[np.int64]
    nearness: NDArray[np.float64]


def links(
    index: Index,
    questions: Sequence[Asked],
    text_of: Callable[[Asked], str],
    settings: RoutineSettings | None = None,
) -> Links:
    """Link questions to earlier ones like them, each as it stood when it was asked.

    How rare a word is counts later texts too; nothing else later than the question is looked at.

    Args:
        index: with all of it; with fewer than 100 questions or answers nothing is linked.
        questions: all of it, in order of time.
        text_of: their words. What opens a thread and asks nothing is passed over, and so are changes.
        settings: see there.
    """
    chosen = settings or RoutineSettings()
    asked_in = {one.number: one for one in questions}
    ways: dict[int, dict[int, float]] = {}

    def from_(number: int) -> dict[int, float]:
        if number not in ways:
            ways[number] = dict(index.nearest_questions(text_of(asked_in[number])))
        return ways[number]

    looked_at: list[int] = []
    rows: list[tuple[int, int, float]] = []
    if min(index.counts()) < FEW_TEXTS:
        questions = ()  # how rare a word is says nothing yet
    for asked in questions[-chosen.most_questions :]:
        text = text_of(asked)
        answers = index.answers_to([asked.number]).get(asked.number, [])
        if not asks_something(text) or any(is_work(asked, one) for one in answers):
            continue
        looked_at.append(asked.number)
        found = index.similar(text, most=chosen.most_earlier, least=chosen.least, before=asked)
        forth = dict(index.nearest_questions(text, before=asked.number)) if found else {}
        rows += [
            (asked.number, one.asked.number, one.score)
            for one in found
            if forth.get(one.asked.number, 0.0) >= chosen.each_way
            and from_(one.asked.number).get(asked.number, 0.0) >= chosen.each_way
        ]
    later, earlier, nearness = zip(*rows, strict=True) if rows else ((), (), ())
    return Links(
        looked_at=np.array(looked_at, dtype=np.int64),
        question=np.array(later, dtype=np.int64),
        earlier=np.array(earlier, dtype=np.int64),
        nearness=np.array(nearness, dtype=np.float64),
    )


def gathered(found: Links, settings: RoutineSettings | None = None) -> tuple[tuple[int, ...], ...]:
    """Gather linked questions, the nearest first: numbers of the same question, asked twice or more often.

    Groups do not overlap. They stand by how often, then by their first number. In which order the links are
    given makes no difference.
    """
    chosen = settings or RoutineSettings()
    linked: defaultdict[int, set[int]] = defaultdict(set)
    rows = sorted(
        zip(found.question.tolist(), found.earlier.tolist(), found.nearness.tolist(), strict=True),
        key=lambda row: (-row[2], row[0], row[1]),
    )
    for later, earlier, _ in rows:
        linked[later].add(earlier)
        linked[earlier].add(later)
    group_of = {number: frozenset({number}) for number in linked}
    for later, earlier, _ in rows:
        one, other = group_of[later], group_of[earlier]
        if one is other or len(one) + len(other) > chosen.most_asked:
            continue
        between = sum(len(linked[number] & other) for number in one)
        if between >= chosen.together * len(one) * len(other):
            both = one | other
            group_of.update(dict.fromkeys(both, both))
    groups = {tuple(sorted(group)) for group in group_of.values() if len(group) > 1}
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def middle(group: Iterable[int], found: Links) -> tuple[int, ...]:
    """Return the questions of a group, first the one that the others are nearest to, on ties the latest."""
    members = tuple(group)
    inside = np.isin(found.question, members) & np.isin(found.earlier, members)
    weight = dict.fromkeys(members, 0.0)
    for ends in (found.question[inside], found.earlier[inside]):
        for number, nearness in zip(ends.tolist(), found.nearness[inside].tolist(), strict=True):
            weight[number] += nearness
    return tuple(sorted(members, key=lambda number: (-round(weight[number], 9), -number)))


def settled_by(
    answers: Iterable[Answered],
    *,
    accepted: frozenset[int],
    thanked: Mapping[int, int],
    nearness: Mapping[int, float],
) -> tuple[Answered, str] | None:
    """Return the answer that settled a question, and how that is known; None where there is none.

    The one that who asked accepted or thanked for; else the one most were thankful for; else the nearest to
    the words of the question, which nobody said settled it. On ties the latest.

    Args:
        answers: those to choose from.
        accepted: numbers of answers whose asker accepted them or gave thanks.
        thanked: how many others gave thanks, by number.
        nearness: by number, 0 where it is not there; what got no thanks has to be `LIKE` the question.

    Returns:
        The answer with `ACCEPTED`, `THANKED` or `NEAREST`.
    """
    best = max(
        (
            one
            for one in answers
            if one.number in accepted or thanked.get(one.number) or nearness.get(one.number, 0.0) >= LIKE
        ),
        key=lambda one: (
            one.number in accepted,
            thanked.get(one.number, 0),
            nearness.get(one.number, 0.0),
            one.at,
            one.number,
        ),
        default=None,
    )
    if best is None:
        return None
    how = ACCEPTED if best.number in accepted else THANKED if thanked.get(best.number) else NEAREST
    return best, how


ACCEPTED = mark("Whoever asked accepted this answer or gave thanks for it.")
THANKED = mark("Others gave thanks for this answer.")
NEAREST = mark("Nobody said which answer settled it; this one is nearest to the words of the question.")

MEASURED = mark(
    "By their words alone, questions that are alike are seldom the same. In a public community of experts, "
    "where nearly every question is new, of 30 pairs that are counted as one here 5 asked nearly the same, "
    "18 asked something else about the same matter, and 7 had nothing to do with each other; one reader "
    "judged. Where people had linked a question to an earlier one, that one was among the first five found "
    "in 38 of 100 cases."
)
"""How good it is where it can be checked; faces show it wherever recurring questions stand."""

ADVISOR = Advisor(
    name="routine",
    label="What comes again",
    question="Which questions come again and again, and what settled them?",
    how="Each question asked in an open place is laid beside the earlier ones that had been answered by "
    "then. Two are alike where they share their rare words both ways, and the answers' words count too. "
    "Questions of which most are alike are gathered; what was asked three times by at least two people is "
    "shown. The answer beside it is the one its asker accepted or gave thanks for, else the one others were "
    "thankful for, else the one nearest in its words.",
    reading="A question that comes again is worth one good page. Read the questions before you write it: "
    "alike is not the same.",
    cautions=(
        "Words are compared, not meaning: the same question in other words is missed.",
        "A share that falls may mean that people found the answer, or that they stopped asking.",
        "It says nothing about whoever asks or answers: asking again is how people learn.",
    ),
    evidence="Questions, answers and thanks in open places, of people who did not opt out.",
    references=(
        (
            "Robertson, S. and Zaragoza, H. (2009). The probabilistic relevance framework: BM25 and beyond. "
            "Foundations and Trends in Information Retrieval 3."
        ),
        (
            "Measured on two public communities: docs/explanation/evaluation/asked-before.md and "
            "docs/explanation/routine.md."
        ),
    ),
    smallest_group=10,
    settings=RoutineSettings(),
)

__all__ = [
    "ACCEPTED",
    "ADVISOR",
    "MEASURED",
    "NEAREST",
    "THANKED",
    "Links",
    "RoutineSettings",
    "gathered",
    "links",
    "middle",
    "settled_by",
]
