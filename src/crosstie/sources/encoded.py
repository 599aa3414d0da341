"""Words as mail encodes them (RFC 2047, ``=?utf-8?q?J=C3=B6rg?=``), read: mail has them, and so has Git."""

from __future__ import annotations

import binascii
import codecs
import re
from functools import lru_cache

ADDRESS = re.compile(r"[^\s<>,;:\"()@\[\]\\]+@[\w.-]+")

_WORD = re.compile(r"=\?([^?*\s]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?)")
_SPACE = re.compile(r"\s+")
# No mail is written in these; they refuse to replace what they cannot read, or need very long.
_PYTHONS_OWN = frozenset({"idna", "undefined", "punycode", "unicode-escape", "raw-unicode-escape"})


@lru_cache(maxsize=4096)
def words(text: str) -> str:
    """Return a header text with its encoded words (RFC 2047) read; unreadable ones stay as they are."""
    if "=?" not in text:
        return text
    joined = _BETWEEN_WORDS.sub(r"\1", text)
    pieces: list[str] = []
    waiting, waiting_charset, end = b"", "", 0
    for found in _WORD.finditer(joined):
        charset, code, content = found.groups()
        octets = _octets(code, content)
        # One character may be cut in two between neighbouring words: join them before reading.
        if waiting and (found.start() != end or charset.lower() != waiting_charset):
            pieces.append(_decode(waiting, waiting_charset))
            waiting = b""
        pieces.append(joined[end : found.start()])
        waiting, waiting_charset, end = waiting + octets, charset.lower(), found.end()
    if waiting:
        pieces.append(_decode(waiting, waiting_charset))
    pieces.append(joined[end:])
    return "".join(pieces)


@lru_cache(maxsize=8192)
def name_of(raw: str) -> str:
    """Return a display name as people read it; "" where it is only the address again."""
    name = raw.strip()
    if "\\" in name:
        name = re.sub(r"\\(.)", r"\1", name)
    name = words(name)
    if "  " in name or not name.isprintable():
        name = _SPACE.sub(" ", "".join(letter if letter.isprintable() else " " for letter in name))
    name = name.strip(' "')
    if len(name) > 1 and name[0] == name[-1] == "'":
        name = name[1:-1].strip()
    return "" if ADDRESS.fullmatch(name) else name


def decoded(name: str) -> str:
    """Return a name as people read it if any of it is encoded, else as it is.

    >>> decoded("=?utf-8?q?J=C3=B6rg?= Holt"), decoded("Ada 'B' Berg")
    ('Jörg Holt', "Ada 'B' Berg")
    """
    return name_of(name) if "=?" in name else name


@lru_cache(maxsize=1024)
def known_charset(name: str) -> str:
    """Return a charset Python knows for this name, "" if there is none."""
    try:
        found = codecs.lookup(name.strip("\"' "))
    except (LookupError, ValueError):
        return ""
    is_of_mail = getattr(found, "_is_text_encoding", True) and found.name not in _PYTHONS_OWN
    return found.name if is_of_mail else ""


def _octets(code: str, content: str) -> bytes:
    if code in "qQ":
        raw = content.replace("_", " ").encode("latin-1", "replace")
        return binascii.a2b_qp(raw, header=False)
    padded = content.encode("latin-1", "replace") + b"=" * (-len(content) % 4)
    try:
        return binascii.a2b_base64(padded)
    except binascii.Error:
        return content.encode("utf-8", "replace")


def _decode(octets: bytes, charset: str) -> str:
    return octets.decode(known_charset(charset) or "latin-1", "replace")
