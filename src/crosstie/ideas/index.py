"""The index of questions and answers: one SQLite file with FTS5, and the texts to show of what is found."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.finding import lengths_of, nearest, telling, with_rarest
from crosstie.ideas.found import Answered, Asked, Found, is_work
from crosstie.ideas.naming import Names
from crosstie.ideas.paths import is_named, named_in
from crosstie.ideas.recency import recent
from crosstie.ideas.searches import Searches

NEAREST = 100
"""How many of the nearest questions and answers are looked at."""

LIKE = 0.25
"""How near an earlier question has to be, by its words and its answers', to be called one like this."""

_NO_END = 2**62


class Index:
    """Questions and answers, found by their words.

    Rows stand in order of time, so "before" is a smaller number. Nothing is changed once it is added, and so
    a search looks at what was known at any earlier moment.

    Args:
        file: an index that was written (`crosstie.ideas.new_index`).
        names: taken out of what is looked for.
        searches: keeps what was found; only for an index to which nothing is added.

    Raises:
        FileNotFoundError: there is no such file.
    """

    def __init__(
        self,
        file: Path | str,
        *,
        names: Names | None = None,
        searches: Searches | None = None,
    ) -> None:
        self.names = names or Names()
        self._searches = searches
        self._connection = self._opened(file)

    @staticmethod
    def _opened(file: Path | str) -> sqlite3.Connection:
        if not Path(file).is_file():
            raise FileNotFoundError(file)
        return sqlite3.connect(f"{Path(file).absolute().as_uri()}?mode=ro", uri=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def counts(self) -> tuple[int, int]:
        """Return how many questions and how many answers there are."""
        row = self._connection.execute(
            "SELECT (SELECT count(*) FROM question), (SELECT count(*) FROM answer)"
        ).fetchone()
        return int(row[0]), int(row[1])

    def nearest_questions(
        self, text: str, *, most: int = NEAREST, before: int = _NO_END
    ) -> list[tuple[int, float]]:
        """Return numbers of the questions nearest to a text, nearest first, with how near they are.

        That is their BM25 as a share of what a text with all the words looked for would have: 0 says that
        none of them is there. Words that no question has count too. Where there are few texts, how rare a
        word is says nothing, and it is the share of the nearest one's.

        Args:
            text: what is looked for.
            most: how many.
            before: only questions with a smaller number.
        """
        return self._nearest("asked", text, most, before)

    def nearest_answers(
        self, text: str, *, most: int = NEAREST, until: int = _NO_END
    ) -> list[tuple[int, float]]:
        """Return numbers of the answers nearest to a text, as `nearest_questions`; those up to a time."""
        before = _NO_END
        if until != _NO_END:
            later = self._connection.execute(
                "SELECT id FROM answer WHERE at > ? ORDER BY at, id LIMIT 1", [until]
            ).fetchone()
            before = _NO_END if later is None else later[0]
        return self._nearest("answered", text, most, before)

    def questions(self, numbers: Collection[int]) -> dict[int, Asked]:
        """Return questions by their numbers."""
        rows = self._rows("SELECT id, external_id, asker, place, at FROM question WHERE id IN", numbers)
        return {row[0]: Asked(*row) for row in rows}

    def answers(self, numbers: Collection[int]) -> dict[int, Answered]:
        """Return answers by their numbers."""
        rows = self._rows("SELECT id, question, external_id, author, at FROM answer WHERE id IN", numbers)
        return {row[0]: Answered(*row) for row in rows}

    def answers_to(self, questions: Collection[int]) -> dict[int, list[Answered]]:
        """Return the answers to questions, oldest first; a question without answers is not there."""
        rows = self._rows(
            "SELECT id, question, external_id, author, at FROM answer WHERE question IN",
            questions,
            " ORDER BY id",
        )
        found: dict[int, list[Answered]] = {}
        for row in rows:
            found.setdefault(row[1], []).append(Answered(*row))
        return found

    def similar(
        self,
        text: str,
        *,
        most: int = 5,
        best_answers: int = 2,
        least: float = LIKE,
        before: Asked | None = None,
    ) -> tuple[Found, ...]:
        """Return earlier questions that were answered, nearest first, each with its nearest answers.

        How near a question is: its own share and that of its nearest answer, summed, because people who ask
        the same in other words are often answered in the same words. What is less than `least` is not like
        it. Among those that are, the recent ones come forward. What came after `before` is not seen.
        """
        end, at = (before.number, before.at) if before else (_NO_END, _NO_END)
        by_question = dict(self.nearest_questions(text, before=end))
        by_answer = dict(self.nearest_answers(text, until=at if at == _NO_END else at - 1))
        scores = dict(by_question)
        best: dict[int, float] = {}
        for row, answer in self.answers(list(by_answer)).items():
            best[answer.question] = max(best.get(answer.question, 0.0), by_answer[row])
        for question, score in best.items():
            scores[question] = scores.get(question, 0.0) + score
        near = self.answers_to([one for one, score in scores.items() if score >= least and one < end])
        replies = {one: kept for one, rows in near.items() if (kept := [row for row in rows if row.at < at])}
        # A change is no question, though it stands in one's place.
        asked = {
            number: one
            for number, one in self.questions(list(replies)).items()
            if not any(is_work(one, answer) for answer in replies[number])
        }
        latest = (before.at if before else self._latest()) if replies else 0
        ranks = {number: scores[number] + recent(one.at, latest) for number, one in asked.items()}
        order = sorted(ranks, key=lambda number: (-ranks[number], -number))[:most]
        return tuple(
            Found(
                asked[number],
                scores[number],
                tuple(
                    sorted(replies[number], key=lambda one: (-by_answer.get(one.number, 0.0), one.number))[
                        :best_answers
                    ]
                ),
            )
            for number in order
        )

    def originals(self, rows: Iterable[Asked | Answered]) -> dict[str, tuple[str, str]]:
        """Return text and link of questions and answers by external id; of those who may be found."""
        found: dict[str, tuple[str, str]] = {}
        given = list(rows)
        for table, kind in (("question", Asked), ("answer", Answered)):
            numbers = [one.number for one in given if isinstance(one, kind)]
            query = f"SELECT external_id, text, link FROM {table} WHERE text != '' AND id IN"  # noqa: S608 - our names
            found |= {row[0]: (row[1], row[2]) for row in self._rows(query, numbers)}
        return found

    def files(self, changes: Iterable[Asked]) -> dict[int, tuple[str, ...]]:
        """Return by number the names of the files that changes touched, of those of which any are known."""
        query = "SELECT id, files FROM question WHERE files != '' AND id IN"
        rows = self._rows(query, [one.number for one in changes])
        return {number: tuple(json.loads(files)) for number, files in rows}

    def changes_of_files(self, text: str) -> dict[int, tuple[str, ...]]:
        """Return by number the changes of those files that a text names exactly, each with which they are."""
        named = named_in(text)
        numbers = {
            number for one in named for number in with_rarest(self._connection, self.names.without(one))
        }
        if not numbers:
            return {}
        rows = self._rows("SELECT id, files FROM question WHERE files != '' AND id IN", numbers)
        found = {
            number: tuple(path for path in json.loads(files) if is_named(path, named))
            for number, files in rows
        }
        return {number: paths for number, paths in found.items() if paths}

    def telling(self, text: str) -> frozenset[str]:
        """Return the stems of those words of a text that questions, and changes, are looked for by."""
        return telling(self._connection, "asked", self.names.without(text), lengths=self._lengths("asked"))

    def texts_of(self, person: str) -> Iterator[str]:
        """Yield what a person asked and answered, the latest first."""
        rows = self._connection.execute(
            "SELECT text, at FROM question WHERE asker = ? UNION ALL SELECT text, at FROM answer"
            " WHERE author = ? ORDER BY at DESC",
            [person, person],
        )
        return (text for text, _ in rows if text)

    def answered_by(self, person: str) -> list[int]:
        """Return the numbers of the questions of others that a person answered, in no order."""
        rows = self._connection.execute(
            "SELECT DISTINCT question FROM answer JOIN question ON question.id = answer.question"
            " WHERE author = ? AND asker <> author",
            [person],
        )
        return [number for (number,) in rows]

    def every_question(self) -> list[Asked]:
        """Return all questions, in order of time."""
        return [
            Asked(*row)
            for row in self._connection.execute(
                "SELECT id, external_id, asker, place, at FROM question ORDER BY id"
            )
        ]

    def times(self) -> NDArray[np.int64]:
        """Return (Q,) when each question was asked, microseconds since 1970, by number from 1."""
        rows = self._connection.execute("SELECT at FROM question ORDER BY id")
        return np.fromiter((at for (at,) in rows), dtype=np.int64)

    def every_answer(self) -> list[tuple[int, str, int]]:
        """Return question, author and time of everyone's first answer to each question, in order of time."""
        return self._connection.execute(
            "SELECT question, author, at FROM answer"
            " WHERE id IN (SELECT min(id) FROM answer GROUP BY question, author) ORDER BY id"
        ).fetchall()

    def _latest(self) -> int:
        return int(self._connection.execute("SELECT at FROM question ORDER BY id DESC").fetchone()[0])

    def _nearest(self, kind: str, text: str, most: int, before: int) -> list[tuple[int, float]]:
        def look() -> list[tuple[int, float]]:
            return nearest(
                self._connection,
                kind,
                self.names.without(text),
                lengths=self._lengths(kind),
                most=most,
                before=before,
            )

        return self._searches.once((kind, text, most, before), look) if self._searches else look()

    def _lengths(self, kind: str) -> NDArray[np.unsignedinteger]:
        look = partial(lengths_of, self._connection, kind)
        return self._searches.lengths(kind, look) if self._searches else look()

    def _rows(self, query: str, numbers: Collection[int], order: str = "") -> list[tuple[Any, ...]]:
        # Numbers are ours and whole, so they may stand in the query; SQLite bounds the bound values.
        listed = ", ".join(str(int(number)) for number in numbers)
        return self._connection.execute(f"{query} ({listed}){order}").fetchall()
