"""What a message's content says: readable text, who is mentioned, what is quoted. Pure.

Zulip renders Markdown to HTML of its own making, and both stand in exports; the HTML is the better witness,
because a mention in a block of code is none there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from crosstie.sources.markup import ENDS_A_LINE, TOKEN, line_end, tidy

_CLASS = re.compile(r'class="([^"]*)"')
_USER_ID = re.compile(r'data-user-id="([^"]*)"')
_HREF = re.compile(r'href="([^"]*)"')

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*(\w*)[ \t]*")
_CODE = re.compile(r"`[^`]*`")
_MENTION = re.compile(r"@(_?)\*\*([^*|\n]+)(?:\|(\d+))?\*\*")
_ATTRIBUTION = re.compile(r"@_?\*\*([^*|\n]+)(?:\|(\d+))?\*\* \[[^\]\n]*\]\(([^\s)]*)\):\s*")
_LONGEST_ATTRIBUTION = 2_000
EVERYBODY = frozenset({"all", "everyone", "stream", "channel", "topic"})


@dataclass(frozen=True, slots=True)
class Named:
    """A person as a content names them; the id is "" where only the name stands there."""

    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted message: whose, and its id. Nested ones were quoted by the one who is quoted."""

    author: Named
    message_id: str
    is_nested: bool


@dataclass(slots=True)
class Words:
    """The text with quoted lines marked by "> ", mentions outside of quotes, and quotes."""

    text: str = ""
    mentions: list[Named] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)


def from_html(content: str) -> Words:
    """Read rendered content."""
    words = Words()
    pieces: list[str] = []
    for depth, text in _Walk(words).pieces(content):
        if text == "\n":
            pieces.append(line_end(depth))
        elif text:
            pieces.append(text)
    words.text = tidy("".join(pieces))
    return words


@dataclass(slots=True)
class _Walk:
    """One way through the tags, with what is open at the moment."""

    words: Words
    quoted: int = 0
    spans: int = 0
    muted_from_span: int = 0
    muted_math: bool = False
    mention: Named | None = None
    mention_span: int = 0
    silent: bool = False
    before_link: Named | None = None
    linked_id: str = ""
    link_done: bool = False

    def pieces(self, content: str) -> Iterator[tuple[int, str]]:
        for match in TOKEN.finditer(content):
            closing, tag, attributes, text = match.groups()
            if tag is None:
                yield self.quoted, self._text(html.unescape(text or "<"))
                continue
            tag = tag.lower()
            if closing:
                self._close(tag)
            else:
                self._open(tag, attributes)
            if tag in ENDS_A_LINE:
                yield self.quoted, "\n"

    def _text(self, text: str) -> str:
        if self.muted_from_span or self.muted_math:
            return ""
        if self.mention is not None:
            self.mention = Named(self.mention.name + text, self.mention.id)
        elif self.link_done:
            if text.startswith(":") and self.before_link is not None:
                self.words.quotes.append(Quote(self.before_link, self.linked_id, is_nested=self.quoted > 0))
                self._forget_last_mention()
            self._no_link()
        elif not self.linked_id and text.strip():
            self._no_link()
        return text

    def _open(self, tag: str, attributes: str) -> None:
        if tag == "blockquote":
            self.quoted += 1
        elif tag == "math":
            self.muted_math = True
        elif tag == "annotation":
            self.muted_math = False
        elif tag == "a":
            found = _HREF.search(attributes) if self.before_link is not None else None
            self.linked_id = _near(found[1]) if found else ""
        elif tag == "span":
            self.spans += 1
            named = _CLASS.search(attributes)
            kinds = named[1].split() if named else []
            if "katex-html" in kinds and not self.muted_from_span:
                self.muted_from_span = self.spans
            elif "user-mention" in kinds and self.mention is None:
                user = _USER_ID.search(attributes)
                self.mention = Named("", user[1] if user else "")
                self.mention_span = self.spans
                self.silent = "silent" in kinds

    def _close(self, tag: str) -> None:
        if tag == "blockquote":
            self.quoted = max(self.quoted - 1, 0)
        elif tag == "a":
            self.link_done = bool(self.linked_id)
        elif tag == "math":
            self.muted_math = False
        elif tag == "span":
            if self.mention is not None and self.spans == self.mention_span:
                self._mentioned(self.mention)
                self.mention = None
            if self.spans == self.muted_from_span:
                self.muted_from_span = 0
            self.spans = max(self.spans - 1, 0)

    def _mentioned(self, mention: Named) -> None:
        name = " ".join(mention.name.removeprefix("@").split())
        if not name or mention.id == "*" or (not mention.id and name in EVERYBODY):
            return
        self._no_link()
        self.before_link = Named(name, mention.id)
        if not self.silent and not self.quoted:
            self.words.mentions.append(self.before_link)

    def _forget_last_mention(self) -> None:
        """A loud mention that turns out to name the author of a quote calls nobody."""
        if self.words.mentions and self.words.mentions[-1] is self.before_link:
            self.words.mentions.pop()

    def _no_link(self) -> None:
        self.before_link = None
        self.linked_id = ""
        self.link_done = False


def from_markdown(content: str) -> Words:
    """Read content as it was typed, for exports without the rendered form."""
    words = Words()
    lines: list[str] = []
    fences: list[tuple[str, bool]] = []  # the marker of each open fence, and whether it is a quote
    quoted = 0
    before = ""
    for line in content.split("\n"):
        fence = _FENCE.fullmatch(line)
        if fences and fence and not fence[2] and fence[1] == fences[-1][0]:
            quoted -= fences.pop()[1]
        elif fence and (not fences or fences[-1][1]):
            is_quote = fence[2] == "quote"
            fences.append((fence[1], is_quote))
            if is_quote:
                _attribute(before, quoted, words)
                quoted += 1
        else:
            is_code = bool(fences) and not fences[-1][1]
            text = line if is_code else _typed(line, words, is_quoted=quoted > 0)
            lines.append("> " * min(quoted, 3) + text)
        before = line if line.strip() else before
    words.text = tidy("\n".join(lines))
    return words


def _attribute(line: str, quoted: int, words: Words) -> None:
    """Note whose message a quote holds, as the line before it says."""
    found = _ATTRIBUTION.fullmatch(line) if len(line) < _LONGEST_ATTRIBUTION else None
    if found and (message_id := _near(found[3])):
        author = Named(found[1].strip(), found[2] or "")
        words.quotes.append(Quote(author, message_id, is_nested=quoted > 0))
        if words.mentions[-1:] == [author]:
            words.mentions.pop()


def _near(address: str) -> str:
    """Return the id of the message that a narrow link leads to, "" for any other link."""
    _, is_narrow, narrow = address.partition("#narrow/")
    digits = re.match(r"\d+", narrow.rpartition("/near/")[2]) if is_narrow and "/near/" in narrow else None
    return digits[0] if digits else ""


def _typed(line: str, words: Words, *, is_quoted: bool) -> str:
    """Return a line outside of code as readable text, and note whom it mentions."""
    if not is_quoted:
        for silent, name, user_id in _MENTION.findall(_CODE.sub("", line)):
            if not silent and (user_id or name not in EVERYBODY):
                words.mentions.append(Named(name.strip(), user_id))
    return _MENTION.sub(lambda match: match[2] if match[1] else f"@{match[2]}", line)
