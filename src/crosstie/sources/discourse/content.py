"""What the rendered HTML of a post says: its words, whom it mentions, which posts it quotes. Pure."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from crosstie.sources.markup import ENDS_A_LINE, TOKEN, line_end, tidy

_CLASS = re.compile(r'class="([^"]*)"')
_HREF = re.compile(r'href="([^"]*)"')
_USERNAME = re.compile(r'data-username="([^"]*)"')
_POST = re.compile(r'data-post="(\d{1,9})"')
_TOPIC = re.compile(r'data-topic="(\d{1,9})"')
_PREVIEWS = frozenset({"onebox", "lightbox-wrapper"})
"""What a page shows of a link or a picture: nobody's words."""


class Quote(NamedTuple):
    """A quoted post: whose, and where it stands; 0 for a topic or a number that is not said."""

    username: str
    topic: int
    number: int


@dataclass(slots=True)
class Words:
    """The text with quoted lines marked by "> ", mentioned usernames outside of quotes, and quotes.

    Quotes within quotes are those of whoever is quoted, and stay out.
    """

    text: str = ""
    mentions: list[str] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)


def from_html(cooked: str) -> Words:
    """Read rendered content."""
    words = Words()
    walk = _Walk(words)
    pieces: list[str] = []
    for closing, tag, attributes, text in TOKEN.findall(cooked):
        if walk.muted:
            walk.count_muted(tag, closing=bool(closing))
        elif not tag:
            said = html.unescape(text) if "&" in text else text or "<"
            pieces.append(said.replace("\n", line_end(walk.quoted)) if "\n" in said else said)
        else:
            walk.pass_tag(tag, attributes, closing=bool(closing))
            if tag in ENDS_A_LINE:
                pieces.append(line_end(walk.quoted))
    words.text = tidy("".join(pieces))
    return words


@dataclass(slots=True)
class _Walk:
    """One way through the tags: how deep in quotes, and which tag mutes all within it."""

    words: Words
    quoted: int = 0
    muted: str = ""
    depth: int = 0

    def count_muted(self, tag: str, *, closing: bool) -> None:
        """Pass a tag or a text that is muted, until as many muting tags were closed as opened."""
        if tag == self.muted:
            self.depth += -1 if closing else 1
            if not self.depth:
                self.muted = ""

    def pass_tag(self, tag: str, attributes: str, *, closing: bool) -> None:
        """Pass a tag, and note the mention or the quote that it is."""
        if tag == "blockquote":
            self.quoted = max(self.quoted - 1, 0) if closing else self.quoted + 1
        elif not closing and attributes and (kinds := _kinds(attributes)):
            if not kinds.isdisjoint(_PREVIEWS):
                self.muted, self.depth = tag, 1
            elif not self.quoted:
                _note(tag, kinds, attributes, self.words)


def _kinds(attributes: str) -> set[str]:
    found = _CLASS.search(attributes)
    return set(found[1].split()) if found else set()


def _note(tag: str, kinds: set[str], attributes: str, words: Words) -> None:
    if tag == "a" and "mention" in kinds:
        href = _HREF.search(attributes)
        if href and (name := unquote(html.unescape(href[1]).rstrip("/").rpartition("/")[2])):
            words.mentions.append(name)
    elif tag == "aside" and "quote" in kinds and (username := _USERNAME.search(attributes)):
        topic, number = _TOPIC.search(attributes), _POST.search(attributes)
        words.quotes.append(
            Quote(html.unescape(username[1]), int(topic[1]) if topic else 0, int(number[1]) if number else 0)
        )
