"""The words of a post as people read them. Pure."""

from __future__ import annotations

import html
import re

from crosstie.sources.markup import ENDS_A_LINE, TOKEN, line_end, tidy

_LINE_END = re.compile(r"</?(?:p|br|li|div|pre|blockquote|tr|h[1-6])\b[^<>]*>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def readable(body: str) -> str:
    """Return rendered HTML as text, with quoted lines marked by "> "."""
    if "<!--" in body:
        body = _without_comments(body)
    if "<blockquote" in body:
        return tidy("".join(_quoting(body)))
    return tidy(html.unescape(_TAG.sub("", _LINE_END.sub("\n", body))))


def _quoting(body: str) -> list[str]:
    depth = 0
    pieces: list[str] = []
    for closing, tag, _attributes, text in TOKEN.findall(body):
        if not tag:
            pieces.append(html.unescape(text or "<").replace("\n", line_end(depth)))
            continue
        if tag == "blockquote":
            depth = max(depth - 1, 0) if closing else depth + 1
        if tag in ENDS_A_LINE:
            pieces.append(line_end(depth))
    return pieces


def _without_comments(body: str) -> str:
    kept: list[str] = []
    end = 0
    while (start := body.find("<!--", end)) >= 0:
        kept.append(body[end:start])
        end = body.find("-->", start)
        if end < 0:
            return "".join(kept)
        end += len("-->")
    return "".join([*kept, body[end:]])


def question(title: str, body: str, tags: tuple[str, ...]) -> str:
    """Return a question whole: its title, its body, and its tags as the site writes them."""
    return "\n".join(filter(None, (title.strip(), readable(body), " ".join(f"[{tag}]" for tag in tags))))


def tags_of(written: str) -> tuple[str, ...]:
    """Return the tags of a question; older dumps write `<a><b>`, newer ones `|a|b|`.

    >>> tags_of("<qubit><gates>"), tags_of("|qubit|gates|")
    (('qubit', 'gates'), ('qubit', 'gates'))
    """
    return tuple(tag for tag in re.split(r"[<>|]+", written) if tag)
