"""Questions in whose thread somebody links to an earlier one, which was answered; for `asked_before`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from crosstie.ideas.threads import Question
from evaluation._rolled import Told

SITE = "https://archive.example"
"""Where links of what is read lead to, so that a row tells which message of the archive it is."""

_ZULIP = re.compile(
    r"#narrow/(?:stream|channel)/(\d+)[^/\"]*/(?:topic/([^/\"\s<]+))(?:/(?:near|with)/(\d+))?"
)
_DISCOURSE = re.compile(r"https?://delvingbitcoin\.org/t/(?:[^/\"\s<]+/)?(\d+)(?:/(\d+))?")


class Post(NamedTuple):
    """One message of an archive: what it is called by, its thread, and the (thread, post) it links to."""

    id: str
    thread: str
    links: tuple[tuple[str, str], ...]


class Linked(NamedTuple):
    """A question, and the earlier ones that were linked to after it was asked, by number."""

    question: int
    earlier: frozenset[int]


def linked(told: Told, posts: dict[str, Post]) -> list[Linked]:
    """Return the questions after which somebody links to earlier, answered ones, in order of time.

    Args:
        told: questions and answers with links into `SITE`.
        posts: the archive's messages by their id.
    """
    rows = {_id(one.message.link): one for one in told.rows}
    number = {key: one.number if isinstance(one, Question) else one.question for key, one in rows.items()}
    opens: dict[str, int] = {}
    asked_at: dict[int, int] = {}
    first_answer_at: dict[int, int] = {}
    for key, one in rows.items():
        if isinstance(one, Question):
            asked_at[one.number] = one.message.at
            if key in posts:
                opens.setdefault(posts[key].thread, one.number)
        else:
            first_answer_at.setdefault(one.question, one.message.at)
    found: dict[int, set[int]] = {}
    for key, post in posts.items():
        # What the asker adds is no row; it belongs to the question that opened the thread.
        question = number.get(key) or opens.get(post.thread)
        if not question or isinstance(rows.get(key), Question):
            continue
        for thread, other in post.links:
            target = number.get(other) or opens.get(thread)
            if not target or target >= question or thread == post.thread:
                continue
            if first_answer_at.get(target, asked_at[question]) < asked_at[question]:
                found.setdefault(question, set()).add(target)
    return [Linked(question, frozenset(found[question])) for question in sorted(found)]


def posts_in(folder: Path) -> dict[str, Post]:
    """Return the messages of an unpacked archive, of a Zulip stream or a Discourse forum."""
    found = {}
    for file in sorted(folder.rglob("*.json")):
        told = json.loads(file.read_bytes())
        read = _zulip(file, told) if isinstance(told, list) else _discourse(told)
        found.update({post.id: post for post in read})
    return found


def _zulip(file: Path, told: list[dict[str, str]]) -> Iterator[Post]:
    stream, topic = file.parent.name.split("-", 1)[0], _plain(file.name.removesuffix(".json"))
    for one in told:
        links = [
            (f"{to}/{_plain(name)}", post)
            for to, name, post in _ZULIP.findall(one["content"])
            if to == stream
        ]
        yield Post(str(one["id"]), f"{stream}/{topic}", tuple(links))


def _discourse(told: dict[str, str]) -> Iterator[Post]:
    if "topic_id" in told:
        links = [
            (topic, f"{topic}/{post or 1}") for topic, post in _DISCOURSE.findall(told.get("cooked", ""))
        ]
        yield Post(f"{told['topic_id']}/{told['post_number']}", str(told["topic_id"]), tuple(links))


def _plain(name: str) -> str:
    """Return a topic's name as it was written: Zulip puts a dot for the percent sign of an address."""
    return unquote(unquote(name).replace(".", "%")).removeprefix("✔ ")


def _id(link: str) -> str:
    """Return what a message is called by in its archive, from its link: its number, or topic and post."""
    return link.rsplit("/near/", 1)[1] if "/near/" in link else "/".join(link.rsplit("/", 2)[1:])
