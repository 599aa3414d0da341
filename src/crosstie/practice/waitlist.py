"""Who comes first and who waits, drawn so that anyone can repeat the draw and prove it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from crosstie.errors import UsageRefused

METHOD = "sha256 of seed, line feed, person; ascending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A draw as it is stored; nothing in it can be changed without `is_as_drawn` noticing.

    Attributes:
        seed: what was drawn with; to be made by chance, before anyone knows who is in the draw.
        people: person keys, sorted.
        capacity: how many come first.
        order: the same people in the order drawn.
        method: how the order follows from the seed.
        digest: sha256 of all of the above, in hexadecimal digits.
    """

    seed: str
    people: tuple[str, ...]
    capacity: int
    order: tuple[str, ...]
    method: str
    digest: str

    @property
    def invited(self) -> tuple[str, ...]:
        """Return those who come first."""
        return self.order[: self.capacity]

    @property
    def waiting(self) -> tuple[str, ...]:
        """Return the rest, in the order in which they are next: until then the comparison group."""
        return self.order[self.capacity :]


def draw(people: Iterable[str], *, capacity: int, seed: str) -> Draw:
    r"""Draw who comes first: the same people and seed give the same draw, in whatever order they are given.

    The order is that of ``sha256(seed + "\n" + person)``, which any other program can compute.

    Args:
        people: person keys, each once.
        capacity: how many come first.
        seed: at least 16 characters made by chance, so that nobody can try seeds until they like the draw.

    Raises:
        UsageRefused: someone stands there twice, the seed is short, or the capacity is not among 1 to n.
    """
    given = list(people)
    everyone = tuple(sorted(set(given)))
    if len(everyone) < len(given):
        raise UsageRefused("Someone stands in the draw twice.", hint="Name everyone once.")
    if len(seed) < 16:  # noqa: PLR2004 - said in the docstring
        raise UsageRefused(
            f"The seed has {len(seed)} characters, and 16 is the least.", hint="Make one by chance."
        )
    if not 1 <= capacity <= len(everyone):
        raise UsageRefused(
            f"{capacity} of {len(everyone)} people cannot be drawn.",
            hint=f"Name a capacity between 1 and {len(everyone)}.",
        )
    order = tuple(
        sorted(everyone, key=lambda person: (hashlib.sha256(f"{seed}\n{person}".encode()).digest(), person))
    )
    return Draw(
        seed=seed,
        people=everyone,
        capacity=capacity,
        order=order,
        method=METHOD,
        digest=_digest(seed, everyone, capacity, order),
    )


def is_as_drawn(stored: Draw) -> bool:
    """Say whether a stored draw is what its seed gives, and nothing in it was changed."""
    try:
        return draw(stored.people, capacity=stored.capacity, seed=stored.seed) == stored
    except UsageRefused:
        return False


def _digest(seed: str, people: tuple[str, ...], capacity: int, order: tuple[str, ...]) -> str:
    text = json.dumps([METHOD, seed, people, capacity, order], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


__all__ = ["METHOD", "Draw", "draw", "is_as_drawn"]
