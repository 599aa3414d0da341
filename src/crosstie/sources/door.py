"""The door of every source: what may come in, decided once for all of them (`docs/explanation/privacy.md`).

A source asks the door for each record; what the door refuses is counted by the door, with its reason,
and goes no further. Text and links of places that are not open are dropped here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from crosstie.record import Account, Openness
from crosstie.record.kept import is_kept
from crosstie.saying import mark
from crosstie.sources.conditions import CONDITIONS, REFUSED_PLACES, Condition, Mode
from crosstie.sources.earlier import Earlier
from crosstie.sources.ledger import Ledger

_NOT_ADMITTED = {
    (Condition.INVOLVED, Openness.MEMBERS): mark("members place that does not involve the viewer"),
    (Condition.INVOLVED, Openness.DIRECT): mark("direct place that does not involve the viewer"),
    (Condition.PLACE_AGREED, Openness.MEMBERS): mark("members place without agreement"),
    (Condition.ALL_OPTED_IN, Openness.DIRECT): mark("direct place without agreement"),
}

_OPTED_OUT, _FORGOTTEN = mark("opted out"), mark("asked to be forgotten")
_NEVER_READ = mark("place of a kind that is never read")

_QUOTED_LINE = re.compile(r"^\s*>.*$", re.MULTILINE)
_ADDRESS = re.compile(r"\w+://\S+")


def asks(text: str) -> bool:
    """Say whether a text asks something: a question mark outside quoted lines and addresses."""
    if "?" not in text:
        return False
    own = _QUOTED_LINE.sub("", text) if ">" in text else text
    return "?" in (_ADDRESS.sub("", own) if "://" in own else own)


@dataclass(slots=True)
class Door:
    """What may come in, for one reading of one source.

    Attributes:
        ledger: where the door counts what it refuses.
        mode: personal or organisation.
        viewer: in personal mode, the `--as` of the user: an address, an account id or a name; "" for none.
        is_viewers: says of an account whether it is the viewer's, where that was settled before the reading;
            None goes by the words alone.
        refused_words: places whose name holds one of these words are never read.
        agreed_places: in organisation mode, names or ids of members places whose owner agreed and whose
            members were told.
        opted_in: in organisation mode, addresses or account ids of those whose direct conversations may be
            read, where everyone in them opted in.
        inside_domains: in organisation mode, the mail domains of the organisation; whoever has an address
            elsewhere is outside and need not opt in. Without an address one counts as inside; a domain
            under one of these is inside too.
        inside_addresses: in organisation mode, addresses of people the directory has as employees, whatever
            their domain.
        opted_out: says of an account whether its person opted out; None where nobody did.
        forgotten: the same of those who asked to be forgotten.
        oldest: what happened before is not read, since it would fall out by age; None for no limit.
        dry: count only; sources need not compute anything else when it is set.
        earlier: what was read before, for a source whose export does not say which one it is; None where
            nothing is known of it.
        met: where somebody wants to know whom a viewer could have meant, the accounts met, by source and id;
            nobody who opted out or asked to be forgotten. None keeps nothing.
    """

    ledger: Ledger
    mode: Mode = Mode.PERSONAL
    viewer: str = ""
    is_viewers: Callable[[Account], bool] | None = None
    refused_words: tuple[str, ...] = REFUSED_PLACES
    agreed_places: frozenset[str] = frozenset()
    opted_in: frozenset[str] = frozenset()
    inside_domains: frozenset[str] = frozenset()
    inside_addresses: frozenset[str] = frozenset()
    opted_out: Callable[[Account], bool] | None = None
    forgotten: Callable[[Account], bool] | None = None
    oldest: datetime | None = None
    dry: bool = False
    earlier: Earlier | None = None
    met: dict[tuple[str, str], Account] | None = None
    _viewer_ids: set[str] = field(default_factory=set)
    _addresses: dict[str, str] = field(default_factory=dict)
    _absent_ids: dict[str, str] = field(default_factory=dict)  # with the reason
    _refused: dict[str, bool] = field(default_factory=dict)

    def is_viewer(self, account: Account) -> bool:
        """Say whether this account is the viewer's; remembered by id.

        As it was settled, else by address, id or exact name. A name counts only where the account has no
        address: an address is the better evidence.
        """
        if self.mode is Mode.ORGANISATION:
            self._addresses[account.id] = account.address
        if self.opted_out is not None and self.opted_out(account):
            self._absent_ids[account.id] = _OPTED_OUT
        elif self.forgotten is not None and self.forgotten(account):
            self._absent_ids[account.id] = _FORGOTTEN
        if not self.viewer:
            return False
        if self.met is not None and account.id not in self._absent_ids:
            self.met[account.source, account.id] = account
        found = self._is_called(account) if self.is_viewers is None else self.is_viewers(account)
        if found:
            self._viewer_ids.add(account.id)
        return found

    def _is_called(self, account: Account) -> bool:
        wanted = self.viewer.strip().casefold()
        return wanted in (account.id.casefold(), account.address) or (
            not account.address and wanted == account.name.casefold()
        )

    @property
    def has_met_viewer(self) -> bool:
        """Say whether any account was the viewer's."""
        return bool(self._viewer_ids)

    @property
    def is_choosy(self) -> bool:
        """Say whether `takes_from` can say no at all, so that a reader in a hurry need not ask each time."""
        return not (self.opted_out is None and self.forgotten is None and self.oldest is None)

    def takes_from(self, actor: str, at: datetime | None, *, count: int = 1) -> bool:
        """Say whether records of what this account did at this time may be read.

        They may not if its person opted out or asked to be forgotten, or if they are older than is kept; the
        refusal is counted. Ask before `admits`, and call `is_viewer` for the account before. Without a time
        nothing is too old.
        """
        if actor in self._absent_ids:
            self.ledger.leave_out(self._absent_ids[actor], count)
            return False
        if self.oldest is not None and at is not None and at < self.oldest:
            self.ledger.leave_out("older than is kept", count)
            return False
        return True

    def is_outside(self, address: str) -> bool:
        """Say whether an address is that of someone outside the organisation, where its domains are known."""
        if not self.inside_domains or address in self.inside_addresses:
            return False
        _, at, domain = address.rpartition("@")
        if not at:
            return False
        while domain:
            if domain in self.inside_domains:
                return False
            domain = domain.partition(".")[2]
        return True

    def admits(
        self, openness: Openness, place_name: str, place_id: str, people: Iterable[str], *, count: int = 1
    ) -> bool:
        """Say whether a record of this place, between these account ids, may be read.

        A refusal is counted in the ledger under its reason; the caller goes on with the next record.
        Call `is_viewer` for the accounts concerned first, so that the door knows the viewer's ids.
        `count` records of one place and the same people may be asked for at once.
        """
        if self.refuses(place_name):
            self.ledger.leave_out(_NEVER_READ, count)
            return False
        condition = CONDITIONS[self.mode][openness]
        agreed = self._holds(condition, place_name, place_id, people)
        if not agreed:
            self.ledger.leave_out(_NOT_ADMITTED.get((condition, openness), _NEVER_READ), count)
            return False
        self.ledger.places[openness.value] += count
        return True

    def _holds(self, condition: Condition, place_name: str, place_id: str, people: Iterable[str]) -> bool:
        """Say whether the condition holds on which a place is read."""
        if condition is Condition.ALWAYS:
            return True
        if condition is Condition.INVOLVED:
            return not self._viewer_ids.isdisjoint(people)
        if condition is Condition.PLACE_AGREED:
            return not self.agreed_places.isdisjoint((place_id, place_name))
        return condition is Condition.ALL_OPTED_IN and self._all_opted_in(people)

    def _all_opted_in(self, people: Iterable[str]) -> bool:
        """Say whether everyone of these inside the organisation opted in, nobody out, and there is one."""
        inside = []
        for person in filter(None, people):
            address = self._addresses.get(person) or (person if "@" in person else "")
            if not self.is_outside(address.casefold()):
                inside.append(person not in self._absent_ids and bool({person, address} & self.opted_in))
        return bool(inside) and all(inside)

    def text(self, openness: Openness, text: str) -> str | None:
        """Return the text where it may be kept, else None."""
        return text if is_kept("text", openness) else None

    def link(self, openness: Openness, link: str) -> str:
        """Return the link where it may be kept, else ""."""
        return link if is_kept("link", openness) else ""

    def refuses(self, name: str) -> bool:
        """Say whether a place of this name is of a kind that is never read."""
        known = self._refused.get(name)
        if known is None:
            folded = name.casefold()
            known = self._refused[name] = any(
                re.search(rf"(?<![^\W_]){re.escape(word)}", folded) for word in self.refused_words
            )
        return known
