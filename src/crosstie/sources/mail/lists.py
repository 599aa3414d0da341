"""Mailing lists: which one a mail came through, and who wrote when the list put itself in the From header.

Also whether a whole file is the archive of a list rather than one person's mailbox.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import msgspec

from crosstie.sources.mail.addresses import Person, name_of, normal, people_in
from crosstie.sources.mail.headers import Headers, plain, text

ENOUGH = 10  # fewer mails say too little about a file to call it open to everyone
NEARLY_ALL = 0.95

_LIST_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
_MAILTO = re.compile(rb"mailto:([^>?,\s]+@[^>?,\s]+)", re.IGNORECASE)
_OLD_LIST = re.compile(rb"list\s+([^;,\s]+@[^;,\s]+)", re.IGNORECASE)
_ADDRESS_IN_NAME = re.compile(r"([^\s<>\"'(),;:]+)(?:@| at |\(a\))([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_VIA = re.compile(
    r"\s+(?:via|par|über|durch|por|tramite|através de)\s+\S.*$|\s+-\s+\S+\(a\)\S+$", re.IGNORECASE
)
_HIDDEN_BY_DMARC = re.compile(r"^(.+)=40(.+)@[^@]+$|^([^=@]+)=([^=@]+\.[^=@]+)@[^@]+$")
_FOOTER = re.compile(
    rb"^_{20,}\r?\n[^\r\n]{0,80} mailing list\r?\n([\w.+-]+)(?:@| at )([\w-]+(?:\.[\w-]+)+)\s*$",
    re.MULTILINE | re.IGNORECASE,
)
_TAG = re.compile(r"^(?:\s*(?:re|aw|fwd?|sv|antw)\s*:)*\s*\[([\w.+ -]{2,40})\]", re.IGNORECASE)
_LIST_HOST = re.compile(
    r"(?:^|\.)(?:lists?|listserv|mailman3?|groups|vger)\.|(?:googlegroups\.com|groups\.io|freelists\.org)$"
)
_LIST_NAME = re.compile(
    r"(?:^|-)(?:list|devel|users?|announce|discuss|request|bounces|owner|subscribe|unsubscribe|team|patches)$"
)
_LIST_NAMES = frozenset({"patches", "dev", "devel", "users", "announce", "discuss", "undisclosed-recipients"})
_LIST_DISPLAYED = re.compile(r"\b(?:mailing[- ]?list|open list)\b|(?:^|\s)(?:list|ml)$")
_PUBLISHED_HEADERS = frozenset({b"from", b"date", b"subject", b"in-reply-to", b"references", b"message-id"})
_DELIVERY = frozenset(
    {b"received", b"delivered-to", b"return-path", b"x-gmail-labels", b"x-gm-thrid", b"status", b"x-status"}
)
_OBSCURED = re.compile(rb"\S(?: at |\(a\))[\w-]+\.[\w.-]+")
_MAILBOX_SIGNS = (
    b"x-gmail-labels", b"x-gm-thrid", b"x-mozilla-status", b"x-mozilla-keys", b"x-keywords", b"x-uid",
    b"status", b"x-status", b"x-evolution", b"x-apple-mail-labels", b"x-folder",
)  # fmt: skip
_SENDER_HEADERS = (b"x-original-from", b"x-from", b"x-google-original-from", b"x-original-sender")


class MailingList(NamedTuple):
    """A list as its mails name it: id, name people read, its own address ("" unknown), archive page."""

    id: str
    name: str
    address: str
    archive: str


class Sender(msgspec.Struct, frozen=True, gc=False):
    """Who wrote: the person, and whether the list had put itself in the From header."""

    person: Person
    rewritten: bool


def list_of(headers: Headers) -> MailingList | None:
    """Return the list a mail came through, None for a mail that came directly."""
    raw_id = headers.get(b"list-id") or b""
    post = headers.get(b"list-post") or b""
    old = headers.get(b"mailing-list") or b""
    if not (raw_id or post or old):
        return None
    return _list(raw_id, post, old, headers.get(b"x-beenthere") or b"", headers.get(b"list-archive") or b"")


@lru_cache(maxsize=1024)
def _list(raw_id: bytes, post: bytes, old: bytes, been_there: bytes, archive: bytes) -> MailingList | None:
    found_post, found_old = _MAILTO.search(post), _OLD_LIST.search(old)
    addresses = [normal(plain(found[1])) for found in (found_post, found_old) if found]
    addresses += [person.address for person in people_in(been_there)]
    address = next((one for one in addresses if one), "")
    stated = text({b"list-id": raw_id}, b"list-id")
    found_id = _LIST_ID.search(stated)
    if found_id:
        list_id = found_id[1].lower()
        name = name_of(stated[: found_id.start()])
    else:
        bare = stated.split()
        list_id = bare[-1].lower() if bare and "." in bare[-1] else address.replace("@", ".")
        name = ""
    if not list_id:
        return None
    page = re.search(r"<?(https?://[^\s>]+)>?", plain(archive))
    return MailingList(
        list_id, name or list_id.split(".")[0], address or _guess(list_id), page[1] if page else ""
    )


def _guess(list_id: str) -> str:
    """Return the address a list id stands for: its first dot was the at sign."""
    first, dot, rest = list_id.partition(".")
    return f"{first}@{rest}" if dot and "@" not in list_id else ""


def named(address_or_name: str) -> MailingList:
    """Return the list a user or a footer names, by address (or by name, where there is none)."""
    address = normal(address_or_name)
    first = address.partition("@")[0] if address else address_or_name.strip().lower()
    return MailingList(address.replace("@", ".") or first, first, address, "")


def footer_list(body: bytes) -> MailingList | None:
    """Return the list named in the footer that mailman puts under a mail."""
    found = _FOOTER.search(body)
    return named(f"{found[1].decode()}@{found[2].decode()}") if found else None


def subject_tag(headers: Headers) -> str:
    """Return the tag a list puts before subjects, lower case, "" if there is none."""
    found = _TAG.match(text(headers, b"subject"))
    return found[1].strip().lower() if found else ""


@lru_cache(maxsize=8192)
def is_list_address(address: str) -> bool:
    """Say whether an address is by its form that of a list, so that nobody is behind it."""
    local, _, domain = address.partition("@")
    if _LIST_HOST.search(domain):
        return True
    if local in _LIST_NAMES:
        return True
    # "ann+some-devel@" is how a person sorts list mail; "list@" and "lists@" may be a person's own domain.
    return "-" in local and "+" not in local and _LIST_NAME.search(local) is not None


@lru_cache(maxsize=8192)
def is_list(person: Person) -> bool:
    """Say whether a recipient is by its address or its name a list."""
    return is_list_address(person.address) or _LIST_DISPLAYED.search(person.name.casefold()) is not None


def sender_of(headers: Headers, mailing_list: MailingList | None) -> Sender | None:
    """Return who wrote a mail, None if the mail does not say.

    Where the list stands in From ("Ann via list <list@…>"), the writer's own address is looked for where
    lists put it: the headers that keep the original From, the name itself, Reply-To, then a copy to
    someone of exactly that name. Failing that, the person has a name and no address.
    """
    stated = people_in(headers.get(b"from") or headers.get(b"sender") or b"")
    if not stated:
        return None
    person = stated[0]
    if not _stands_for_another(person, mailing_list.address if mailing_list else ""):
        return Sender(person, rewritten=False)
    hidden = _HIDDEN_BY_DMARC.match(person.address)
    name = _VIA.sub("", person.name).strip().strip("'\"").strip()
    found = _original(headers, person.name, name)
    if found is None and hidden:
        local, domain = (hidden[1], hidden[2]) if hidden[1] else (hidden[3], hidden[4])
        found = Person(name, normal(f"{local}@{domain}"))
    if found is not None:
        return Sender(Person(name or found.name, found.address), rewritten=True)
    return Sender(Person(name, ""), rewritten=True) if name else None


@lru_cache(maxsize=8192)
def _stands_for_another(person: Person, list_address: str) -> bool:
    """Say whether a list put itself in From in place of this sender."""
    name, address = person
    if address == list_address or _HIDDEN_BY_DMARC.match(address):
        return True
    via = _VIA.search(name) is not None and is_list_address(address)
    return via or _LIST_HOST.search(address.partition("@")[2]) is not None


def _original(headers: Headers, stated_name: str, name: str) -> Person | None:
    for header in _SENDER_HEADERS:
        for person in people_in(headers.get(header) or b""):
            if not is_list_address(person.address):
                return person
    inside = _ADDRESS_IN_NAME.search(stated_name)
    if inside and (address := normal(f"{inside[1]}@{inside[2]}")) and not is_list_address(address):
        return Person("", address)
    answers = [one for one in people_in(headers.get(b"reply-to") or b"") if not is_list_address(one.address)]
    same = [one for one in answers if one.name.casefold() == name.casefold()]
    if same or len(answers) == 1:
        return (same or answers)[0]
    copies = people_in(headers.get(b"cc") or b"")
    return next((one for one in copies if name and one.name.casefold() == name.casefold()), None)


def is_published(headers: Headers) -> bool:
    """Say whether a mail has the form in which archives publish it.

    That is no trace of delivery, and either nothing but the six headers pipermail keeps, or an obscured
    address.
    """
    return _is_obscured(headers) or (bool(headers) and headers.keys() <= _PUBLISHED_HEADERS)


def _is_obscured(headers: Headers) -> bool:
    return _DELIVERY.isdisjoint(headers) and _OBSCURED.search(headers.get(b"from") or b"") is not None


def _is_private(mailing_list: MailingList) -> bool:
    """Say whether a list itself keeps its archive from others: mailman's address of such archives."""
    return "/private/" in mailing_list.archive


