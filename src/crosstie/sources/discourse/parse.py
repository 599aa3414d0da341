"""One post, and what it answers, to an interaction. Pure: no file, no door, no ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from crosstie.record import Interaction, Kind, Openness
from crosstie.sources.discourse import shapes
from crosstie.sources.discourse.content import Words
from crosstie.sources.discourse.forum import Known, Where
from crosstie.sources.discourse.shapes import Post
from crosstie.sources.door import asks

ASKER_ACCEPTED = 0.8
"""How likely whoever began a topic accepted its answer, where that is not told: staff may do so as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a post answers.

    Attributes:
        kind: replied, or said where it answers nothing or nobody that is known.
        replies_to: external id of the post answered, "" if that is not in the export.
        parent: number of its author, 0 if unknown.
        further: authors of other posts that it quotes.
    """

    kind: Kind
    replies_to: str = ""
    parent: int = 0
    further: tuple[int, ...] = ()


def answered(
    author: int, first: Known | None, named: Iterable[Known | None], *, is_first: bool, bots: frozenset[int]
) -> Answered:
    """Return what a post answers.

    Args:
        author: who wrote it.
        first: the first post of its topic.
        named: the posts that it says it replies to or quotes, in that order; None for one that is not known.
        is_first: whether it is itself the first post.
        bots: those authors among them who are no people.
    """
    told = list(named)
    known = [one for one in told if one is not None and one.author and one.author not in bots]
    others = [one for one in known if one.author != author]
    if is_first:
        # It begins something, whomever it quotes; they are called, not answered.
        return Answered(kind=Kind.SAID, further=tuple(dict.fromkeys(one.author for one in others)))
    if others:
        further = dict.fromkeys(one.author for one in others[1:] if one.author != others[0].author)
        return Answered(
            kind=Kind.REPLIED,
            replies_to=str(others[0].id) if others[0].id else "",
            parent=others[0].author,
            further=tuple(further),
        )
    if told and not known:
        # What answers only what is gone, or a bot, is no answer to whoever else spoke in the topic.
        return Answered(kind=Kind.SAID)
    if known:
        return Answered(kind=Kind.REPLIED, replies_to=str(known[0].id), parent=author)
    if first is None or first.author in {0, author} | bots:
        return Answered(kind=Kind.SAID)
    return Answered(kind=Kind.REPLIED, replies_to=str(first.id), parent=first.author)


def posted(
    post: Post,
    at: datetime,
    words: Words,
    reply: Answered,
    where: Where,
    *,
    source: str,
    mentioned: Iterable[int],
    title: str,
    keep: Callable[[Openness, str], str | None],
    link: str,
) -> Interaction:
    """Return a post as one act.

    Args:
        post: the post.
        at: when it was written.
        words: what it says.
        reply: what it answers.
        where: where it stands.
        source: the forum.
        mentioned: numbers of those it mentions, people and not its author.
        title: the topic's, for its first post.
        keep: the door's word on a text.
        link: address of the original, "" for none.
    """
    author = str(post.user_id)
    is_direct = where.openness is Openness.DIRECT
    called = dict.fromkeys(str(user) for user in (*mentioned, *reply.further) if user != reply.parent)
    asked = "\n".join(filter(None, (title, words.text)))
    return Interaction(
        source=source,
        external_id=str(post.id),
        kind=reply.kind,
        at=at,
        actor=author,
        place=where.id,
        openness=where.openness,
        addressed=tuple(sorted(where.members - {author})) if is_direct else (),
        mentioned=tuple(called),
        thread=str(post.topic_id),
        replies_to=reply.replies_to,
        parent_author=str(reply.parent) if reply.parent else "",
        link=link,
        asks=asks(asked) if asked else None,
        text=keep(where.openness, asked),
        # What is touched without an edit has a new `updated_at` and the old version.
        edited_at=shapes.moment(post.updated_at) if post.version > 1 else None,
    )
