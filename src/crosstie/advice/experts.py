"""Three people likely to help: who answered questions like this one, here, and lately."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.activity import MICROSECONDS_A_DAY, NEVER, Activity
from crosstie.advice.advisor import Advisor
from crosstie.advice.mix import standardised
from crosstie.advice.touched import put_first
from crosstie.advice.votes import Near, Votes
from crosstie.config import AdviceSettings
from crosstie.ideas import Answered

FEATURES = (
    "answers so far",
    "answers, halved every 60 days",
    "answers, halved every 7 days",
    "answers, halved every day",
    "answers here, halved every 365 days",
    "answers here, halved every 30 days",
    "answers here, halved every 7 days",
    "votes of the 20 nearest questions",
    "votes of the 100 nearest questions",
    "votes of the 100 nearest answers",
    "days since the last answer",
    "share of their answers that went to the 100 nearest questions",
    "nearness of the questions like it that they answered",
)

FALLBACK = np.array([-0.45, 0.55, 0.0, 0.0, 0.4, 0.1, 0.0, 0.1, 0.25, 0.25, -0.6, 0.15, 0.15])
"""(F,) weights where there are too few questions to learn from; learning is pulled towards them.

About what was learned on the development parts of four public communities
(docs/explanation/evaluation/routing.md). Who has answered much altogether counts less once it is known how
lately, and where.
"""

_FEW_ANSWERS = 5
"""Answers added to everyone's before a share of them is taken: one of two says less than ten of twenty."""

_SHOWN = 3
LITTLE = 0.02
"""In logarithms: so small a deviation, or less, is no difference between people's votes."""

_LEAST_SPREAD = np.array([0.25] * 7 + [LITTLE] * 3 + [0.25, LITTLE / 2, LITTLE])
"""(F,) the same of each part of the mix; of all but votes a quarter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expert:
    """One person likely to help, and why.

    Attributes:
        person: their number.
        score: larger is likelier; comparable within one question.
        answers: earlier answers of theirs that speak for them, the nearest first.
        near: how many near questions they answered.
        last_at: when they last answered somebody, microseconds since 1970; `NEVER` where they only wrote
            changes of their own.
        here: their answers in the place asked in, halved every 30 days.
    """

    person: int
    score: float
    answers: tuple[Answered, ...]
    near: int
    last_at: int
    here: float


def candidates(
    activity: Activity,
    settings: AdviceSettings,
    *,
    asker: int | None,
    excluded: NDArray[np.bool_] | None = None,
) -> NDArray[np.int64]:
    """Return the numbers of the people who could be asked.

    Args:
        activity: what everybody answered so far.
        settings: how many earlier answers it takes.
        asker: who asks, if they are among the people.
        excluded: (P,) who may not be suggested.
    """
    fit = activity.answers >= settings.least_answers
    if asker is not None:
        fit[asker] = False
    if excluded is not None:
        fit &= ~excluded
    return np.flatnonzero(fit)


def features(
    activity: Activity, voted: Votes, place: int | None, people: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return (C, F) the features of these people, standardised among them; see `FEATURES`."""
    last = activity.last_at[people]
    days = np.where(last == NEVER, 3650.0, (activity.at - last) / MICROSECONDS_A_DAY)
    here = np.zeros((len(people), 3)) if place is None else activity.here(place)[people]
    return standardised(
        np.column_stack(
            [
                np.log1p(activity.answers[people]),
                np.log(activity.recent[people] + 0.1),
                np.log(here + 0.1),
                np.log1p(voted.votes[people]),
                np.log1p(np.maximum(days, 0.0)),
                voted.votes[people, 1] / (activity.answers[people] + _FEW_ANSWERS),
                np.log1p(voted.like[people]),
            ]
        ),
        _LEAST_SPREAD,
    )


def suggest(
    activity: Activity,
    voted: Votes,
    *,
    weights: NDArray[np.float64],
    settings: AdviceSettings,
    most: int = 3,
    asker: int | None = None,
    place: int | None = None,
    excluded: NDArray[np.bool_] | None = None,
    asked_lately: NDArray[np.float64] | None = None,
) -> tuple[Expert, ...]:
    """Return the people likeliest to help, likeliest first.

    Args:
        activity: what everybody answered so far.
        voted: what the index says about the question.
        weights: (F,) of the mix, learned or `FALLBACK`.
        settings: how much is spared the busy.
        most: how many people.
        asker: number of who asks, if they are among the people.
        place: number of the place asked in, if it is known and anybody answered there.
        excluded: (P,) who may not be suggested: opted out, asked to be left alone, asked often enough.
        asked_lately: (P,) how often they were asked of late, by the caller's count; adds to how busy
            they are.
    """
    people = candidates(activity, settings, asker=asker, excluded=excluded)
    if not len(people):
        return ()
    scores = likeliest(activity, voted, place, people, weights=weights)
    scores = put_first(scores, voted, people, step=settings.spare_at_most)
    scores = scores - spared(activity, people, settings, asked_lately)
    order = np.lexsort((people, -scores))[:most]
    return explained(activity, voted, people[order], scores[order], place=place)


