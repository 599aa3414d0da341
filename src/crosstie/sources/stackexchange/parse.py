"""Rows of a dump to posts and comments, and these to interactions. Pure: no file, no door, no ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crosstie.record import Interaction, Kind, KnownHow, Openness
from crosstie.sources.door import asks
from crosstie.sources.lookup import LARGEST
from crosstie.sources.stackexchange import words
from crosstie.sources.times import is_believable, iso_time

QUESTION, ANSWER = 1, 2
NOBODY = 0
"""Stands for the account of somebody whom the dump does not tell; ids of people begin at 1."""
UNTAGGED = "untagged"
"""The place of questions without a tag; the sites themselves call it so."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def number(row: Mapping[str, str], name: str) -> int | None:
    """Return a whole number of a row; None where there is none, or it is none."""
    try:
        found = int(row.get(name, ""))
    except ValueError:
        return None
    return found if -LARGEST <= found <= LARGEST else None


def moment(written: str) -> datetime | None:
    """Return a time of a dump, which is in UTC and does not say so; None where it is none, or cannot be."""
    at = iso_time(written)
    return at if at is not None and is_believable(at) else None


def day(at: datetime) -> int:
    """Return a day as its number since 1970."""
    return (at - _EPOCH).days


def in_that_day(days: int, after: datetime) -> datetime:
    """Return when on a day something happened that came after a time: votes are dated to the day."""
    return max(after, _EPOCH + timedelta(days=days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A question or an answer with what the first pass knows of it.

    Attributes:
        question: the number of its question, its own for a question.
        asker: of an answer, who asked, `NOBODY` where the dump does not tell.
        place: the first tag of the question.
    """

    id: int
    owner: int
    at: datetime
    question: int
    asker: int
    place: str
    row: Mapping[str, str]

    @property
    def is_answer(self) -> bool:
        """Whether it answers a question."""
        return self.id != self.question


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment, and whom and what it answers.

    Attributes:
        post: the post it stands under.
        replies_to: external id of what it answers.
        parent: who wrote that, `NOBODY` where the dump does not tell.
        probability: 1 where the site or the comment says so itself.
    """

    id: int
    writer: int
    at: datetime
    post: int
    question: int
    place: str
    text: str
    replies_to: str
    parent: int
    mentioned: tuple[int, ...] = ()
    probability: float = 1.0


def comment_id(number: int) -> str:
    """Return the external id of a comment; a post's is its number, and comments are numbered apart."""
    return f"comment-{number}"


def posted(post: Post, *, source: str, site: str, keeps_text: bool) -> Interaction:
    """Return a post as one act: a question is said, an answer replies to it."""
    row = post.row
    text = None
    if keeps_text:
        body = row.get("Body", "")
        text = (
            words.readable(body)
            if post.is_answer
            else words.question(row.get("Title", ""), body, words.tags_of(row.get("Tags", "")))
        )
    # Nobody is answered where the asker is gone: within the thread someone else would be taken for them.
    is_known = not post.is_answer or post.asker != NOBODY
    return Interaction(
        source=source,
        external_id=str(post.id),
        kind=Kind.REPLIED if post.is_answer else Kind.SAID,
        at=post.at,
        actor=str(post.owner),
        place=post.place,
        openness=Openness.OPEN,
        thread=str(post.question) if is_known else "",
        replies_to=str(post.question) if post.is_answer else "",
        parent_author=str(post.asker) if post.asker != NOBODY else "",
        link=f"{site}/{'a' if post.is_answer else 'q'}/{post.id}" if site else "",
        # What stands as a question asks, with or without a question mark; what stands as an answer does not.
        asks=not post.is_answer,
        text=text,
        edited_at=moment(row.get("LastEditDate", "")),
    )


def commented(comment: Comment, *, source: str, site: str, keeps_text: bool) -> Interaction:
    """Return a comment as one act; those under one post are a thread of their own, apart from answers."""
    is_known = comment.parent != NOBODY
    anchor = f"comment{comment.id}_{comment.post}"
    return Interaction(
        source=source,
        external_id=comment_id(comment.id),
        kind=Kind.REPLIED,
        at=comment.at,
        actor=str(comment.writer),
        place=comment.place,
        openness=Openness.OPEN,
        mentioned=tuple(str(user) for user in comment.mentioned),
        thread=f"{comment.post}/comments" if is_known else "",
        replies_to=comment.replies_to,
        parent_author=str(comment.parent) if is_known else "",
        link=f"{site}/questions/{comment.question}#{anchor}" if site else "",
        known_how=KnownHow.STATED if comment.probability == 1 else KnownHow.INFERRED,
        probability=comment.probability,
        asks=asks(comment.text) if comment.text else None,
        text=comment.text if keeps_text else None,
    )
