"""Write letters: what crosstie says to its members where they are. A worker sends them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone, translation

from crosstie.actions.organisation.letter_kinds import LETTER_KINDS
from crosstie.actions.organisation.queue import MAY_GO_OUT
from crosstie.harmless import harmless, on_one_line
from crosstie.store.models import Letter, Member

LETTERS_SPEAK = "en"
"""The language of letters to members who chose none."""


def write(
    *,
    key: str,
    kind: str,
    subject: str,
    text: str,
    account: str = "",
    address: str = "",
    channel: str = "mail",
    due_at: datetime | None = None,
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Mapping[str, str]] = (),
) -> bool:
    """Put a letter into the outbox; return False if it was written before.

    Call it within the transaction of what the letter is about: both are kept, or neither.

    Args:
        key: what makes it this letter and no second one.
        kind: what it is about, one of `LETTER_KINDS`, e.g. ``asked``.
        subject: one line.
        text: plain words; a line's path such as ``/join/…`` gets the site's address in front when it is sent.
        account: the member it goes to, or
        address: the address of someone who is no member yet.
        channel: ``mail`` or ``webhook``.
        due_at: not before; now by default.
        headers: of the mail, e.g. its Message-ID or where replies go.
        attachments: each with ``name``, ``type`` and ``text``.
    """
    if kind not in LETTER_KINDS:
        raise LookupError(f'Letters about "{kind}" are declared in no line of letter_kinds.py.')
    _, made = Letter.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "subject": on_one_line(subject)[:300],
            "text": harmless(text),
            "account": account,
            "address": address,
            "channel": channel,
            "due_at": due_at or timezone.now(),
            "headers": dict(headers or {}),
            "attachments": [dict(one) for one in attachments],
        },
    )
    return made


def unsent(kinds: Collection[str]) -> QuerySet[Letter]:
    """Return the letters of some kinds that did not go out, also those that a steward may send again."""
    return Letter.objects.filter(kind__in=kinds, state__in=MAY_GO_OUT)


def take_back(kind: str, keys: Collection[str]) -> None:
    """Take letters of a kind back that did not go out, by their keys; written anew, they are as if new."""
    unsent([kind]).filter(key__in=keys).delete()


def take_back_to_rewrite(kind: str, keys: Collection[str]) -> None:
    """Take letters of a kind back that are written anew; what may have arrived stays without its words.

    So it is not put in again by the same key, and nothing comes twice.
    """
    Letter.objects.filter(kind=kind, key__in=keys, state="unclear").update(
        state="dropped", subject="", text="", attachments=[]
    )
    take_back(kind, keys)


def language_of(account: str) -> AbstractContextManager[None]:
    """Speak a member's language in a ``with`` block: a letter is read by someone else than who caused it."""
    chosen = Member.objects.filter(account=account).values_list("language", flat=True).first()
    return translation.override(chosen or LETTERS_SPEAK)
