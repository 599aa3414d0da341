"""The words of a message: readable text, and whom it mentions. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

import msgspec

from crosstie.record import Account
from crosstie.sources.mending import UNREADABLE

_MARKUP = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_MENTIONED = re.compile(r"<@([UWB][A-Z0-9]+)(?:\|[^<>]*)?>")
_IN_BLOCKS = re.compile(rb'"user_id"\s*:\s*"([UWB][A-Z0-9]+)"')


class _Label(msgspec.Struct, gc=False):
    text: str = ""


class _Element(msgspec.Struct, gc=False):
    user_id: str | None = None
    text: str | _Label | None = None
    url: str | None = None
    elements: list[_Element] | None = None


_blocks = msgspec.json.Decoder(list[_Element] | None)


def readable(text: str, accounts: Mapping[str, Account]) -> str:
    """Return a text as people read it: mentions, channels and links spelt out, entities unescaped."""
    if "<" in text:
        text = _MARKUP.sub(lambda match: _spelt_out(match[1], match[2] or "", accounts), text)
    return html.unescape(text) if "&" in text else text


def _spelt_out(what: str, label: str, accounts: Mapping[str, Account]) -> str:
    if what.startswith("@"):
        known = accounts.get(what[1:])
        return f"@{(known.name if known else '') or label.lstrip('@') or 'someone'}"
    if what.startswith("#"):
        return f"#{label or what[1:]}"
    if what.startswith("!"):
        return label or f"@{what[1:].split('^', maxsplit=1)[0]}"
    return f"{label} ({what})" if label and label not in what else what


def words(written: str | None, blocks: msgspec.Raw, accounts: Mapping[str, Account]) -> tuple[list[str], str]:
    """Return who is mentioned and the readable text: mentions from the blocks, else from the text.

    Only the elements that mention a person have a `user_id`, and quotes within a text are escaped, so the
    blocks need not be decoded to find them.
    """
    text = written or ""
    mentioned = [user.decode() for user in _IN_BLOCKS.findall(blocks)] if blocks else []
    if blocks and not text:
        text = _text_of(blocks)
    if "<" in text:
        mentioned = mentioned or _MENTIONED.findall(text)
    elif "&" not in text:
        return mentioned, text
    return mentioned, readable(text, accounts)


def _text_of(raw: msgspec.Raw) -> str:
    try:
        blocks = _blocks.decode(raw) or []
    except UNREADABLE:
        return ""
    written: list[str] = []
    _walk(blocks, written)
    return "".join(written).strip()


def _walk(elements: list[_Element], written: list[str]) -> None:
    for element in elements:
        if element.user_id:
            written.append(f"<@{element.user_id}>")
        elif element.text is not None:
            written.append(element.text if isinstance(element.text, str) else element.text.text)
        elif element.url:
            written.append(element.url)
        if element.elements:
            _walk(element.elements, written)
            written.append("\n")
