"""One reading of mail: from the boxes of a path to accounts, places and interactions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from urllib.parse import quote

import msgspec

from crosstie.errors import SourceRefused
from crosstie.record import Account, Interaction, Kind, Openness, Place, Trace
from crosstie.saying import mark
from crosstie.sources.door import Door, asks
from crosstie.sources.ledger import Ledger
from crosstie.sources.mail.addresses import Person
from crosstie.sources.mail.automatic import labels_of, why_automatic
from crosstie.sources.mail.body import Words, own_words
from crosstie.sources.mail.boxes import Box, boxes
from crosstie.sources.mail.envelope import Envelope, blind_copies, delivered_to, envelope_of
from crosstie.sources.mail.headers import BLOCK_LIMIT, Headers, opened
from crosstie.sources.mail.lists import Nature, nature_of
from crosstie.sources.mail.places import SOURCE_NAME, Places, sample
from crosstie.sources.mail.seen import Seen
from crosstie.sources.mail.splitting import KEPT, LONGEST, Piece
from crosstie.sources.source import Settings

_TELLING = frozenset({b"from", b"sender", b"date", b"message-id", b"to", b"subject"})
_THROWN_AWAY = {
    "spam": mark("spam"),
    "trash": mark("thrown away by its owner"),
    "draft": mark("draft, never sent"),
    "chat": mark("chat, not mail"),
}


def read(path: Path, settings: Settings, door: Door) -> Iterator[Trace]:
    """Yield the traces of all mail at a path.

    Raises:
        SourceRefused: there is no mail in it, or it cannot be unpacked.
    """
    reading = Reading(Places(path, settings), settings, door)
    for box in boxes(path, door.ledger):
        yield from reading.traces(box)
    if not door.ledger.read:
        raise SourceRefused(
            f'"{path.name}" holds no mail.',
            hint="An mbox, a Maildir, pipermail's monthly files, or a folder, tar or zip of them is wanted.",
        )


class People(msgspec.Struct, frozen=True, gc=False):
    """Who acted, who was addressed and who copied, each with the account id."""

    actor: tuple[str, Person]
    addressed: list[tuple[str, Person]]
    copied: list[tuple[str, Person]]

    def ids(self) -> list[str]:
        """Return the account ids of all."""
        return [account_id for account_id, _ in (self.actor, *self.addressed, *self.copied)]


@dataclass(slots=True)
class Reading:
    """What one reading remembers from mail to mail: ids met, accounts and places told."""

    places: Places
    settings: Settings
    door: Door
    _seen: Seen = field(default_factory=Seen)
    _told: dict[str, str] = field(default_factory=dict)  # accounts yielded, with the name given
    _asked: set[str] = field(default_factory=set)  # accounts the door was asked about
    _places_told: set[tuple[str, Openness]] = field(default_factory=set)

    def traces(self, box: Box) -> Iterator[Trace]:
        """Yield the traces of one box; what the box is gets decided from its first mails."""
        pieces = self._until_broken(box.pieces)
        nature = Nature()
        if box.may_be_archive:
            first = sample(pieces)
            nature = nature_of([opened(piece.mail)[0] for piece in first], self._is_viewers)
            pieces = chain(first, pieces)
        for piece in pieces:
            yield from self._mail(piece, piece.folder or box.name, nature)

    def _is_viewers(self, address: str) -> bool:
        return self.door.is_viewer(_account((address, Person("", address))))

    def _until_broken(self, pieces: Iterator[Piece]) -> Iterator[Piece]:
        """Hand on pieces; where a file breaks off, what was read stays and the rest is counted once."""
        cut = False
        try:
            for piece in pieces:
                cut = piece.cut
                yield piece
        except (OSError, EOFError):
            if not cut:
                self.door.ledger.leave_out("rest of a file that breaks off")

    def _mail(self, piece: Piece, folder: str, nature: Nature) -> Iterator[Trace]:
        ledger, door = self.door.ledger, self.door
        headers, body, length = opened(piece.mail)
        reason = _unreadable(piece, length, headers)
        if reason:
            ledger.leave_out(reason)
            return
        labels = labels_of(headers, folder)
        if labels and not labels.isdisjoint(_THROWN_AWAY):
            ledger.leave_out(next(reason for label, reason in _THROWN_AWAY.items() if label in labels))
            return
        envelope = envelope_of(headers, piece.line, body)
        sender = envelope.sender
        if sender is None:
            ledger.leave_out("no sender")
        elif reason := why_automatic(headers, sender.address, sender.name):
            ledger.leave_out(reason)
        elif envelope.at is None:
            ledger.leave_out("unreadable date")
        elif self._seen.met_before(envelope.id):
            ledger.leave_out("same message again")
        else:
            place = self.places.of(headers, envelope.mailing_list, nature)
            people = self._people(headers, envelope, sender, labels, place)
            everyone: list[str] = []  # whose mail it is matters only where not everyone may read it
            if place.openness is not Openness.OPEN:
                everyone = people.ids()
                everyone += [self._met(Person("", one), place)[0] for one in delivered_to(headers)]
            if door.takes_from(people.actor[0], envelope.at) and self._admits(place, everyone):
                _note(ledger, piece, envelope)
                ledger.use()
                if not door.dry:
                    yield from self._told_now(place, people)
                yield self._interaction(headers, body, envelope, place, people)

    def _admits(self, place: Place, everyone: list[str]) -> bool:
        """Ask the door; a list is refused for its id as well, agreed to by its name or its id."""
        name = f"{place.name} {place.id}" if place.name else ""
        known_as = place.name if place.name in self.door.agreed_places else place.id
        return self.door.admits(place.openness, name, known_as, everyone)

    def _people(
        self, headers: Headers, envelope: Envelope, sender: Person, labels: frozenset[str], place: Place
    ) -> People:
        """Return who acted and towards whom; the door meets them all."""
        actor = self._met(sender, place)
        copied = envelope.copied
        if b"bcc" in headers and ("sent" in labels or self.door.is_viewer(_account(actor))):
            copied += blind_copies(headers, envelope)
        return People(
            actor,
            [self._met(person, place) for person in envelope.addressed],
            [self._met(person, place) for person in copied],
        )

    def _met(self, person: Person, place: Place) -> tuple[str, Person]:
        """Return a person with the account id it has; the door is asked once whether it is the viewer."""
        account_id = person.address or f"{place.id}/{person.name.casefold()}"
        if account_id not in self._asked:
            self._asked.add(account_id)
            self.door.is_viewer(_account((account_id, person)))
        return account_id, person

    def _told_now(self, place: Place, people: People) -> Iterator[Trace]:
        """Yield what the record has not been told yet: the place, and people new or newly named."""
        if (place.id, place.openness) not in self._places_told:
            self._places_told.add((place.id, place.openness))
            yield place
        told = self._told
        for one in (people.actor, *people.addressed, *people.copied):
            account_id, person = one
            if not told.get(account_id) and told.get(account_id) != person.name:
                told[account_id] = person.name
                yield _account(one)

    def _interaction(
        self, headers: Headers, body: bytes, envelope: Envelope, place: Place, people: People
    ) -> Interaction:
        # What is only counted needs no words.
        words = Words(None, "") if self.door.dry else own_words(headers, body)
        if words.note:
            self.door.ledger.note(words.note)
        openness = place.openness
        link = self._link(envelope) if openness is Openness.OPEN else ""
        return Interaction(
            source=SOURCE_NAME,
            external_id=envelope.id,
            kind=Kind.REPLIED if envelope.replies_to else Kind.SAID,
            at=envelope.at,
            actor=people.actor[0],
            place=place.id,
            openness=openness,
            addressed=tuple([account_id for account_id, _ in people.addressed]),
            copied=tuple([account_id for account_id, _ in people.copied]),
            thread=envelope.thread,
            replies_to=envelope.replies_to,
            link=self.door.link(openness, link),
            asks=None if words.text is None else _asks(words.text),
            text=None if words.text is None else self.door.text(openness, words.text),
        )

    def _link(self, envelope: Envelope) -> str:
        pattern = self.settings["archive_address"]
        if pattern and not envelope.id.startswith("made:"):
            return pattern.replace("{message_id}", quote(envelope.id, safe="@+=$~!*',"))
        return envelope.link


def _asks(text: str) -> bool:
    # Only lines with a question mark can ask: the others need not be searched for addresses.
    return "?" in text and asks("\n".join([line for line in text.split("\n") if "?" in line]))


def _account(one: tuple[str, Person]) -> Account:
    account_id, person = one
    return Account(source=SOURCE_NAME, id=account_id, name=person.name, address=person.address)


def _unreadable(piece: Piece, length: int, headers: Headers) -> str:
    """Return why a piece with a header block of this length is no mail that can be read, "" if it is one."""
    if piece.cut:
        return mark("mail cut off where its file breaks off")
    if piece.length > LONGEST or length > BLOCK_LIMIT:
        return mark("absurdly large")
    if not headers or headers.keys().isdisjoint(_TELLING):
        return mark("no headers")
    return ""


def _note(ledger: Ledger, piece: Piece, envelope: Envelope) -> None:
    for note in envelope.notes:
        ledger.note(note)
    if piece.doubtful:
        ledger.note("line like the beginning of a mail, without the empty line before it: not split there")
    if piece.length > KEPT:
        ledger.note("long mail, only its beginning looked at")
