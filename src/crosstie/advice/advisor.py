"""What an advisor is: advice declared with its meaning, beside one pure function."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisor:
    """A kind of advice, declared with its meaning; its file holds the pure function that gives it.

    Attributes:
        name: the module's name, e.g. ``introductions``.
        label: what people read, e.g. ``People worth meeting``.
        question: the plain question it answers.
        reading: how to read what it says, one or two sentences.
        cautions: what it does not say.
        smallest_group: the smallest group its sums may be shown for; 1 where it is for oneself only.
        settings: a frozen dataclass with its settings at their defaults.
        references: papers and formulas.
    """

    name: str
    label: str
    question: str
    reading: str
    cautions: tuple[str, ...]
    smallest_group: int
    settings: object
    references: tuple[str, ...]
