"""Texts from outside as they may be shown: without signs that steer what shows them.

Exports carry whatever somebody once typed as a name: signs that ring, colour or clear a terminal, signs that
turn the direction of all that follows them. Nobody can see them, so nothing is lost by leaving them out.
Joiners, and marks of direction that hold beside one letter, stay: names are written with them.
"""

from __future__ import annotations

import re

_STEERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, but for the tab and the line's end
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates of direction
    "\ud800-\udfff\ufffe\uffff]"  # what no file of UTF-8 or XML may hold
)


def harmless(text: str) -> str:
    r"""Return a text of any number of lines without signs that steer a terminal, a page or a mail.

    >>> harmless("\x1b[31mAda\x07 \u202eBerg\nBen")
    '[31mAda Berg\nBen'
    """
    return _STEERS.sub("", text)


def escaped(written: str) -> str:
    r"""Return a text in JSON with the same signs as JSON escapes them: it says the same, and steers nothing.

    >>> print(escaped('"Ada \u202eBerg"'))
    "Ada \u202eBerg"
    """
    return _STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def on_one_line(text: str) -> str:
    r"""Return a text as `harmless` does, on one line, with one space between words: so names are shown.

    >>> on_one_line(" Ada\n\x07Berg\x85")
    'Ada Berg'
    """
    words = " ".join(text.split())
    return words if words.isprintable() else " ".join(harmless(words).split())
