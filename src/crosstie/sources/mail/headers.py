"""Headers of a mail from its bytes: found, unfolded, and their encoded words read."""

from __future__ import annotations

import re
from typing import TypeAlias

from crosstie.sources.encoded import words

Headers: TypeAlias = dict[bytes, bytes]

BLOCK_LIMIT = 1 << 20  # a header block longer than this is not one

OTHER = b""  # stands in the headers where a mail has any that crosstie does not look at
KNOWN = frozenset(
    b"""archived-at auto-submitted bcc cc content-disposition content-transfer-encoding content-type date
    delivered-to envelope-to feedback-id from in-reply-to list-archive list-id list-post list-unsubscribe
    mailing-list message-id precedence received references reply-to return-path sender status subject to
    x-apple-mail-labels x-autoreply x-autorespond x-beenthere x-evolution x-failed-recipients x-folder
    x-from x-gm-thrid x-gmail-labels x-google-original-from x-keywords x-mozilla-keys x-mozilla-status
    x-original-from x-original-sender x-original-to x-status x-uid""".split()
)

# Half of all headers are traces of delivery and of checks, which nobody asks for; they are passed by.
# What a list adds stands beside its id, which is enough; and of where a mail was received, first is wanted.
# After the empty line that ends the headers all the rest is found, as the body, so that nobody need look
# for that line before. A possessive group would misread in Python 3.11.2, Debian's.
_HEADER = re.compile(
    rb"\n(?=[^ \t\r\f\v])"
    rb"(?!DKIM-|ARC-|Authentication-|Received:|List-(?:Help|Sub)|Errors-To:"
    rb"|X-(?:[CINPQRTV]|S(?!t)|M[SRi]|Mailman-))"
    rb"(?:\n((?s:.*))|([^\s:]++)[ \t]*+:(.*+(?:\n[ \t].*+)*))"
)
_RECEIVED = re.compile(rb"\nReceived:(.*+(?:\n[ \t].*+)*)")
_CARRIAGE_RETURN = 0x0D
_BODY = re.compile(rb"\n\n")  # twice as fast as bytes.find
_SPELLINGS = 10_000  # how many ways to write header names are remembered
_REPEATED = frozenset(
    {b"to", b"cc", b"bcc", b"delivered-to", b"x-original-to", b"envelope-to", b"references"}
)
_FOLD = re.compile(rb"\r?\n[ \t]*")
_ID = re.compile(rb"<([^<>]+)>")
_SPACE = re.compile(r"\s+")


class _Names(dict[bytes, bytes]):
    """From a header's name as written to its key in `Headers`."""

    def __missing__(self, written: bytes) -> bytes:
        lowered = written.lower()
        key = lowered if lowered in KNOWN else OTHER
        if len(self) < _SPELLINGS:
            self[written] = key
        return key


_NAMES = _Names()


def divide(mail: bytes) -> tuple[bytes, int]:
    """Return the header block and where the body begins."""
    first = mail.find(b"\n")
    if first == 0 or mail[:first] == b"\r":
        return b"", first + 1
    found = _BODY.search(mail)
    end = found.start() if found else -1
    if mail[first - 1 : first] == b"\r":
        # A file with CRLF has no bare double line feed before its body, except inside that body.
        crlf = mail.find(b"\n\r\n", 0, end if end >= 0 else len(mail))
        if crlf >= 0:
            return mail[: crlf + 1], crlf + 3
    return (mail[: end + 1], end + 2) if end >= 0 else (mail, len(mail))


def scan(block: bytes) -> Headers:
    """Return the headers of `KNOWN` by lower-case name, values still folded and encoded.

    Of a header that may stand once the first counts; recipients and references are joined by commas.
    """
    lines = b"\n" + (block if len(block) <= BLOCK_LIMIT else block[:BLOCK_LIMIT])
    found = _HEADER.findall(lines)
    if found and not found[-1][1]:
        found.pop()
    return _by_name(found, _RECEIVED.search(lines))


def opened(mail: bytes) -> tuple[Headers, bytes, int]:
    """Return headers and body of a mail as `divide` and `scan` find them, and the length of its header block.

    One search finds both where lines end in a line feed alone.
    """
    first = mail.find(b"\n")
    if first <= 0 or mail[first - 1] == _CARRIAGE_RETURN or len(mail) > BLOCK_LIMIT:
        block, start = divide(mail)
        return scan(block), mail[start:], len(block)
    lines = b"\n" + mail
    found = _HEADER.findall(lines)
    body, length = b"", len(mail)
    if found and not found[-1][1]:
        body = found.pop()[0]
        length -= len(body) + 1
    return _by_name(found, _RECEIVED.search(lines, 0, length + 1)), body, length


def _by_name(found: list[tuple[bytes, bytes, bytes]], received: re.Match[bytes] | None) -> Headers:
    """Return headers as found, each with its body (none), name and value, by their keys."""
    headers: Headers = {}
    more: dict[bytes, list[bytes]] = {}
    if received:
        headers[b"received"] = received[1]
    for _, name, value in found:
        key = _NAMES[name]
        if key not in headers:
            headers[key] = value
        elif key in _REPEATED:
            more.setdefault(key, [headers[key]]).append(value)
    for key, values in more.items():
        headers[key] = b",".join(values)
    return headers


def plain(value: bytes) -> str:
    """Return an unfolded header value as text, encoded words left as they are."""
    if b"\n" in value:
        value = _FOLD.sub(b" ", value)
    value = value.strip()
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def text(headers: Headers, name: bytes) -> str:
    """Return a header as people read it: unfolded, encoded words read, white space folded; "" if absent."""
    value = headers.get(name)
    return _SPACE.sub(" ", words(plain(value))).strip() if value else ""


def token(headers: Headers, name: bytes) -> str:
    """Return the first word of a header in lower case, for headers that hold a keyword; "" if absent."""
    value = headers.get(name)
    if not value:
        return ""
    parts = plain(value).lower().replace(";", " ").split()
    return parts[0] if parts else ""


def ids(value: bytes | None) -> list[str]:
    """Return the message ids in a header, without their angle brackets, in order."""
    if not value:
        return []
    found = _ID.findall(value)
    if not found and b"@" in value and b"<" not in value:
        found = [word for word in value.replace(b",", b" ").split() if b"@" in word]
    return [one for raw in found if (one := _one_id(raw))]


def message_id(headers: Headers) -> str:
    """Return the Message-ID without angle brackets, "" if the mail has none."""
    value = headers.get(b"message-id")
    if not value:
        return ""
    stripped = value.strip()
    if stripped[:1] == b"<" and stripped.find(b">") == len(stripped) - 1 and len(stripped.split()) == 1:
        return stripped[1:-1].decode("utf-8", "replace")
    found = _ID.search(value)
    return _one_id(found[1] if found else value.strip(b" \t\r\n<>"))


def _one_id(raw: bytes) -> str:
    """Return an id as text, without the white space of folding."""
    if len(parts := raw.split()) != 1:
        raw = b"".join(parts)
    elif len(parts[0]) != len(raw):
        raw = parts[0]
    return raw.decode("utf-8", "replace")
