"""What a mail's headers say: who wrote to whom, when, in answer to what, through which list."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b

import msgspec

from crosstie.saying import mark
from crosstie.sources.mail.addresses import Person, people_in
from crosstie.sources.mail.automatic import is_machine
from crosstie.sources.mail.dates import written_at
from crosstie.sources.mail.headers import Headers, ids, message_id, plain
from crosstie.sources.mail.lists import MailingList, is_list, list_of, sender_of

_NO_SENDER = "bogus@does.not.exist.com"  # what pipermail writes where a mail had no sender
_DELIVERED = (b"delivered-to", b"x-original-to", b"envelope-to")
_PAGE = re.compile(r"https?://[^\s<>]+")


class Envelope(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A mail without its words.

    Attributes:
        id: the Message-ID, or one made from the mail's contents.
        at: when it was written, in UTC; None if nothing says.
        sender: who wrote it; without address where only a list knows it; None if nobody is named.
        mailing_list: the list it came through, if it did.
        addressed: the people in To, without the writer, lists and machines.
        copied: the people in Cc, likewise, who are not addressed.
        replies_to: the Message-ID answered, "" if none.
        thread: the conversation: Gmail's number, else the first mail referred to, else this one.
        link: where an archive keeps it, by its own account.
        notes: what is worth counting about it.
    """

    id: str
    at: datetime | None
    sender: Person | None
    mailing_list: MailingList | None
    addressed: tuple[Person, ...]
    copied: tuple[Person, ...]
    replies_to: str
    thread: str
    link: str
    notes: tuple[str, ...]


def envelope_of(headers: Headers, line: bytes, body: bytes) -> Envelope:
    """Return what the headers say; `line` is the mbox line, `body` serves an id where there is none."""
    notes: list[str] = []
    own_id = message_id(headers)
    if not own_id:
        own_id = _made_id(headers, body)
        notes.append("mail without Message-ID, id made from its contents")
    time = written_at(headers, line)
    if time.note:
        notes.append(time.note)
    mailing_list = list_of(headers)
    sender = _sender(headers, mailing_list, notes)
    list_address = mailing_list.address if mailing_list else ""
    addressed = _persons(headers.get(b"to"), sender, list_address, notes)
    copied = _persons(headers.get(b"cc"), sender, list_address, notes)
    if copied and addressed:
        among = {person.address for person in addressed}
        copied = tuple([person for person in copied if person.address not in among])
    # The last reference is the mail answered; In-Reply-To holds anything in old mail programs.
    references = ids(headers.get(b"references")) or ids(headers.get(b"in-reply-to"))[-1:]
    parents = [one for one in references if one != own_id] if own_id in references else references
    conversation = headers.get(b"x-gm-thrid")
    return Envelope(
        id=own_id,
        at=time.at,
        sender=sender,
        mailing_list=mailing_list,
        addressed=addressed,
        copied=copied,
        replies_to=parents[-1] if parents else "",
        thread=f"gmail:{plain(conversation)}" if conversation else (references or [own_id])[0],
        link=_page(headers[b"archived-at"]) if b"archived-at" in headers else "",
        notes=tuple(notes),
    )


def blind_copies(headers: Headers, envelope: Envelope) -> tuple[Person, ...]:
    """Return the people in Bcc who are neither addressed nor copied: known to the sender only."""
    others = {person.address for person in (*envelope.addressed, *envelope.copied)}
    blind = _persons(headers.get(b"bcc"), envelope.sender, "", [])
    return tuple(person for person in blind if person.address not in others)


def delivered_to(headers: Headers) -> list[str]:
    """Return the addresses the mail was delivered to."""
    return [person.address for name in _DELIVERED if name in headers for person in people_in(headers[name])]


def _sender(headers: Headers, mailing_list: MailingList | None, notes: list[str]) -> Person | None:
    found = sender_of(headers, mailing_list)
    if found is None or found.address == _NO_SENDER:
        return None
    if found.rewritten:
        notes.append(found.note)
    return Person(found.name, found.address)


def _persons(
    value: bytes | None, sender: Person | None, list_address: str, notes: list[str]
) -> tuple[Person, ...]:
    """Return the people in a header, each once, without the sender."""
    if not value:
        return ()
    people, machines = _recipients(value, list_address)
    if machines:
        notes.extend([mark("recipient that is a machine, not counted as a person")] * machines)
    if sender is not None and any([person.address == sender.address for person in people]):  # noqa: C419  # faster for few
        return tuple([person for person in people if person.address != sender.address])
    return people


@lru_cache(maxsize=4096)
def _recipients(value: bytes, list_address: str) -> tuple[tuple[Person, ...], int]:
    """Return the people in a header, each once, without lists, and how many machines were left out."""
    kept: dict[str, Person] = {}
    machines = 0
    for person in people_in(value):
        address = person.address
        if address == list_address or is_list(person):
            continue
        if is_machine(address, person.name):
            machines += 1
        else:
            kept.setdefault(address, person)
    return tuple(kept.values()), machines


def _page(archived_at: bytes) -> str:
    found = _PAGE.search(plain(archived_at))
    return found[0] if found else ""


def _made_id(headers: Headers, body: bytes) -> str:
    digest = blake2b(digest_size=16)
    for part in (b"date", b"from", b"subject"):
        digest.update(b"".join(headers.get(part, b"").split()) + b"\0")
    digest.update(b"".join(body.split()))
    return f"made:{digest.hexdigest()}"
