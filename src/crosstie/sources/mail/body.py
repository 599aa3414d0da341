"""The words a mail's writer added: its plain text, without quotations, signature, footer and patch."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple

import msgspec

from crosstie.saying import mark
from crosstie.sources.encoded import known_charset
from crosstie.sources.mail.headers import Headers, opened

LONGEST = 100_000  # characters of text that are kept; beyond it are logs and dumps
_DEPTH = 8
_PARTS = 200
_READ = 400_000  # characters of a text that are looked at
_LONGEST_INTRODUCTION = 500  # characters of the line that ends it

_CHARSET = re.compile(rb"charset\s*=\s*\"?'?([\w.:+-]+)", re.IGNORECASE)
_BOUNDARY = re.compile(rb"boundary\s*=\s*(?:\"([^\"]{1,200})\"|([^\s;]{1,200}))", re.IGNORECASE)
_WROTE = re.compile(
    r"(?:wrote|writes|schrieb|schreibt|écrit|escribió|escreveu|ha scritto|schreef|skrev|kirjoitti|napisał"
    r"|написал\w*)"
    r"|<[^<>\s]+@[^<>\s]+>|\d{4}.*\d\d:\d\d",
    re.IGNORECASE,
)
_INTRODUCTIONS = ("On ", "Am ", "Le ", "El ", "Op ", "Il ", "Em ", "Den ", "W dniu ")
_FORWARDED = re.compile(
    r"\n(?=[-_*DFVdfv])"  # most lines begin otherwise
    r"(?i:-{2,} ?(?:Original Message|Ursprüngliche Nachricht|Message d'origine|Mensaje original"
    r"|Messaggio originale|Oorspronkelijk bericht|Forwarded message|Weitergeleitete Nachricht)[ \w]*-{2,}"
    r"|_{10,}\n(?:From|Von|De|Da): .*"
    r"|\*?(?:From|Von|De|Da|Van):\*? .+\n"
    r"\*?(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Inviato|Verzonden):\*? )"
)
_OLD_PATCH = re.compile(r"\n(?:Index: \S+\n=|--- \S[^\n]*\n\+\+\+ )")
# ">From " is the mark of an mbox writer, nobody's quotation.
_QUOTATION = re.compile(r"\n>(?!From ).*+(?:\n>(?!From ).*+)*")


class Words(NamedTuple):
    """What a writer added (None where a mail has no text), and what was hard to read ("" for nothing)."""

    text: str | None
    note: str


class _Part(msgspec.Struct, frozen=True, gc=False):
    headers: Headers
    body: bytes
    is_html: bool


def own_words(headers: Headers, body: bytes) -> Words:
    """Return the words a mail's writer added."""
    part = _text_part(headers, body, 0)
    if part is None:
        return Words(None, "")
    text, note = _decoded(part)
    if part.is_html:
        text = html_to_text(text[:_READ])
    return Words(strip(text[:_READ])[:LONGEST], note)


def parts_of(headers: Headers, body: bytes) -> Iterator[tuple[Headers, bytes]]:
    """Yield headers and body of each part a multipart holds directly, the first 200."""
    found = _BOUNDARY.search(headers.get(b"content-type", b""))
    if found is None:
        return
    for piece in _pieces(body, found[1] or found[2]):
        inner, content, _ = opened(piece)
        yield inner, content


