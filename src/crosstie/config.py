"""Every setting of the network: name, default, and one sentence of help."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSettings:
    """How interactions become ties.

    Attributes:
        half_life_days: days after which an interaction counts half; 60 predicts best whether a known pair is
            active in the next 30 days, in two organisations (docs/explanation/ties.md).
        active_contact: decayed contact from which a tie is active; one reply within two half-lives is 0.25.
        smallest_group: groups smaller than this are not shown; never under 5.
        seed: the seed of layout and communities.
    """

    half_life_days: float = 60.0
    active_contact: float = 0.25
    smallest_group: int = 10
    seed: int = 20
