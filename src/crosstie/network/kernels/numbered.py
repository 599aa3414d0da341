"""Hashes to numbers: whose an account is, and where an id stands; compiled."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.network.network import Indices

Hashes: TypeAlias = NDArray[np.uint64]

NOTHING = -(2**31)
"""The number of a hash that is not there."""

_ONE = np.uint64(1)


class Numbered(NamedTuple):
    """Hashes and their numbers; as many slots as a power of two, and half of them free or more.

    Attributes:
        hash: (S,) each at the first slot from that of its last bits on that was free.
        number: (S,) its number; `NOTHING` in a free slot.
    """

    hash: Hashes
    number: Indices


def numbered(hashes: Hashes, numbers: Indices) -> Numbered:
    """Return the hashes to be looked up; of doubled ones the first counts."""
    slots = 2 << len(hashes).bit_length()
    made = Numbered(np.zeros(slots, dtype=np.uint64), np.full(slots, NOTHING, dtype=np.int32))
    _put(made, hashes, numbers)
    return made


@compiled
def numbers_of(among: Numbered, hashes: Hashes) -> Indices:
    """Return the number of each hash, `NOTHING` where it is not there."""
    numbers = np.empty(len(hashes), dtype=np.int32)
    for at in range(len(hashes)):
        numbers[at] = number_of(among, hashes[at])
    return numbers


@compiled
def number_of(among: Numbered, hash_: np.uint64) -> int:
    """Return the number of a hash, `NOTHING` where it is not there."""
    last = np.uint64(len(among.hash) - 1)
    slot = hash_ & last
    while among.number[slot] != NOTHING:
        if among.hash[slot] == hash_:
            return int(among.number[slot])
        slot = (slot + _ONE) & last
    return NOTHING


@compiled
def _put(into: Numbered, hashes: Hashes, numbers: Indices) -> None:
    last = np.uint64(len(into.hash) - 1)
    for at in range(len(hashes)):
        slot = hashes[at] & last
        while into.number[slot] != NOTHING:
            slot = (slot + _ONE) & last
        into.hash[slot], into.number[slot] = hashes[at], numbers[at]
