"""Mailing lists: which one a mail came through, and where it keeps who wrote when it stands in From itself.

Also whether a whole file is the archive of a list rather than one person's mailbox.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from crosstie.sources.encoded import name_of
from crosstie.sources.mail.addresses import Person, normal, people_in
from crosstie.sources.mail.headers import Headers, plain, text
from crosstie.sources.writers import Writer, is_list_address, of_name, writer_of

ENOUGH = 10  # fewer mails say too little about a file to call it open to everyone
NEARLY_ALL = 0.95

_LIST_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
_MAILTO = re.compile(rb"mailto:([^>?,\s]+@[^>?,\s]+)", re.IGNORECASE)
_OLD_LIST = re.compile(rb"list\s+([^;,\s]+@[^;,\s]+)", re.IGNORECASE)
_FOOTER = re.compile(
    rb"^_{20,}\r?\n[^\r\n]{0,80} mailing list\r?\n([\w.+-]+)(?:@| at )([\w-]+(?:\.[\w-]+)+)\s*$",
    re.MULTILINE | re.IGNORECASE,
)
_TAG = re.compile(r"^(?:\s*(?:re|aw|fwd?|sv|antw)\s*:)*\s*\[([\w.+ -]{2,40})\]", re.IGNORECASE)
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
def is_list(person: Person) -> bool:
    """Say whether a recipient is by its address or its name a list."""
    return is_list_address(person.address) or _LIST_DISPLAYED.search(person.name.casefold()) is not None


def sender_of(headers: Headers, mailing_list: MailingList | None) -> Writer | None:
    """Return who wrote a mail, None if the mail does not say."""
    stated = people_in(headers.get(b"from") or headers.get(b"sender") or b"")
    if not stated:
        return None
    return writer_of(
        *stated[0],
        lambda name: _original(headers, name),
        list_address=mailing_list.address if mailing_list else "",
    )


def _original(headers: Headers, name: str) -> tuple[str, str] | None:
    """Return the writer where lists put their own address.

    That is in the headers that keep the original From, in Reply-To, then in a copy to someone of exactly that
    name.
    """
    for header in _SENDER_HEADERS:
        for person in people_in(headers.get(header) or b""):
            if not is_list_address(person.address):
                return person
    answers = [one for one in people_in(headers.get(b"reply-to") or b"") if not is_list_address(one.address)]
    if len(answers) == 1:
        return answers[0]
    return of_name(name, (*answers, *people_in(headers.get(b"cc") or b"")))


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


def nature_of(sample: Sequence[Headers], is_viewers: Callable[[str], bool]) -> Nature:
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
    if boxes & writers or any(map(is_viewers, boxes)):
        return Nature()
    return Nature(archive_of=most)
