"""Receive answers by mail over IMAP: each mail once, never one that a machine wrote, and never one too many.

The mailbox is only read: nothing in it is marked, moved or deleted. How far it was read is kept as a fact.
"""

from __future__ import annotations

import fcntl
import hashlib
import imaplib
import logging
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.db import OperationalError, transaction
from django.utils import timezone

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import asking, incoming, mail_settings, sending
from crosstie.actions.organisation.mail_settings import Server
from crosstie.errors import CrosstieError, WorkspaceBusy
from crosstie.store.models import Arrived, Asked, Letter, Member

Answer = Callable[[Home, str, str, str], object]
"""Takes an answer in: the workspace, what the question's letter carried, the new words, the Message-ID."""

FIRST_LOOK = timedelta(days=7)
"""How far back a mailbox is read that was never read."""

LARGEST_BYTES = 25_000_000
TIMEOUT_SECONDS = 30.0
_READ = "mail read until"
_LOCK = "receiving.lock"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # IMAP's
_log = logging.getLogger("crosstie.work")


class Unreachable(CrosstieError):
    """The mailbox cannot be opened."""

    code = "unreachable"


def receive(home: Home, *, answer: Answer = asking.answer_by_mail) -> dict[str, int]:
    """Take in what is new in the mailbox; return how many mails had which outcome.

    Args:
        home: an organisation's workspace.
        answer: takes an answer in.

    Raises:
        Unreachable: the mailbox cannot be opened; it is tried again in the next round.
    """
    settings = mail_settings.kept(home)
    outcomes: dict[str, int] = {}
    if settings.receiving is None:
        return outcomes
    with _alone(home) as is_alone:
        if not is_alone:
            return outcomes
        try:
            with _opened(settings.receiving) as box:
                for raw in _new_in(home, box):
                    outcome = take(home, raw, answer=answer)
                    outcomes[outcome] = outcomes.get(outcome, 0) + 1
        except (imaplib.IMAP4.error, OSError) as trouble:
            raise Unreachable(f"The mailbox cannot be read: {trouble}") from trouble
    return outcomes


def take(home: Home, raw: bytes, *, answer: Answer = asking.answer_by_mail) -> str:
    """Take one mail in, once; return what was made of it.

    Raises:
        WorkspaceBusy: it has to be taken in later.
    """
    mail = incoming.read(raw)
    known = mail.message_id[:300] or f"<{hashlib.sha256(raw).hexdigest()}@without.id>"
    with transaction.atomic():
        arrived, is_new = Arrived.objects.get_or_create(message_id=known, defaults={"outcome": "taken up"})
        if not is_new:
            return "came before"
        try:
            with transaction.atomic():
                outcome = _made_of(home, mail, known, answer)
        except (WorkspaceBusy, OperationalError):
            raise
        except CrosstieError as refused:
            outcome = f"refused: {refused.code}"
        except Exception as trouble:  # noqa: BLE001 - one mail must not stop those behind it; it is logged and kept
            _log.exception("a mail could not be taken in")
            outcome = f"failed: {type(trouble).__name__}"
        Arrived.objects.filter(pk=arrived.pk).update(outcome=outcome[:60])
    return outcome


def _made_of(home: Home, mail: incoming.Mail, known: str, answer: Answer) -> str:
    if mail.failed:
        return _bounced(home, mail)
    if mail.is_automatic or mail.sender == mail_settings.kept(home).sender.casefold():
        return "automatic"
    asked = _asked_by(home, mail)
    if asked is None:
        return "not about us"
    if mail.sender not in _addresses_of(home, asked.account):
        return "not from the one asked"
    if not mail.text:
        return "empty"
    answer(home, asked.token, mail.text, known)
    return "answer"


def _bounced(home: Home, mail: incoming.Mail) -> str:
    """Mark a letter that came back; only who saw it knows its Message-ID."""
    for letter in sending.letters_in(home, mail.about):
        Letter.objects.filter(pk=letter.pk, state__in=("sent", "unclear")).update(
            state="failed", trouble=f"It came back: {mail.failed}"[:1000]
        )
        return "came back"
    return "automatic"


def _asked_by(home: Home, mail: incoming.Mail) -> Asked | None:
    """Return what a mail answers: by the token in its recipient, else by the letter it replies to."""
    tokens = re.findall(r"\+([\w-]{8,64})@", mail.recipients)
    tokens += [str(one.headers.get(sending.TOKEN, "")) for one in sending.letters_in(home, mail.replies_to)]
    for token in tokens:
        asked = Asked.objects.filter(token__iexact=token).first() if token else None
        if asked is not None:
            return asked
    return None


def _addresses_of(home: Home, account: str) -> frozenset[str]:
    """Return a member's addresses: the one they confirmed, and those of their accounts in the record."""
    member = Member.objects.filter(account=account, is_active=True).first()
    if member is None:
        return frozenset()
    who = snapshots.persons(home)
    person = who.by_key.get(who.person_of.get(account, ""))
    accounts = set(person.accounts) if person else set()
    others = {row.address.casefold() for row in home.store.accounts() if row.key in accounts and row.address}
    return frozenset({member.email.casefold(), *others})


@contextmanager
def _alone(home: Home) -> Iterator[bool]:
    """Let one worker read the mailbox at a time; the others have better things to do than wait."""
    with (home.folder / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def _opened(server: Server) -> Iterator[imaplib.IMAP4]:
    context = ssl.create_default_context()
    box: imaplib.IMAP4
    if server.security == "tls":
        box = imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=TIMEOUT_SECONDS)
    else:
        box = imaplib.IMAP4(server.host, server.port, timeout=TIMEOUT_SECONDS)
    try:
        if server.security == "starttls":
            box.starttls(context)
        box.login(server.user, server.password)
        status, found = box.select(f'"{server.folder}"', readonly=True)
        if status != "OK":
            raise imaplib.IMAP4.error(str(found))
        yield box
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            box.logout()


def _new_in(home: Home, box: imaplib.IMAP4) -> Iterator[bytes]:
    """Yield each mail that was not read yet, and keep after each how far it was read."""
    validity = (box.response("UIDVALIDITY")[1] or [None])[0]
    generation = (validity or b"0").decode()
    kept_generation, _, last = home.store.fact(_READ).partition(":")
    if kept_generation == generation:
        wanted = f"UID {int(last) + 1}:*"
    else:
        last = "0"
        day = timezone.now() - FIRST_LOOK
        month = _MONTHS[day.month - 1]
        wanted = f"SINCE {day.day}-{month}-{day.year}"
    _, found = box.uid("SEARCH", wanted)
    for number in sorted(int(one) for one in (found[0] or b"").split()):
        if number <= int(last):  # "n:*" always names the last mail
            continue
        raw = _fetched(box, number)
        if raw:
            yield raw
        home.store.set_fact(_READ, f"{generation}:{number}")


def _fetched(box: imaplib.IMAP4, number: int) -> bytes:
    """Return one mail without marking it as read; of one that is too large, the header."""
    _, sizes = box.uid("FETCH", str(number), "(RFC822.SIZE)")
    size = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(one for one in sizes if isinstance(one, bytes)))
    part = "BODY.PEEK[HEADER]" if size and int(size[1]) > LARGEST_BYTES else "BODY.PEEK[]"
    _, found = box.uid("FETCH", str(number), f"({part})")
    return next((bytes(one[1]) for one in found if isinstance(one, tuple)), b"")
