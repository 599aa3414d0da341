"""What an honest export stays under, and the names it may hold: kept by every pass over an archive."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from crosstie.errors import ExportUnsafe

_UNPACKED_IN_STEPS_OF = 1 << 20
_NOISE = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
_LINK_HINT = "Unpack it yourself, look at what it holds, and give crosstie the folder without links."


@dataclass(frozen=True, slots=True)
class Limits:
    """What an honest export stays under.

    Attributes:
        members: how many files. A day file per channel and day for ten years of 250 channels.
        total_bytes: unpacked bytes in all.
        member_bytes: bytes of one file that is read whole (`Member.read`).
        ratio: unpacked bytes for each packed one. Chat JSON reaches about 30; bombs start at 1,000.
        ratio_from_bytes: below this many unpacked bytes the ratio is of no concern.
    """

    members: int = 1_000_000
    total_bytes: int = 200 << 30
    member_bytes: int = 2 << 30
    ratio: float = 250.0
    ratio_from_bytes: int = 64 << 20


class Count:
    """What a pass has met so far, held to the limits."""

    def __init__(self, limits: Limits, packed_bytes: int, what: str) -> None:
        self.limits = limits
        self.packed_bytes = max(packed_bytes, 1)
        self.what = what
        self.members = 0
        self.bytes = 0

    def name(self, name: str) -> PurePosixPath | None:
        """Check one name; return it, or None where it is a file manager's noise."""
        self.members += 1
        if self.members > self.limits.members:
            raise ExportUnsafe(
                f'"{self.what}" holds more than {self.limits.members:,} files.',
                hint="Split the export and read its parts.",
            )
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or "\0" in name or path.parts[:1] in ((), ("~",)):
            raise _leaves(self.what, name)
        if len(path.parts[0]) > 1 and path.parts[0][1] == ":" and path.parts[0][0].isalpha():
            raise _leaves(self.what, name)
        return None if any(part in _NOISE for part in path.parts) else path

    def add(self, size: int, *, packed: bool) -> None:
        """Count unpacked bytes; `packed` says whether the ratio to the packed ones matters."""
        self.bytes += size
        bomb = packed and self.bytes > max(
            self.limits.ratio_from_bytes, self.limits.ratio * self.packed_bytes
        )
        if bomb or self.bytes > self.limits.total_bytes:
            raise ExportUnsafe(
                f'"{self.what}" unpacks to more than {self.bytes:,} bytes from {self.packed_bytes:,}.',
                hint="This looks like an archive made to fill a disk. Unpack it yourself if you trust it.",
            )


def _leaves(what: str, name: str) -> ExportUnsafe:
    return ExportUnsafe(f'"{what}" holds the name "{name}", which leaves its folder.', hint=_LINK_HINT)


def link(what: str, name: str) -> ExportUnsafe:
    """Return the refusal of a link, a device, or whatever else is neither file nor folder."""
    return ExportUnsafe(f'"{what}" holds "{name}", which is a link or no file at all.', hint=_LINK_HINT)


class Counted(io.RawIOBase):
    """A stream that counts what was unpacked, headers included, and stops at the limits."""

    def __init__(self, stream: IO[bytes], count: Count) -> None:
        super().__init__()
        self.stream = stream
        self.count = count
        self.tail = b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes, of all only a step at a time."""
        wanted = _UNPACKED_IN_STEPS_OF if size < 0 else size
        content = self.stream.read(wanted)
        self.count.add(len(content), packed=True)
        self.tail = content[-512:] or self.tail
        return content
