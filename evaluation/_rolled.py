"""Earlier questions of an archive, each as it stood when it was asked; for `routing`."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crosstie.actions import reading
from crosstie.actions.home import Home
from crosstie.advice.experts import FALLBACK
from crosstie.advice.history import History, Moment, moments, weights
from crosstie.config import AdviceSettings
from crosstie.ideas import Asked, Index, Names, NewIndex
from crosstie.ideas.messages import messages
from crosstie.ideas.threads import Answer, Question, questions_and_answers
from evaluation.unpacking import unpacked

RELEARNED = 25
_THANKED = "SELECT DISTINCT actor, replies_to FROM interactions WHERE kind = 'thanked' AND replies_to != ''"
SETTLED = 40  # times the index counts its common words while it rolls


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Questions and answers of one archive in order of time, and the names left out of their words."""

    rows: list[Question | Answer]
    names: Names
    thanked: frozenset[tuple[str, str]] = frozenset()  # who, for which message

    @property
    def questions(self) -> int:
        return sum(isinstance(one, Question) for one in self.rows)

    def before(self, question: int) -> Told:
        """Cut off a question and all that came later, answers to earlier ones too."""
        at = next(one.message.at for one in self.rows if isinstance(one, Question) and one.number == question)
        rows = [
            one
            for one in self.rows
            if one.message.at < at or (isinstance(one, Question) and one.number < question)
        ]
        return Told(rows=rows, names=self.names, thanked=self.thanked)

    def accepted_in(self, history: History) -> dict[int, int]:
        """Return who gave the answer that the asker accepted, by number of the question."""
        number_of = {key: row for row, key in enumerate(history.people)}
        asker = {one.number: one.asker for one in history.questions}
        return {
            one.question: number_of[one.message.author]
            for one in self.rows
            if isinstance(one, Answer) and (asker[one.question], one.message.external_id) in self.thanked
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """The questions to learn from and to look at, and the mix for each of the latter."""

    history: History
    test: list[Moment]
    mix: dict[int, NDArray[np.float64]]


def told_in(archive: Path, *, site: str = "") -> Told:
    """Read an archive as crosstie reads it; with a site its messages have links there.

    Keys of people are random; they become their order of arrival, so that every run gives the same.
    """
    with (
        unpacked(archive) as data,
        tempfile.TemporaryDirectory() as folder,
        Home(Path(folder) / "workspace") as home,
    ):
        reading.read(home, reading.plan(str(data), {"site": site} if site else {}))
        who = home.persons()
        with home.record.connect() as connection:
            said = list(messages(connection, who.person_of))
            thanked = connection.execute(_THANKED).fetchall()
        order: dict[str, str] = {}
        for one in said:
            order.setdefault(one.author, f"p{len(order):06}")
        rows = list(questions_and_answers(one._replace(author=order[one.author]) for one in said))
        return Told(
            rows=rows,
            names=Names(person.name for person in who.by_key.values()),
            thanked=frozenset(
                (order[person], answer)
                for account, answer in thanked
                if (person := who.person_of.get(account)) in order
            ),
        )


def rolled(told: Told, first: int, settings: AdviceSettings) -> Rolled:
    """Return the questions from number `first` on, each as it stood, with the mix of that time.

    The index holds nothing later than the question. The mix is learned anew every 25 questions, as with each
    snapshot, from those whose last answer was in by then.
    """
    with NewIndex(":memory:", names=told.names) as whole:
        whole.add(told.rows)
        history = History.of(whole)
    text = {one.number: one.message.text for one in told.rows if isinstance(one, Question)}
    done_at = {one.question: one.message.at for one in told.rows if isinstance(one, Answer)}
    earlier = [number for number in sorted(done_at) if number < first]
    wanted = {*earlier[-int(1.5 * settings.most_questions) :], *(one for one in done_at if one >= first)}
    with NewIndex(":memory:", names=told.names) as index:
        steps = rolling(index, told.rows, every=len(history.questions) // SETTLED)
        next(steps)
        seen = list(moments(history, wanted, lambda asked: text[asked.number], steps.send, settings))
    return Rolled(
        history=history,
        test=[one for one in seen if one.asked.number >= first],
        mix=_mixes(seen, first, done_at, settings),
    )


def _mixes(
    seen: Sequence[Moment], first: int, done_at: dict[int, int], settings: AdviceSettings
) -> dict[int, NDArray[np.float64]]:
    choices = [one.choice for one in seen]
    found: dict[int, NDArray[np.float64]] = {}
    mix = FALLBACK
    for one in seen:
        if one.asked.number < first:
            continue
        if len(found) % RELEARNED == 0:
            known = [
                choice
                for earlier, choice in zip(seen, choices, strict=True)
                if done_at[earlier.asked.number] < one.asked.at
            ]
            mix, _ = weights(known, settings)
        found[one.asked.number] = mix
    return found


def rolling(
    index: NewIndex, told: Sequence[Question | Answer], *, every: int
) -> Generator[Index, Asked, None]:
    """Take questions in order; give the index with all that was told before each."""
    asked: Asked = yield index
    settled = 0
    for one in told:
        while isinstance(one, Question) and asked is not None and one.number == asked.number:
            if one.number - settled > every:
                index.settle()
                settled = one.number
            asked = yield index
        index.add([one])
