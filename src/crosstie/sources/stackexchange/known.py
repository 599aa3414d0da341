"""What the first pass over a dump remembers: people, whose each post is, and when answers were accepted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from crosstie.saying import mark
from crosstie.sources.ledger import Ledger
from crosstie.sources.lookup import Lookup
from crosstie.sources.stackexchange import parse
from crosstie.sources.stackexchange.elements import Row
from crosstie.sources.stackexchange.parse import ANSWER, NOBODY, QUESTION, UNTAGGED
from crosstie.sources.stackexchange.words import tags_of

_ACCEPTED = "1"
# What a vote is: https://meta.stackexchange.com/questions/2677. A bookmark is a note to oneself.
_VOTES = {
    _ACCEPTED: mark("vote that dates an accepted answer"),
    "2": mark("vote for a post, which names nobody"),
    "3": mark("vote against a post, which names nobody"),
    "5": mark("bookmark"),
    "8": mark("bounty"),
    "9": mark("bounty"),
}
_OTHER_VOTE = mark("vote to close, delete, edit or report")
_LINKS = {"1": mark("link to another question"), "3": mark("mark that a question was asked before")}
_OTHER_LINK = mark("link of an unknown type")


class Known(NamedTuple):
    """A post as the first pass knows it.

    Attributes:
        owner: `NOBODY` for the site itself and for those whose account is gone.
        question: its own number for a question.
        place: number of the place of a question; of an answer, ask its question.
        accepted: of a question, the number of the accepted answer; 0 for none.
    """

    owner: int
    question: int
    place: int
    accepted: int


@dataclass(slots=True)
class Dump:
    """What the tables say, but for the posts and comments themselves.

    Attributes:
        refuses: says of a place's name whether it is never read.
        names: of people by their number.
        identity: what tells this site from others.
        accepted: how many questions have an accepted answer.
    """

    refuses: Callable[[str], bool]
    names: dict[int, str] = field(default_factory=dict)
    identity: str = ""
    accepted: int = 0
    _posts: Lookup = field(default_factory=lambda: Lookup(len(Known._fields)))
    _accepted_on: Lookup = field(default_factory=lambda: Lookup(1))
    _places: dict[str, int] = field(default_factory=dict)
    _place_names: list[str] = field(default_factory=list)

    def add_people(self, rows: Iterable[Row], ledger: Ledger) -> None:
        """Take Users.xml; the first user of a site, mostly the site itself, tells it for good."""
        first: tuple[int, str] | None = None
        for row in rows:
            user = parse.number(row, "Id")
            if user is None:
                ledger.note("unreadable user")
                continue
            one = (user, row.get("CreationDate", ""))
            first = min(first or one, one)
            if user > NOBODY:
                self.names[user] = " ".join(row.get("DisplayName", "").split())
        if first:
            self.identity = hashlib.sha256(f"{first[0]}/{first[1]}".encode()).hexdigest()[:16]

    def add_posts(self, rows: Iterable[Row]) -> None:
        """Take Posts.xml for the first time: whose is what."""
        for row in rows:
            post, kind = parse.number(row, "Id"), parse.number(row, "PostTypeId")
            if post is None or kind not in (QUESTION, ANSWER):
                continue
            owner = max(parse.number(row, "OwnerUserId") or NOBODY, NOBODY)
            if kind == ANSWER:
                self._posts.add(post, owner, parse.number(row, "ParentId") or 0, 0, 0)
            else:
                accepted = parse.number(row, "AcceptedAnswerId") or 0
                self.accepted += accepted != 0
                self._posts.add(post, owner, post, self._place(row.get("Tags", "")), accepted)

    def add_votes(self, rows: Iterable[Row], ledger: Ledger) -> None:
        """Take Votes.xml: none names a person, and those that accept an answer tell the day."""
        for row in rows:
            kind = row.get("VoteTypeId", "")
            ledger.leave_out(_VOTES.get(kind, _OTHER_VOTE))
            if kind == _ACCEPTED:
                post, at = parse.number(row, "PostId"), parse.moment(row.get("CreationDate", ""))
                if post is not None and at is not None:
                    self._accepted_on.add(post, parse.day(at))

    def find(self, post: int | None) -> Known | None:
        """Return what is known of a question or an answer."""
        values = None if post is None else self._posts.get(post)
        return Known(*values) if values else None

    def place_of(self, question: int) -> str:
        """Return the place of a question: its first tag, or the one of its tags that is never read."""
        known = self.find(question)
        return self._place_names[known.place] if known and self._place_names else UNTAGGED

    def accepted_on(self, answer: int) -> int | None:
        """Return the day on which an answer was accepted, where a vote tells it."""
        found = self._accepted_on.get(answer)
        return found[0] if found else None

    def _place(self, tags: str) -> int:
        given = tags_of(tags) or (UNTAGGED,)
        name = next(filter(self.refuses, given), given[0])
        found = self._places.get(name)
        if found is None:
            found = self._places[name] = len(self._place_names)
            self._place_names.append(name)
        return found


def count_links(rows: Iterable[Row], ledger: Ledger) -> None:
    """Take PostLinks.xml: it says which questions belong together, and not who said so."""
    for row in rows:
        ledger.leave_out(_LINKS.get(row.get("LinkTypeId", ""), _OTHER_LINK))