@dataclass(frozen=True, slots=True)
class Nature:
    """What a file is: the archive of a list (whose id is here), a published archive, or neither."""

    archive_of: str = ""
    published: bool = False


def nature_of(sample: Sequence[Headers], viewer: str) -> Nature:
    """Say what a file is, from a sample of its mails; in doubt it is somebody's mailbox.

    An archive carries one list's id on nearly all mails and shows no sign of one person's mailbox:
    labels, read marks, delivery to the viewer, or delivery to one address that also writes. A list whose
    archive is for members only is open to nobody else here either.
    """
    total = len(sample)
    # An obscured address is the work of an archive; few headers are a sign only where all mails have few.
    sure = is_published if total >= ENOUGH else _is_obscured
    if sum(map(sure, sample)) >= max(1, NEARLY_ALL * total):
        return Nature(published=True)
    if total < ENOUGH or any(sign in headers for headers in sample for sign in _MAILBOX_SIGNS):
        return Nature()
    ids = Counter(found.id for headers in sample if (found := list_of(headers)) and not _is_private(found))
    most, count = ids.most_common(1)[0] if ids else ("", 0)
    if count < NEARLY_ALL * total:
        return Nature()
    delivered = {
        people_in(headers[b"delivered-to"])[:1] for headers in sample if headers.get(b"delivered-to")
    }
    boxes = {person.address for people in delivered for person in people}
    writers = {person.address for headers in sample for person in people_in(headers.get(b"from") or b"")}
    if viewer.strip().lower() in boxes or boxes & writers:
        return Nature()
    return Nature(archive_of=most)
