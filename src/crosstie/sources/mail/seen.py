"""A set of message ids in 8 bytes each, so that millions of mails fit in memory."""

from __future__ import annotations

from array import array

_64_BITS = (1 << 64) - 1
_SLOTS = 1 << 15  # at first: 256 KiB, so that most readings never grow it


class Seen:
    """Remember which ids were met, by a hash of 64 bits.

    Among ten million mails the chance of one false "again" is below one in 300,000. Open addressing with
    linear probing; zero marks a free slot.
    """

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 * _SLOTS))
        self._mask = _SLOTS - 1
        self._free = _SLOTS // 2  # how many are left until half of them are taken

    def met_before(self, message_id: str) -> bool:
        """Say whether this id was met before, and remember it."""
        number = hash(message_id) & _64_BITS or 1
        slots, mask = self._slots, self._mask
        at = number & mask
        while found := slots[at]:
            if found == number:
                return True
            at = (at + 1) & mask
        slots[at] = number
        self._free -= 1
        if not self._free:
            self._grow()
        return False

    def _grow(self) -> None:
        old, size = self._slots, 2 * len(self._slots)
        slots, mask = array("Q", bytes(8 * size)), size - 1
        for number in filter(None, old):
            at = number & mask
            while slots[at]:
                at = (at + 1) & mask
            slots[at] = number
        self._slots, self._mask = slots, mask
        self._free = size // 2 - len(old) // 2
