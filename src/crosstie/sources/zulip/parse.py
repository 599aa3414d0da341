"""One message and the state of its topic to interactions. Pure: no file, no door, no ledger."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

from crosstie.record import Interaction, Kind, KnownHow, Openness
from crosstie.saying import mark
from crosstie.sources.door import asks
from crosstie.sources.times import IMPOSSIBLE, is_believable
from crosstie.sources.zulip.content import Words

RESOLVED = "✔ "

# Zulip has no reply-to. Where nothing is quoted, the last message of somebody else in the topic is held to be
# answered. Measured where a message says itself whom it answers (a quote, or a mention of somebody who had
# spoken in the topic), at least two others had spoken, and the last other speaker had done so less than a day
# before: it was that speaker in 65 to 70 of 100 messages of a research community's archive, and in 49 to 52
# of 100 of a busy questions channel. The lower figure, rounded, because a mention or a quote is used most
# where it is not obvious who is answered.
SEVERAL_OTHERS = 0.5
# With one other speaker there is nobody else to answer; one in five is left for messages that answer nobody.
ONE_OTHER = 0.8
# Beyond a week the quoted one was the last other speaker in 1 of 16 cases in the first archive, before it in
# 9 of 13.
ANSWERED_WITHIN = timedelta(days=7)
# What Zulip calls a topic that nobody named.
_UNNAMED = frozenset({"", "(no topic)"})
# More speakers than this need not be told apart.
_SPEAKERS_KEPT = 3


@dataclass(frozen=True, slots=True)
class Where:
    """A stream or a direct conversation, and who can read it."""

    id: str
    name: str
    openness: Openness
    members: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Posted:
    """One message, whichever export it came from, its people already told by account ids.

    Attributes:
        quoted: (account, message id) of each quote that is not within another, of other people.
        mentioned: accounts, neither the sender nor bots.
    """

    id: str
    sender: str
    at: datetime
    topic: str
    words: Words
    quoted: tuple[tuple[str, str], ...] = ()
    mentioned: tuple[str, ...] = ()
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who spoke last in a topic, with which message, and when."""

    sender: str
    message_id: str
    at: datetime


@dataclass(slots=True)
class Topic:
    """What a topic remembers for inferring who is answered: two messages and three speakers, never more."""

    last: Spoken | None = None
    last_other: Spoken | None = None
    speakers: set[str] = field(default_factory=set)

    def hear(self, posted: Posted) -> None:
        """Take the next message."""
        if self.last is not None and self.last.sender != posted.sender:
            self.last_other = self.last
        self.last = Spoken(posted.sender, posted.id, posted.at)
        if len(self.speakers) < _SPEAKERS_KEPT:
            self.speakers.add(posted.sender)

    def answered_by(self, posted: Posted) -> tuple[Spoken, float] | None:
        """Return the message that this one, which quotes nothing, is held to answer, and how likely."""
        before = self.last
        if before is not None and before.sender == posted.sender:
            before = self.last_other
        if before is None or not timedelta(0) <= posted.at - before.at <= ANSWERED_WITHIN:
            return None
        if posted.mentioned and before.sender not in posted.mentioned:
            return None  # it calls somebody else
        others = len(self.speakers - {posted.sender})
        return before, ONE_OTHER if others == 1 else SEVERAL_OTHERS


def said(
    posted: Posted,
    *,
    source: str,
    where: Where,
    topic: Topic,
    bots: Collection[str],
    keep: Callable[[Openness, str], str | None],
    link: str = "",
) -> Interaction:
    """Return the message as one act: a reply by a quote (stated) or by its place in the topic (inferred)."""
    kind, replies_to, parent, known_how, probability = Kind.SAID, "", "", KnownHow.STATED, 1.0
    if posted.quoted:
        kind = Kind.REPLIED
        parent, replies_to = posted.quoted[0]
    elif where.openness is not Openness.DIRECT and (found := topic.answered_by(posted)):
        kind, known_how = Kind.REPLIED, KnownHow.INFERRED
        (parent, replies_to), probability = (found[0].sender, found[0].message_id), found[1]
    further = [author for author, _ in posted.quoted[1:] if author != parent]
    is_direct = where.openness is Openness.DIRECT
    others = where.members - {posted.sender} - set(bots) if is_direct else ()
    text = posted.words.text
    # People name what they ask in the topic, and then say the rest.
    is_named = topic.last is None and not is_direct and posted.topic not in _UNNAMED
    titled = f"{posted.topic.removeprefix(RESOLVED)}\n{text}" if text and is_named else text
    return Interaction(
        source=source,
        external_id=posted.id,
        kind=kind,
        at=posted.at,
        actor=posted.sender,
        place=where.id,
        openness=where.openness,
        addressed=tuple(sorted(others)),
        mentioned=tuple(dict.fromkeys([*posted.mentioned, *further])),
        thread=where.id if is_direct else f"{where.id}/{posted.topic.removeprefix(RESOLVED)}",
        replies_to=replies_to,
        parent_author=parent,
        link=link,
        known_how=known_how,
        probability=probability,
        asks=asks(text) if text else None,
        text=keep(where.openness, titled),
        edited_at=posted.edited_at,
    )


def moment(seconds: float | None) -> datetime | None:
    """Return a Zulip time in UTC, None where there is none, it is none, or it cannot be."""
    at = _time(seconds)
    return at if at is not None and is_believable(at) else None


def why_no_moment(seconds: float) -> str:
    """Return the reason why a Zulip time is none."""
    return mark("unreadable time") if _time(seconds) is None else IMPOSSIBLE


def _time(seconds: float | None) -> datetime | None:
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def is_bot_name(name: str) -> bool:
    """Say whether a full name says that it is a bot's: an archive has nothing else to tell by.

    "Notification Bot", "zulip-bot", "Lean (bot)": the word stands by itself. "triagebot": one word in
    lower case, as people's full names are not; so a Talbot stays a person.
    """
    return bool(re.search(r"(?i)(?:^|[\W_])bot\W*$", name) or re.fullmatch(r"[a-z0-9._-]+bot", name))


def encoded(name: str) -> str:
    """Return a name as it stands in Zulip's addresses and file names: percent signs become dots."""
    return quote(name, safe="").replace(".", "%2E").replace("%", ".")


def decoded(name: str) -> str:
    """Return the name that an address or file name stands for; broken UTF-8 becomes a replacement mark."""
    return unquote(name.replace(".", "%"), errors="replace")
