r"""JSON with broken signs, such as half of an emoji: read all the same, each of them replaced by U+FFFD.

Some exporters cut a text in the middle of a sign and write `"\ud83d"`. Python's own reader takes that;
msgspec refuses the whole file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from crosstie.saying import mark
from crosstie.sources.ledger import Ledger

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises for bytes that are no such JSON; nesting beyond all sense is the last."""

BROKEN_SIGN = mark("broken sign, such as half of an emoji, replaced")

# What begins with a backslash, from the left: a sign of two halves, half a sign, or anything else, so that
# the second of two backslashes begins nothing.
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")  # half a sign as three bytes, which UTF-8 never has
_INSTEAD = "\ufffd"
_INSTEAD_WRITTEN = rb"\ufffd"

_Found = TypeVar("_Found")


def mended(content: bytes) -> tuple[bytes, int]:
    r"""Return JSON in UTF-8 with each broken sign replaced by U+FFFD, and how many there were.

    >>> mended(rb'["cut \ud83d", "whole \ud83d\ude00", "no sign \\ud83d"]')
    (b'["cut \\ufffd", "whole \\ud83d\\ude00", "no sign \\\\ud83d"]', 1)
    """
    broken = 0

    def instead(found: re.Match[bytes]) -> bytes:
        nonlocal broken
        if found[1] is None:
            return found[0]
        broken += 1
        return _INSTEAD_WRITTEN

    content = _ESCAPE.sub(instead, content)
    try:
        content.decode()
    except UnicodeDecodeError:
        were_there = content.count(_INSTEAD.encode())
        text = _HALF.sub(_INSTEAD.encode(), content).decode(errors="replace")
        return text.encode(), broken + text.count(_INSTEAD) - were_there
    return content, broken


@dataclass(slots=True)
class Mender:
    """Decodes JSON, and counts the broken signs that had to be replaced for it.

    Attributes:
        broken: how many signs, in all that was decoded.
    """

    broken: int = 0

    def decode(self, decoder: msgspec.json.Decoder[_Found], content: bytes) -> _Found:
        """Return what a decoder makes of JSON.

        Raises:
            msgspec.DecodeError, UnicodeDecodeError, RecursionError: it is none, or not of that form.
        """
        try:
            return decoder.decode(content)
        except msgspec.ValidationError:
            raise  # of another form, which no sign makes it
        except (msgspec.DecodeError, UnicodeDecodeError):
            whole, broken = mended(content)
            if not broken:
                raise
        found = decoder.decode(whole)
        self.broken += broken
        return found

    def say(self, ledger: Ledger) -> None:
        """Note what was replaced since this was last said."""
        if self.broken:
            ledger.note(BROKEN_SIGN, self.broken)
            self.broken = 0
