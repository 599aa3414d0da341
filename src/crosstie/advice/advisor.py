"""What an advisor is: a piece of advice declared with its meaning; the functions stand beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisor:
    """A kind of advice, declared with its meaning.

    Attributes:
        name: a plain noun; also the module's name.
        label: what people read above it.
        question: the plain question it answers.
        how: how it is made, in a few plain sentences; faces show it with every piece of advice.
        reading: how to read it.
        cautions: what it does not say.
        evidence: what it rests on, and nothing else.
        references: papers, and what was measured.
        smallest_group: the smallest group its sums may be shown for; 1 where it is for oneself only.
        settings: a frozen dataclass with its settings at their defaults; None where there are none.
    """

    name: str
    label: str
    question: str
    how: str
    reading: str
    cautions: tuple[str, ...]
    evidence: str
    references: tuple[str, ...]
    smallest_group: int = 1
    settings: object = None
