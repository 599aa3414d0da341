"""Earlier questions as they stood when they were asked: who could answer, what spoke for them, who did."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.activity import Activity, Answers
from crosstie.advice.experts import FALLBACK, candidates, features
from crosstie.advice.mix import Choice, learned
from crosstie.advice.votes import Votes, votes
from crosstie.config import AdviceSettings
from crosstie.ideas import Asked, Index


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All questions and answers of an index, as columns.

    Attributes:
        people: (P,) keys of those who answered, sorted; a person's number is the row.
        places: (L,) keys of places, sorted.
        questions: in order of time.
        answers: everyone's first to each question, in order of time: ten messages in one thread are one
            answer.
    """

    people: tuple[str, ...]
    places: tuple[str, ...]
    questions: tuple[Asked, ...]
    answers: Answers

    @classmethod
    def of(cls, index: Index) -> Self:
        """Read it from an index."""
        questions, rows = index.every_question(), index.every_answer()
        people = sorted({row[1] for row in rows})
        places = sorted({one.place for one in questions})
        asker = {one.number: one.asker for one in questions}
        person_of, place_of = ({key: row for row, key in enumerate(keys)} for keys in (people, places))
        place = np.array([place_of[one.place] for one in questions], dtype=np.int32)
        number = np.array([row[0] for row in rows], dtype=np.int64)
        return cls(
            people=tuple(people),
            places=tuple(places),
            questions=tuple(questions),
            answers=Answers(
                question=number,
                author=np.array([person_of[row[1]] for row in rows], dtype=np.int32),
                # Questions are numbered from 1, without a gap.
                place=place[number - 1] if len(number) else np.empty(0, dtype=np.int32),
                at=np.array([row[2] for row in rows], dtype=np.int64),
                is_own=np.array([asker[row[0]] == row[1] for row in rows], dtype=np.bool_),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One earlier question at the moment it was asked.

    Attributes:
        asked: the question.
        asker, place: their numbers; None for an asker who never answered, or a place nobody answered in.
        activity: what everybody had answered.
        voted: what the questions and answers before it say.
        people: (C,) numbers of those who could be asked.
        answered: (C,) whether they did then answer.
    """

    asked: Asked
    asker: int | None
    place: int | None
    activity: Activity
    voted: Votes
    people: NDArray[np.int64]
    answered: NDArray[np.bool_]

    @property
    def choice(self) -> Choice:
        """Return it as something to learn from."""
        return Choice(
            features=features(self.activity, self.voted, self.place, self.people),
            answered=self.answered,
        )


def moments(
    history: History,
    wanted: Collection[int],
    text_of: Callable[[Asked], str],
    index_at: Callable[[Asked], Index],
    settings: AdviceSettings,
) -> Iterator[Moment]:
    """Yield earlier questions as they stood, in order of time, where somebody who could be asked answered.

    Nothing later than the question is looked at, but for who answered it.

    Args:
        history: all of it.
        wanted: numbers of questions.
        text_of: the words of a question.
        index_at: an index to look in; called once a question, in order. It may hold later ones, which are
            passed over, though how rare a word is counts them too; an evaluation gives one that holds none.
        settings: who could be asked.
    """
    number_of = {key: row for row, key in enumerate(history.people)}
    place_of = {key: row for row, key in enumerate(history.places)}
    answers = history.answers
    activity, known = Activity.before(answers, people=len(history.people)), 0
    order = np.argsort(answers.question, kind="stable")
    starts = np.searchsorted(answers.question[order], np.arange(1, len(history.questions) + 2))
    chosen = set(wanted)
    for asked in history.questions:
        if asked.number not in chosen:
            continue
        now = int(np.searchsorted(answers.at, asked.at, side="left"))
        activity, known = activity.after(answers.part(known, now), asked.at), now
        asker = number_of.get(asked.asker)
        people = candidates(activity, settings, asker=asker)
        then = answers.author[order[starts[asked.number - 1] : starts[asked.number]]]
        answered = np.isin(people, then)
        if not answered.any():
            continue
        yield Moment(
            asked=asked,
            asker=asker,
            place=place_of.get(asked.place),
            activity=activity,
            voted=votes(
                index_at(asked), text_of(asked), number_of=number_of, before=asked.number, until=asked.at - 1
            ),
            people=people,
            answered=answered,
        )


def weights(choices: Sequence[Choice], settings: AdviceSettings) -> tuple[NDArray[np.float64], int]:
    """Return the (F,) weights of the mix, and from how many questions they were learned; 0: `FALLBACK`."""
    latest = choices[-settings.most_questions :]
    if len(latest) < settings.least_questions:
        return FALLBACK, 0
    return learned(latest, penalty=settings.penalty, prior=FALLBACK), len(latest)
