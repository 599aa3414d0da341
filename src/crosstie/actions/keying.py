"""From traces to the record: accounts and places get opaque keys, outside ids become keyed hashes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from msgspec.structs import replace

from crosstie.actions.absence import Absence
from crosstie.actions.barring import is_forgotten, words_for
from crosstie.people import AccountRow, opted_out
from crosstie.record import Account, Entry, Interaction, Kind, KnownHow, Openness, Place, Trace, outside_key
from crosstie.record.forget import Forgetting
from crosstie.record.kept import is_kept
from crosstie.record.keys import Keyring, new_key
from crosstie.record.rules import has_its_needs
from crosstie.saying import mark
from crosstie.sources import Ledger
from crosstie.store import Store

_KeyOf = Callable[[str, str], str]


_INFERRED = {
    Kind.REPLIED: mark("answer whose question the source does not name, inferred with a probability"),
    Kind.REVIEWED: mark("change applied by somebody else, inferred to be a review with a probability"),
}
_CONCLUDED = mark("act that the source does not state, inferred with a probability")


class Keying:
    """Keys the traces of one reading. `flush` keeps what is new; it must run before rows are written.

    Who opted out or was forgotten is looked up when the first trace is asked for, which the record does when
    nobody else may write: so who was forgotten while this waited does not come back.

    What a source let through is looked at once more here: nothing of those who opted out or asked to be
    forgotten is kept, nothing that is older than is kept, and nobody outside is known in a direct place.

    Args:
        keyring: the workspace's.
        store: its names.
        ledger: where what is not kept is noted.
        kinds: where interactions are counted by kind.
        absence: tells who opted out; by default, as far as the marks of their accounts tell.
        oldest: what happened before is not kept; None for no limit.
        is_outside: in organisation mode, says of an address whether it is of someone outside; in direct
            places they become nameless. None in personal mode.
    """

    def __init__(
        self,
        keyring: Keyring,
        store: Store,
        ledger: Ledger,
        *,
        kinds: Counter[str] | None = None,
        absence: Callable[[], Absence] | None = None,
        oldest: datetime | None = None,
        is_outside: Callable[[str], bool] | None = None,
    ) -> None:
        self._tell_absence = absence or (lambda: Absence(keyring, opted_out(store.decisions())))
        self._absence = Absence(keyring)
        self._oldest = oldest
        self._is_outside = is_outside
        self._waiting: dict[tuple[str, str], Account] = {}  # outside, and met in no place that names them yet
        self._absent: set[tuple[str, str]] = set()
        self._keyring = keyring
        self._store = store
        self._ledger = ledger
        self._keys: dict[tuple[str, str], str] = {}
        self._known: dict[tuple[str, str], tuple[str, str]] = {}
        self._sources: set[str] = set()
        self._new_accounts: dict[tuple[str, str], AccountRow] = {}
        self._new_places: dict[str, Place] = {}
        self._place_keys: dict[tuple[str, str], str] = {}
        self._new_entries: dict[str, Entry] = {}
        self._forgotten: frozenset[str] = frozenset()
        self._barred: set[tuple[str, str]] = set()
        self._barred_words: set[str] = set()
        self._kinds = Counter[str]() if kinds is None else kinds

    def interactions(self, traces: Iterable[Trace]) -> Iterator[Interaction]:
        """Yield keyed interactions; take in accounts, places and entries on the way."""
        self._absence, self._forgotten = self._tell_absence(), self._store.forgotten()
        for trace in traces:
            if isinstance(trace, Interaction):
                keyed = self._keyed(trace)
                if keyed is not None:
                    self._kinds[keyed.kind.value] += 1
                    if keyed.known_how is KnownHow.INFERRED:
                        self._ledger.note(_INFERRED.get(keyed.kind, _CONCLUDED))
                    yield keyed
            elif isinstance(trace, Account):
                self._take_account(trace)
            elif isinstance(trace, Place):
                self._place_key(trace.source, trace.id, trace)
            else:
                self._take_entry(trace)

    def flush(self) -> None:
        """Keep what is new: accounts first, then what points at them."""
        if self._new_accounts:
            self._store.accounts.save(self._new_accounts.values())
            self._new_accounts.clear()
        if self._new_places:
            self._store.places.save(self._new_places)
            self._new_places.clear()
        if self._new_entries:
            self._store.accounts.save_entries(self._new_entries)
            self._new_entries.clear()

    def _take_account(self, account: Account) -> None:
        """Take in an account; one outside waits until a place that names its people has it."""
        identity = (account.source, account.id)
        self._load(account.source)
        if self.bars(account):
            return
        if self._absence.covers(account):
            self._absent.add(identity)
            self._keys.pop(identity, None)
        elif self._is_outside is not None and self._is_outside(self._address_of(account)):
            self._waiting[identity] = account
        else:
            self._name(account)

    def _address_of(self, account: Account) -> str:
        _, known = self._known.get((account.source, account.id), ("", ""))
        return (account.address or known or (account.id if "@" in account.id else "")).casefold()

    def _name(self, account: Account) -> None:
        """Give an account its key, and keep the name and address it is told by."""
        identity = (account.source, account.id)
        key = self._keys.get(identity)
        name, address = self._known.get(identity, ("", ""))
        facts = (account.name or name, account.address or address)
        if key is None:
            key = self._keys[identity] = new_key()
        elif facts == (name, address):
            return
        self._known[identity] = facts
        self._new_accounts[identity] = AccountRow(
            key=key, source=account.source, id=account.id, name=facts[0], address=facts[1]
        )

    def _take_entry(self, entry: Entry) -> None:
        told = Account(source=entry.source, id=entry.id, name=entry.name, address=entry.address)
        self._take_account(told)
        waiting = self._waiting.pop((entry.source, entry.id), None)
        if waiting is not None:  # a directory names whom it lists
            self._name(waiting)
        key = self._keys.get((entry.source, entry.id))
        if key is not None:
            self._new_entries[key] = entry
            if entry.shared_address:
                self._take_address_back(entry)

    def _take_address_back(self, entry: Entry) -> None:
        """Keep no address that an earlier directory had for one alone, and that others have now, too."""
        identity = (entry.source, entry.id)
        name, address = self._known[identity]
        if address:
            self._known[identity] = (name, "")
            self._new_accounts[identity] = AccountRow(
                key=self._keys[identity], source=entry.source, id=entry.id, name=name, address=""
            )

    def _load(self, source: str) -> None:
        if source in self._sources:
            return
        self._sources.add(source)
        for outside_id, (key, name, address) in self._store.accounts.keys_of(source).items():
            if self._absence.covers(Account(source=source, id=outside_id, name=name, address=address)):
                self._absent.add((source, outside_id))
                continue
            self._keys[source, outside_id] = key
            self._known[source, outside_id] = (name, address)

    def bars(self, account: Account) -> bool:
        """Say whether an account is of someone forgotten; others' texts lose the words for it."""
        if not is_forgotten(self._keyring, self._forgotten, account):
            return False
        self._barred.add((account.source, account.id))
        self._barred_words |= words_for(account.name, account.address, account.id)
        return True

    def _account_key(self, source: str, outside_id: str) -> str:
        """Return the key of an account; "" for those forgotten and those who opted out.

        In a list "" keeps the place, so that the others' shares of a message to several stay what they were.
        """
        identity = (source, outside_id)
        if self._waiting and identity in self._waiting:
            self._name(self._waiting.pop(identity))
        key = self._keys.get(identity)
        if key is None:
            if identity in self._barred or identity in self._absent:
                return ""
            self._take_account(Account(source=source, id=outside_id))
            if identity in self._waiting:
                self._name(self._waiting.pop(identity))
            key = self._keys.get(identity, "")
        return key

    def _nameless_outside(self) -> _KeyOf:
        """Return keys for one direct interaction, in which people outside are only told apart."""
        numbers: dict[str, int] = {}

        def key_of(source: str, outside_id: str) -> str:
            if not self._stands_outside(source, outside_id):
                return self._account_key(source, outside_id)
            return outside_key(numbers.setdefault(outside_id, len(numbers) + 1))

        return key_of

    def _stands_outside(self, source: str, outside_id: str) -> bool:
        identity = (source, outside_id)
        if self._is_outside is None or identity in self._barred or identity in self._absent:
            return False
        self._load(source)
        known = Account(source=source, id=outside_id)
        return identity in self._waiting or self._is_outside(self._address_of(known))

    def _place_key(self, source: str, outside_id: str, place: Place | None = None) -> str:
        key = self._place_keys.get((source, outside_id))
        if key is None:
            key = self._place_keys[source, outside_id] = self._keyring.hashed("place", source, outside_id)
        if place is not None:
            self._new_places[key] = place
        return key

    def _keyed(self, act: Interaction) -> Interaction | None:
        source, hashed = act.source, self._keyring.hashed
        if self._oldest is not None and act.at is not None and act.at < self._oldest:
            self._ledger.note("act older than is kept, not kept")
            return None
        is_nameless = self._is_outside is not None and act.openness is Openness.DIRECT
        key_of = self._nameless_outside() if is_nameless else self._account_key
        actor = key_of(source, act.actor)
        if not actor:
            if (source, act.actor) in self._absent:
                self._ledger.note("act of someone who opted out, not kept")
            else:
                self._ledger.note("act of someone who asked to be forgotten, not kept")
            return None

        def keys_of(outside_ids: tuple[str, ...]) -> tuple[str, ...]:
            return tuple([key_of(source, outside_id) for outside_id in outside_ids])

        text, link, files = act.text, act.link, act.files
        if self._barred_words:
            blanking = Forgetting.of(["barred"], {"barred": self._barred_words})
            text = None if text is None else blanking.without_words(text)
            link = link if blanking.without_words(link) == link else ""
            files = tuple(map(blanking.without_words, files))
        parent = key_of(source, act.parent_author) if act.parent_author else ""
        # An answer to the forgotten or absent leaves its thread, where it would pass for one to the others.
        thread = "" if act.parent_author and not parent else act.thread
        keyed = replace(
            act,
            external_id=message_key(self._keyring, source, act.external_id),
            actor=actor,
            place=self._place_key(source, act.place),
            addressed=keys_of(act.addressed) if act.addressed else (),
            copied=keys_of(act.copied) if act.copied else (),
            mentioned=keys_of(act.mentioned) if act.mentioned else (),
            thread=hashed("thread", source, thread) if thread else "",
            replies_to=message_key(self._keyring, source, act.replies_to) if act.replies_to else "",
            parent_author=parent,
            text=text if is_kept("text", act.openness) else None,
            link=link if is_kept("link", act.openness) else "",
            files=files if is_kept("files", act.openness) else (),
        )
        if (self._barred or self._absent) and not has_its_needs(keyed):
            self._ledger.note("act towards someone who opted out or asked to be forgotten, not kept")
            return None
        return keyed


def message_key(keyring: Keyring, source: str, external_id: str) -> str:
    """Return the hash under which the record has a message of a source."""
    return keyring.hashed("message", source, external_id)