def explained(
    activity: Activity,
    voted: Votes,
    people: NDArray[np.int64],
    scores: NDArray[np.float64],
    *,
    place: int | None,
) -> tuple[Expert, ...]:
    """Return these people, in their order, each with what speaks for them.

    Args:
        activity: what everybody answered so far.
        voted: what the index says about the question.
        people: (C,) their numbers.
        scores: (C,) how likely they are to help.
        place: number of the place asked in, if it is known and anybody answered there.
    """
    here = None if place is None else activity.here(place)
    behind: dict[int, list[Near]] = {int(person): [] for person in people}
    for one in voted.near:
        if one.person in behind:
            behind[one.person].append(one)
    found = []
    for row, person in enumerate(people.tolist()):
        theirs = sorted(behind[person], key=lambda one: (-one.nearness, -one.answer.number))
        found.append(
            Expert(
                person=person,
                score=float(scores[row]),
                answers=_of_different_questions(theirs),
                near=len({one.answer.question for one in theirs}),
                last_at=int(activity.helped_at[person]),
                here=0.0 if here is None else float(here[person, 1]),
            )
        )
    return tuple(found)


def _of_different_questions(near: list[Near]) -> tuple[Answered, ...]:
    """Return the first answer to each of the first questions."""
    first = {one.answer.question: one.answer for one in reversed(near)}
    return tuple(one.answer for one in near if first[one.answer.question] is one.answer)[:_SHOWN]


def likeliest(
    activity: Activity,
    voted: Votes,
    place: int | None,
    people: NDArray[np.int64],
    *,
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return (C,) how likely these people are to help, by the mix: logs of their chances, but for a constant.

    Whose score is less by 0.15 has a chance less by a seventh.
    """
    scores: NDArray[np.float64] = features(activity, voted, place, people) @ weights
    return scores


def burden(
    activity: Activity,
    people: NDArray[np.int64],
    settings: AdviceSettings,
    asked_lately: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Return (C,) how busy these people are: the log of how much more they answered of late than is much.

    Load is no matter of comparison: where nobody answers more than a few questions a week, nobody has to be
    spared, and the one who does answer is still the one to ask.
    """
    lately = activity.to_others[people]
    if asked_lately is not None:
        lately = lately + asked_lately[people]
    made: NDArray[np.float64] = np.log(np.maximum(lately, settings.busy_from) / settings.busy_from)
    return made


def spared(
    activity: Activity,
    people: NDArray[np.int64],
    settings: AdviceSettings,
    asked_lately: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Return (C,) how far these people step back, in the scores of `likeliest`.

    For what they answered of their own accord they step back behind those nearly as likely, and behind
    nobody else; for what was put to them here they step back as far as it takes.
    """
    answered = burden(activity, people, settings)
    asked = burden(activity, people, settings, asked_lately) - answered
    own: NDArray[np.float64] = np.minimum(settings.spare_busy * answered, settings.spare_at_most)
    made: NDArray[np.float64] = own + settings.spare_asked * asked
    return made


ADVISOR = Advisor(
    name="experts",
    label="Three people likely to help",
    question="Who has helped with something like this, here and lately?",
    how="Everyone who answered at least two questions in open places, or wrote or reviewed two changes, is "
    "weighed by how lately they did, how much of it where such questions are asked, and how much of what is "
    "nearest to this question was theirs. The mix is learned from the questions asked here before. Of those "
    "nearly as likely, whoever answered much lately steps back; whoever was asked much lately always does.",
    reading="Likeliest first; where a file is named, those before all who changed or reviewed it. Each comes "
    "with what speaks for them.",
    cautions=(
        "It tells who answered such questions, not who knows most, nor how good anybody is at their work.",
        "Who helps in person, or in closed places, leaves no trace here.",
        "It was measured by who did answer; whoever was never asked had no chance to.",
    ),
    evidence="Questions, answers, changes and reviews in open places: words, names of files, authors, times "
    "and places.",
    references=(
        "Balog, K., Azzopardi, L. and de Rijke, M. (2006). Formal models for expert finding. SIGIR.",
        "Macdonald, C. and Ounis, I. (2006). Voting for candidates: adapting data fusion. CIKM.",
        "McFadden, D. (1974). Conditional logit analysis of qualitative choice behavior.",
        "Measured on four public communities: docs/explanation/evaluation/routing.md.",
    ),
    settings=AdviceSettings(),
)
