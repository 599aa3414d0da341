"""Write the index of questions and answers, once; `crosstie.ideas.index` looks into it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from crosstie.ideas import words
from crosstie.ideas.finding import lengths_of
from crosstie.ideas.index import Index
from crosstie.ideas.messages import messages_and_work
from crosstie.ideas.naming import Names
from crosstie.ideas.paths import as_words
from crosstie.ideas.tables import TABLES
from crosstie.ideas.threads import Answer, Message, Question, questions_and_answers

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BATCH = 5_000


class NewIndex(Index):
    """An index to which questions and answers are added; one may look into it too.

    Args:
        file: where to write it; it must not be there. ":memory:" keeps none.
        names: taken out of every text, and out of what is looked for.
    """

    @staticmethod
    def _opened(file: Path | str) -> sqlite3.Connection:
        connection = sqlite3.connect(file, isolation_level=None)
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
        return connection

    @classmethod
    def build(
        cls,
        file: Path,
        connection: DuckDBPyConnection,
        *,
        person_of: Mapping[str, str],
        names: Iterable[str] = (),
        until: datetime | None = None,
    ) -> None:
        """Write the index of a record: of open places only, and of people who may be found.

        Args:
            file: where to write; it must not be there.
            connection: a DuckDB connection with the view ``interactions`` (`crosstie.record.Record.connect`).
            person_of: person by account. What others wrote is passed over, but for a question's place and
                time, so that those who answered it are not forgotten with it.
            names: full names of people, to be left out of the words.
            until: nothing later is taken in; everything, if not given.
        """
        with cls(file, names=Names(names)) as index:
            index.add(questions_and_answers(messages_and_work(connection, person_of, until=until)))
            index.settle()

    def add(self, told: Iterable[Question | Answer]) -> None:
        """Add questions and answers, in order of time."""
        stream = iter(told)
        connection = self._connection
        number = connection.execute("SELECT coalesce(max(id), 0) FROM answer").fetchone()[0]
        while batch := list(islice(stream, _BATCH)):
            connection.execute("BEGIN")
            asked = [one for one in batch if isinstance(one, Question)]
            answered = [one for one in batch if isinstance(one, Answer)]
            connection.executemany(
                "INSERT INTO question VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(one.number, *_row(one.message, one.message.place), _files(one.message)) for one in asked],
            )
            connection.executemany(
                "INSERT INTO asked(rowid, words) VALUES (?, ?)",
                [(one.number, self._words(one.message)) for one in asked],
            )
            numbers = range(number + 1, number + 1 + len(answered))
            number += len(answered)
            connection.executemany(
                "INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(key, one.question, *_row(one.message)) for key, one in zip(numbers, answered, strict=True)],
            )
            connection.executemany(
                "INSERT INTO answered(rowid, words) VALUES (?, ?)",
                [(key, self._words(one.message)) for key, one in zip(numbers, answered, strict=True)],
            )
            connection.execute("COMMIT")

    def settle(self) -> None:
        """Count what searches need counted, and join the parts of the index, so that they are quick."""
        for kind in ("asked", "answered"):
            self._connection.execute(f"INSERT INTO {kind}({kind}) VALUES ('optimize')")  # noqa: S608 - our names
            query = f"INSERT OR REPLACE INTO common SELECT ?, term, doc FROM {kind}_words WHERE doc >= ?"  # noqa: S608 - our names
            self._connection.execute(query, [kind, words.COMMON_FROM])
            lengths = lengths_of(self._connection, kind)
            size = np.min_scalar_type(lengths.max(initial=0)).itemsize
            packed = lengths.astype(f"<u{size}").tobytes()
            self._connection.execute("INSERT OR REPLACE INTO length VALUES (?, ?, ?)", [kind, size, packed])

    def _words(self, message: Message) -> str:
        # Of someone who may not be found, the words are not either.
        if not message.author:
            return ""
        text = self.names.without(message.text)
        return f"{text}\n{as_words(message.files, self.names)}" if message.files else text


def _row(message: Message, *place: str) -> tuple[str | int, ...]:
    # Of someone who may not be found, the text is not either.
    shown = (message.link, message.text) if message.author else ("", "")
    return message.external_id, message.author, *place, message.at, *shown


def _files(message: Message) -> str:
    return json.dumps(message.files, ensure_ascii=False) if message.author and message.files else ""
