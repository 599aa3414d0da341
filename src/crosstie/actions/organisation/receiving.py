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

    A mail that cannot be read is kept as failed, by what it consists of, so that those behind it come in.

    Raises:
        WorkspaceBusy: it has to be taken in later.
    """
    known = f"<{hashlib.sha256(raw).hexdigest()}@without.id>"
    try:
        mail = incoming.read(raw)
        outcome, act = _understood(home, mail, mail.message_id or known, answer)
        known = mail.message_id or known
    except Exception as trouble:  # noqa: BLE001 - as in _acted
        outcome, act = _failed(trouble), None
    with transaction.atomic():
        arrived, is_new = Arrived.objects.get_or_create(message_id=known, defaults={"outcome": "taken up"})
        if not is_new:
            return "came before"
        if act is not None:
            outcome = _acted(outcome, act)
        Arrived.objects.filter(pk=arrived.pk).update(outcome=outcome[:60])
    return outcome


def _acted(outcome: str, act: Callable[[], object]) -> str:
    """Do what a mail asks for; return the outcome it has then, or why it was not done."""
    try:
        with transaction.atomic():
            act()
    except CrosstieError as refused:
        if isinstance(refused, WorkspaceBusy):
            raise
        return f"refused: {refused.code}"
    except Exception as trouble:  # noqa: BLE001 - one mail must not stop those behind it; it is logged and kept
        return _failed(trouble)
    return outcome


def _failed(trouble: Exception) -> str:
    """Log what went wrong with a mail and return the outcome; what may go well later is raised again."""
    if isinstance(trouble, (WorkspaceBusy, OperationalError)):
        raise trouble
    _log.error("a mail could not be taken in", exc_info=trouble)
    return f"failed: {type(trouble).__name__}"


def _understood(
    home: Home, mail: incoming.Mail, known: str, answer: Answer
) -> tuple[str, Callable[[], object] | None]:
    """Return what a mail comes to, and what is to be done then; this only reads.

    It looks nothing up inside a transaction: on SQLite nobody else could write meanwhile.
    """
    if mail.is_report:
        return _of_report(home, mail)
    if mail.is_automatic or mail.sender == mail_settings.kept(home).sender.casefold():
        return "automatic", None
    asked = _asked_by(home, mail)
    if asked is None:
        return "not about us", None
    if mail.sender not in _addresses_of(home, asked.account):
        return "not from the one asked", None
    words = mail.words()
    if not words:
        return "empty", None
    return "answer", lambda: answer(home, asked.token, words, known)


def _of_report(home: Home, mail: incoming.Mail) -> tuple[str, Callable[[], object] | None]:
    """Say whether a letter came back, and mark it; only who saw it knows its Message-ID."""
    failed, about = mail.failure()
    letters = sending.letters_in(home, about)
    if not letters:
        return "automatic", None
    sent = Letter.objects.filter(pk=letters[0].pk, state__in=("sent", "unclear"))
    return "came back", lambda: sent.update(state="failed", trouble=f"It came back: {failed}"[:1000])


def _asked_by(home: Home, mail: incoming.Mail) -> Asked | None:
    """Return what a mail answers: by the token in its recipient, else by the letter it replies to."""
    return _asked_with(list(mail.tokens)) or _asked_with(
        [str(one.headers.get(sending.TOKEN, "")) for one in sending.letters_in(home, mail.replies_to)]
    )


def _asked_with(tokens: list[str]) -> Asked | None:
    found = {one.token: one for one in Asked.objects.filter(token__in=tokens)} if tokens else {}
    return next((found[token] for token in tokens if token in found), None)


def _addresses_of(home: Home, account: str) -> frozenset[str]:
    """Return a member's addresses: the one they confirmed, and those of their accounts in the record."""
    member = Member.objects.filter(account=account, is_active=True).first()
    if member is None:
        return frozenset()
    who = snapshots.persons(home)
    person = who.by_key.get(who.person_of.get(account, ""))
    accounts = set(person.accounts) if person else set()
    others = {row.address.casefold() for row in home.accounts() if row.key in accounts and row.address}
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
