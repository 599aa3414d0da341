"""One reading of mail: from the boxes of a path to accounts, places and interactions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from crosstie.errors import SourceRefused
from crosstie.record import Account, Interaction, Kind, Openness, Place, Trace
from crosstie.sources.door import Door, asks
from crosstie.sources.ledger import Ledger
from crosstie.sources.mail.addresses import Person
from crosstie.sources.mail.automatic import labels_of, why_automatic
from crosstie.sources.mail.body import own_words
from crosstie.sources.mail.boxes import Box, box_name, boxes
from crosstie.sources.mail.envelope import Envelope, blind_copies, delivered_to, envelope_of
from crosstie.sources.mail.headers import BLOCK_LIMIT, Headers, divide, scan
from crosstie.sources.mail.lists import (
    MailingList,
    Nature,
    footer_list,
    is_published,
    named,
    nature_of,
    subject_tag,
)
from crosstie.sources.mail.seen import Seen
from crosstie.sources.mail.splitting import KEPT, LONGEST, Piece
from crosstie.sources.source import Settings

SOURCE_NAME = "mail"
SAMPLE = 200  # mails of a file that decide what it is
_SAMPLE_BYTES = 32 << 20
_FILES_ASKED = 40  # files of a published archive that are searched for the list's own name
_MAILBOX = Place(source=SOURCE_NAME, id="mailbox", name="", openness=Openness.DIRECT)
_TELLING = frozenset({b"from", b"sender", b"date", b"message-id", b"to", b"subject"})
_THROWN_AWAY = {
    "spam": "spam",
    "trash": "thrown away by its owner",
    "draft": "draft, never sent",
    "chat": "chat, not mail",
}


def read(path: Path, settings: Settings, door: Door) -> Iterator[Trace]:
    """Yield the traces of all mail at a path.

    Raises:
        SourceRefused: there is no mail in it, or it cannot be unpacked.
    """
    reading = Reading(path, settings, door)
    for box in boxes(path, door.ledger):
        yield from reading.traces(box)
    if not door.ledger.read:
        raise SourceRefused(
            f'"{path.name}" holds no mail.',
            hint="An mbox, a Maildir, pipermail's monthly files, or a folder, tar or zip of them is wanted.",
        )


class People(NamedTuple):
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

    path: Path
    settings: Settings
    door: Door
    _seen: Seen = field(default_factory=Seen)
    _told: dict[str, str] = field(default_factory=dict)  # accounts yielded, with the name given
    _asked: set[str] = field(default_factory=set)  # accounts the door was asked about
    _places: set[tuple[str, Openness]] = field(default_factory=set)
    _list_of_path: MailingList | None = None

    def traces(self, box: Box) -> Iterator[Trace]:
        """Yield the traces of one box; what the box is gets decided from its first mails."""
        pieces = self._until_broken(box.pieces)
        nature = Nature()
        if box.may_be_archive:
            first = _sample(pieces)
            nature = nature_of([scan(divide(piece.mail)[0]) for piece in first], self.door.viewer)
            pieces = chain(first, pieces)
        for piece in pieces:
            yield from self._mail(piece, piece.folder or box.name, nature)

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
        block, start = divide(piece.mail)
        headers = scan(block)
        reason = _unreadable(piece, block, headers)
        if reason:
            ledger.leave_out(reason)
            return
        labels = labels_of(headers, folder)
        if labels and not labels.isdisjoint(_THROWN_AWAY):
            ledger.leave_out(next(reason for label, reason in _THROWN_AWAY.items() if label in labels))
            return
        body = piece.mail[start:]
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
            place = self._place(headers, envelope, nature)
            people = self._people(headers, envelope, sender, labels, place)
            everyone = people.ids()
            if place.openness is not Openness.OPEN:
                everyone += [self._met(Person("", one), place)[0] for one in delivered_to(headers)]
            if self._admits(place, everyone):
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

    def _place(self, headers: Headers, envelope: Envelope, nature: Nature) -> Place:
        """Return the place of a mail: its list, or the mailbox it lay in."""
        wanted = self.settings["openness"]
        found = envelope.mailing_list
        openness = Openness.MEMBERS
        if found is not None and found.id == nature.archive_of:
            openness = Openness.OPEN
        elif nature.published and is_published(headers):
            found, openness = found or self._own_list(), Openness.OPEN
        elif found is None and wanted in (Openness.OPEN, Openness.MEMBERS):
            found = self._own_list()
        if wanted != "auto":
            openness = Openness(wanted)
        if found is None or openness is Openness.DIRECT:
            return _MAILBOX
        return _list_place(found, openness)

    def _own_list(self) -> MailingList:
        """Return the list a whole path belongs to, where its mails do not say.

        From the setting, else the footers of its mails, else the tag before their subjects, else the
        path's own name.
        """
        if self._list_of_path is None:
            stated = self.settings["list"]
            self._list_of_path = named(stated) if stated else self._search_list()
        return self._list_of_path

    def _search_list(self) -> MailingList:
        tags: Counter[str] = Counter()
        aside = Ledger()
        for box in islice(boxes(self.path, aside), _FILES_ASKED):
            try:
                for piece in _sample(box.pieces):
                    block, start = divide(piece.mail)
                    if found := footer_list(piece.mail[start:]):
                        return found
                    tags[subject_tag(scan(block))] += 1
            except (OSError, EOFError):  # the reading itself counts it
                break
        del tags[""]
        return named(tags.most_common(1)[0][0] if tags else box_name(self.path.name))

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
        if (place.id, place.openness) not in self._places:
            self._places.add((place.id, place.openness))
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
        words = own_words(headers, body)
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


@lru_cache(maxsize=1024)
def _list_place(mailing_list: MailingList, openness: Openness) -> Place:
    return Place(
        source=SOURCE_NAME,
        id=f"list:{mailing_list.id}",
        name=mailing_list.name,
        openness=openness,
        link=mailing_list.archive if openness is Openness.OPEN else "",
    )


def _account(one: tuple[str, Person]) -> Account:
    account_id, person = one
    return Account(source=SOURCE_NAME, id=account_id, name=person.name, address=person.address)


def _sample(pieces: Iterable[Piece]) -> list[Piece]:
    """Take the first mails, as many as decide what a file is."""
    first: list[Piece] = []
    size = 0
    for piece in pieces:
        first.append(piece)
        size += len(piece.mail)
        if len(first) == SAMPLE or size > _SAMPLE_BYTES:
            break
    return first


def _unreadable(piece: Piece, block: bytes, headers: Headers) -> str:
    """Return why a piece is no mail that can be read, "" if it is one."""
    if piece.cut:
        return "mail cut off where its file breaks off"
    if piece.length > LONGEST or len(block) > BLOCK_LIMIT:
        return "absurdly large"
    if not headers or headers.keys().isdisjoint(_TELLING):
        return "no headers"
    return ""


def _note(ledger: Ledger, piece: Piece, envelope: Envelope) -> None:
    for note in envelope.notes:
        ledger.note(note)
    if piece.length > KEPT:
        ledger.note("long mail, only its beginning looked at")
