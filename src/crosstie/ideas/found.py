"""Rows of the index, as plain values."""

from __future__ import annotations

from typing import NamedTuple


class Asked(NamedTuple):
    """A question of the index; `at` in microseconds since 1970, `asker` "" where nobody may be named."""

    number: int
    external_id: str
    asker: str
    place: str
    at: int


class Answered(NamedTuple):
    """An answer of the index, to the question of that number."""

    number: int
    question: int
    external_id: str
    author: str
    at: int


class Found(NamedTuple):
    """An earlier question, how near it is (larger is nearer, comparable within one search), its answers."""

    asked: Asked
    score: float
    answers: tuple[Answered, ...]


def is_work(asked: Asked, answer: Answered) -> bool:
    """Say whether what stands for a question is a change, and what stands for an answer its author's part."""
    return asked.external_id == answer.external_id
