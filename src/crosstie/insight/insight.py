"""What an insight is: something to understand of groups, declared with its meaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight:
    """Something to understand of an organisation, declared with its meaning.

    Attributes:
        name: a plain noun; also the module's name.
        label: what people read above it.
        question: the plain question it answers.
        how: how it is made, in a few plain sentences; faces show it beside the result.
        reading: how to read it.
        cautions: what it does not say.
        evidence: what it rests on, and nothing else.
        references: papers, and what was measured.
        smallest_group: the smallest group it is shown for; a workspace may ask for more.
        settings: a frozen dataclass with its settings at their defaults.
    """

    name: str
    label: str
    question: str
    how: str
    reading: str
    cautions: tuple[str, ...]
    evidence: str
    references: tuple[str, ...]
    smallest_group: int
    settings: object
