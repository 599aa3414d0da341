"""Where one mail ends and the next begins in an mbox, reading a stream once with flat memory.

A new mail begins only at a line ``From `` that follows an empty line (or begins the file), looks like
an mbox line (sender and date, ``From - …``, Takeout's ``…@xxx``), and is itself followed by a line that
looks like a header. A body line such as "From Monday on we …" satisfies none of that; neither does a Git
patch pasted into a mail, whose first line carries a fixed date of 2001.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

import msgspec

CHUNK = 1 << 18
KEPT = 4 << 20  # of a longer mail only so much is looked at: headers and text stand at its beginning
LONGEST = 256 << 20  # beyond any mail server's limit: such a stretch is no mail
LOOK_AHEAD = 2048  # an mbox line and the beginning of a header fit in here

_WEEKDAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_AFTER_F = (
    rb"rom (?:"
    rb"-[ \t]*[^\r\n]*"  # Thunderbird
    rb"|\d+@xxx[^\r\n]*"  # Takeout
    rb"|(?=\r?\nX-Mozilla-Status)"  # later Thunderbird: nothing but the word
    rb"|[^\r\n]{0,299}?[^ \t\r\n][ \t]+(?:"
    + _WEEKDAY + rb"[ \t]+" + _MONTH + rb"[ \t]+\d{1,2}[ \t]+\d{1,2}:\d\d(?::\d\d)?[^\r\n]{0,40}?[ \t]\d{4}"
    rb"|" + _WEEKDAY + rb",[ \t]+\d{1,2}[ \t]+" + _MONTH + rb"[ \t]+\d{4}"
    rb"|\d{4}-\d\d-\d\d[T \t]\d\d:\d\d"
    rb")[^\r\n]{0,60})"
    rb"\r?\n(?=>?From |[!-9;-~]+[ \t]*:)"
)  # fmt: skip
_MBOX_LINE = re.compile(rb"F" + _AFTER_F)
# Found by its F, which is rarer than line breaks: in half the time of finding it by the line break before,
# and of what bytes.find takes.
_LINE = re.compile(rb"F(?<=\nF)" + _AFTER_F)
_PATCH_LINE = re.compile(rb"From [0-9a-f]{40,64} Mon Sep 17 00:00:00 2001")
_FIRST_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:[^\n]*\r?\n")


class Stream(Protocol):
    """What a box is read from: anything that hands over bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, nothing at the end."""
        ...


class Piece(msgspec.Struct, frozen=True, gc=False):
    """One stretch of an mbox.

    Attributes:
        line: the mbox line before the mail, b"" for a mail on its own.
        mail: headers and body; of a mail longer than `KEPT` the beginning.
        length: how long the whole is, in bytes.
        cut: the file broke off within it (a truncated archive).
        folder: the folder a mail on its own lies in, or what its file name marks it as.
        doubtful: a line in it looks like the beginning of another mail, but follows no empty line.
    """

    line: bytes
    mail: bytes
    length: int
    cut: bool = False
    folder: str = ""
    doubtful: bool = False


def is_mbox(beginning: bytes) -> bool:
    """Say whether a file that begins like this is an mbox."""
    stripped = beginning.lstrip(b"\xef\xbb\xbf\r\n")
    return _MBOX_LINE.match(stripped) is not None


def is_single_mail(beginning: bytes) -> bool:
    """Say whether a file that begins like this is one mail: headers a mail has, from the first line on."""
    stripped = beginning.lstrip(b"\xef\xbb\xbf\r\n")
    if _FIRST_HEADER.match(stripped) is None:
        return False
    block = re.split(rb"\r?\n\r?\n", stripped, maxsplit=1)[0].lower()
    names = {line.split(b":", 1)[0].strip() for line in block.split(b"\n")}
    return b"from" in names and not names.isdisjoint({b"date", b"message-id", b"received", b"to"})


def boundary(buffer: bytes, start: int, *, patches: bool = False) -> tuple[int, bool]:
    """Return where the next mail begins at or after `start` (the F of its mbox line), or -1.

    Also say whether a line before it looked the same but followed no empty line. `patches` lets Git's
    patch lines through, for a file that is made of them.
    """
    doubtful = False
    looked_at = -1  # where the last such line ends; a second one right after it belongs to it
    for found in _LINE.finditer(buffer, start + 1):
        if found.start() == looked_at:
            continue
        looked_at = found.end()
        at = found.start() - 1
        if patches or _PATCH_LINE.match(buffer, at + 1) is None:
            if buffer[at - 1 : at] == b"\n" or buffer[at - 2 : at] == b"\n\r":
                return at + 1, doubtful
            doubtful = True
    return -1, doubtful


def split(stream: Stream) -> Iterator[Piece]:
    """Cut a stream into mails.

    A read that fails part-way (OSError, EOFError: a truncated or broken archive) ends the stream; what
    was read of the last mail comes as a piece marked `cut`, and the error is raised after it.
    """
    buffer, trouble = _read(stream)
    buffer = buffer.lstrip(b"\xef\xbb\xbf\r\n")
    patches = _PATCH_LINE.match(buffer) is not None
    start = searched = 0  # where the mail in hand begins; no boundary before `searched`
    kept, gone = b"", 0  # the beginning of an overlong mail, and how many of its bytes have gone by
    ended = trouble is not None
    doubtful = False
    while True:
        at, doubt = boundary(buffer, searched, patches=patches)
        doubtful = doubtful or doubt
        if at >= 0:
            length = gone + at - start
            if kept:
                yield _piece(kept, 0, len(kept), length, doubtful=doubtful)
            else:
                yield _piece(buffer, start, at, length, doubtful=doubtful)
            kept, gone, start, searched, doubtful = b"", 0, at, at, False
            continue
        if ended:
            break
        buffer = buffer[start:]
        start = 0
        if gone + len(buffer) > KEPT:
            kept = kept or buffer[:KEPT]
            overlap = LOOK_AHEAD + 2  # what precedes a boundary is looked at, too
            gone += max(0, len(buffer) - overlap)
            buffer = buffer[-overlap:]
        searched = max(0, len(buffer) - LOOK_AHEAD)
        chunk, trouble = _read(stream)
        ended = not chunk
        buffer += chunk
    rest = buffer[start:]
    if rest.strip() or gone:
        last = kept or rest
        piece = _piece(last, 0, len(last), gone + len(rest), doubtful=doubtful)
        yield msgspec.structs.replace(piece, cut=trouble is not None)
    if trouble is not None:
        raise trouble


def whole(stream: Stream, folder: str = "") -> Piece:
    """Return a file that holds one mail as a piece."""
    mail = stream.read(KEPT)
    length = len(mail)
    while chunk := stream.read(CHUNK):
        length += len(chunk)
    return Piece(b"", mail.lstrip(b"\xef\xbb\xbf\r\n"), length, folder=folder)


def _read(stream: Stream) -> tuple[bytes, Exception | None]:
    """Return the next bytes, or what stopped them: the caller still owes the mail it has in hand."""
    try:
        return stream.read(CHUNK), None
    except (OSError, EOFError, ValueError) as trouble:
        return b"", trouble


def _piece(buffer: bytes, start: int, end: int, length: int, *, doubtful: bool) -> Piece:
    """Return the stretch of a buffer as a piece, its mbox line apart."""
    if not buffer.startswith(b"From ", start, end):
        return Piece(b"", buffer[start:end], length, doubtful=doubtful)
    line_end = buffer.find(b"\n", start, end)
    line_end = end if line_end < 0 else line_end
    line = buffer[start:line_end].rstrip()
    return Piece(line, buffer[line_end + 1 : end], length, doubtful=doubtful)