def strip(text: str) -> str:
    """Return a text without quotations and what leads to them, signature, list footer and patch."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "\n" + text
    if "\n>" in text:
        text = _without_quotations(text)
    text = text[: _patch_at(text)]
    for sign in ("\n-- \n", "\n________________________________________"):
        at = text.find(sign)
        if at >= 0:
            text = text[:at]
    # The generator of any() would cost more than all the comparisons.
    if ("From:" in text or "Von:" in text or "De:" in text or "Da:" in text or "Van:" in text) and (
        found := _FORWARDED.search(text)
    ):
        text = text[: found.start()]
    return text.strip()


def _patch_at(text: str) -> int | None:
    """Return where a patch begins, with the list of files Git puts before it; None if there is none."""
    at = text.find("\ndiff --git ")
    if at >= 0:
        files = text.rfind("\n---\n", 0, at)
        return files if files >= 0 else at
    found = _OLD_PATCH.search(text) if "\n+++ " in text or "\nIndex: " in text else None
    return found.start() if found else None


def html_to_text(markup: str) -> str:
    """Return the words of an HTML text, roughly, without what it quotes."""
    reader = _HtmlWords()
    # The parser gives up on a malformed declaration; what it read so far stays. It is not closed: it would
    # then try again behind each tag that never ends, which takes the square of the length. As in a browser,
    # what stands in such a tag is lost; the line break ends a last word such as "R&D".
    with suppress(AssertionError):
        reader.feed(markup + "\n")
    lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    return "\n".join(line for line in lines if line)


def _without_quotations(text: str) -> str:
    kept: list[str] = []
    end = 0
    for found in _QUOTATION.finditer(text):
        kept.append(_without_introduction(text[end : found.start()]))
        end = found.end()
    kept.append(text[end:])
    return "".join(kept).replace("\n>From ", "\nFrom ")


def _without_introduction(text: str) -> str:
    """Take "On Monday Ann wrote:", one line or two, from the end of what stands before a quotation."""
    whole = text.rstrip()
    if whole[-1:] != ":" or text.count("\n", len(whole)) > 1:
        return text
    start = whole.rfind("\n") + 1
    if len(whole) - start > _LONGEST_INTRODUCTION:
        return text
    if not whole.endswith("wrote:") and _WROTE.search(whole, start) is None:
        return text
    if not whole.startswith(_INTRODUCTIONS, start):
        # A long introduction is wrapped: its first line holds the date, its last one the verb.
        before = whole.rfind("\n", 0, max(start - 1, 0)) + 1
        start = before if whole.startswith(_INTRODUCTIONS, before) else start
    return whole[:start]


def _text_part(headers: Headers, body: bytes, depth: int) -> _Part | None:
    """Return the first plain text part that is no attachment, else the first HTML one."""
    kind = headers.get(b"content-type", b"text/plain").strip().lower()
    if kind.startswith(b"multipart/"):
        return _first_text(headers, body, depth)
    if headers.get(b"content-disposition", b"").strip().lower().startswith(b"attachment"):
        return None
    is_html = kind.startswith(b"text/html")
    if is_html or kind.startswith(b"text/plain") or b"/" not in kind:
        return _Part(headers, body, is_html)
    return None


def _first_text(headers: Headers, body: bytes, depth: int) -> _Part | None:
    html: _Part | None = None
    if depth >= _DEPTH:
        return None
    for inner, content in parts_of(headers, body):
        part = _text_part(inner, content, depth + 1)
        if part is not None and not part.is_html:
            return part
        html = html or part
    return html


def _pieces(body: bytes, mark: bytes) -> list[bytes]:
    stretches = (b"\n" + body).split(b"\n--" + mark, _PARTS)
    found = []
    for stretch in stretches[1:]:
        if stretch.startswith(b"--"):
            break
        end = stretch.find(b"\n")
        # An empty line right after the mark means no headers: the line break stays for `opened` to see.
        found.append(stretch[end + 1 :] if end >= 0 else b"")
    return found


def _decoded(part: _Part) -> tuple[str, str]:
    octets = part.body
    encoding = part.headers.get(b"content-transfer-encoding", b"").strip()[:6].lower()
    note = ""
    if encoding == b"quoted":
        octets = binascii.a2b_qp(octets)
    elif encoding == b"base64":
        octets, note = _base64(octets)
    charset, is_known = _charset(part.headers.get(b"content-type", b""))
    try:
        return octets.decode(charset), note if is_known else "unknown character set, read as UTF-8"
    except (UnicodeDecodeError, ValueError):
        text = octets.decode(charset, "replace")
        return text, mark("characters that do not fit the stated character set, replaced")


@lru_cache(maxsize=1024)
def _charset(content_type: bytes) -> tuple[str, bool]:
    """Return the character set to read a part with, and whether it is the one stated."""
    found = _CHARSET.search(content_type)
    if found is None:
        return "utf-8", True
    charset = known_charset(found[1].decode("ascii", "replace"))
    # What claims to be ASCII and is not is UTF-8 today.
    return ("utf-8" if charset in {"", "ascii"} else charset), charset != ""


def _base64(octets: bytes) -> tuple[bytes, str]:
    try:
        return binascii.a2b_base64(octets), ""
    except binascii.Error:
        pass
    usable = re.sub(rb"[^A-Za-z0-9+/]", b"", octets)
    try:
        return binascii.a2b_base64(
            usable[: len(usable) // 4 * 4]
        ), "base64 text with errors, read as far as possible"
    except binascii.Error:
        return b"", "base64 text with errors, read as far as possible"


class _HtmlWords(HTMLParser):
    """Collect the words of a page, outside quotations, styles and scripts."""

    _SILENT = frozenset({"style", "script", "head", "title", "blockquote"})
    _BREAKING = frozenset(
        {"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol", "pre", "hr"}
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where silence begins and lines break."""
        is_quote = tag == "div" and any(value and "gmail_quote" in value for _, value in attrs)
        if tag in self._SILENT or is_quote or (self._silent and tag == self._silent[-1]):
            self._silent.append(tag)
        elif tag in self._BREAKING:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Note where silence ends."""
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()
        elif tag in self._BREAKING:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words that are not silent."""
        if not self._silent:
            self.words.append(data)
