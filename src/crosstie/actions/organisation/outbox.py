"""What became of letters and work, for stewards: only they send again what may have arrived."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, mail_settings, powers, sending
from crosstie.actions.organisation.letter_kinds import LETTER_KINDS
from crosstie.actions.speaking import spoken
from crosstie.errors import NotShown
from crosstie.people import Viewer
from crosstie.store.models import Letter, Run

MOST_SHOWN = 200
_ADDRESS = re.compile(r"[^\s<>\"']+@[^\s<>\"']+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A letter or a run that came to no good end, as the owner of the machine sees it: never its words.

    Attributes:
        number: of the letter; 0 of a run.
        kind: what it is about.
        state: ``unclear``, ``failed``, ``waiting`` after a try that failed, ``given up``.
        trouble: why.
        due_at: when it was due, or is tried again.
    """

    number: int
    kind: str
    state: str
    trouble: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedLetter:
    """A letter that came to no good end, as stewards see it: never its words, nor whom it is for.

    Attributes:
        number: of the letter.
        what: what such letters are about.
        state: ``failed``, ``unclear``: it may have arrived, or ``waiting``: it is tried again by itself.
        why: what the other side said, without addresses.
        due_at: when it was due, or is tried again.
    """

    number: int
    what: str
    state: str
    why: str
    due_at: datetime


def failed_letters(home: Home, viewer: Viewer) -> tuple[FailedLetter, ...]:
    """Return the letters that failed or are unclear, or could not go out yet; newest first, for stewards.

    Raises:
        NotShown: nobody signed in.
        NotAllowed: the viewer is no steward.
    """
    gate.acting(home, viewer, powers.SEE_TROUBLE)
    return tuple(
        FailedLetter(
            number=one.pk,
            what=spoken(LETTER_KINDS[one.kind]),
            state=one.state,
            why=_ADDRESS.sub("…", one.trouble),
            due_at=one.due_at,
        )
        for one in _in_trouble()
    )


def all_trouble(home: Home) -> tuple[Trouble, ...]:
    """Return what failed or is unclear, newest first: for the owner of the machine."""
    del home
    runs = Run.objects.exclude(trouble="").order_by("-pk")[:MOST_SHOWN]
    return (
        *(
            Trouble(number=one.pk, kind=one.kind, state=one.state, trouble=one.trouble, due_at=one.due_at)
            for one in _in_trouble()
        ),
        *(
            Trouble(
                number=0,
                kind=one.kind,
                state="given up" if one.done_at else "waiting",
                trouble=one.trouble,
                due_at=one.due_at,
            )
            for one in runs
        ),
    )


def send_again(home: Home, viewer: Viewer, number: int) -> None:
    """Send a letter again that failed or is unclear: a steward knows that it did not arrive.

    Raises:
        NotShown: nobody signed in, or there is no such letter.
        NotAllowed: the viewer is no steward.
    """
    again = {"state": "waiting", "tries": 0, "due_at": timezone.now()}
    _settle(home, viewer, number, "letter sent again", again)


def drop(home: Home, viewer: Viewer, number: int) -> None:
    """Drop a letter that failed or is unclear: it never goes out, and its words are not kept.

    Raises:
        NotShown: nobody signed in, or there is no such letter.
        NotAllowed: the viewer is no steward.
    """
    _settle(home, viewer, number, "letter dropped", {"state": "dropped", "text": "", "attachments": []})


def _settle(home: Home, viewer: Viewer, number: int, verb: str, changed: dict[str, object]) -> None:
    me = gate.acting(home, viewer, powers.SEE_TROUBLE)
    with transaction.atomic():
        ended = Letter.objects.filter(pk=number, state__in=("failed", "unclear"))
        if not ended.update(**changed, trouble=""):
            raise NotShown(_("No letter of this number failed or is unclear."), hint="")
        home.store.journal(me.account, verb, str(number))


def _in_trouble() -> QuerySet[Letter]:
    return Letter.objects.exclude(state="sent").exclude(trouble="").order_by("-pk")[:MOST_SHOWN]


def send_test(home: Home, address: str) -> None:
    """Send a test letter at once, past the queue.

    Raises:
        NotSent: the server refuses for good.
        NotNow: it cannot be reached.
        MayHaveArrived: the line broke.
    """
    name = f"test-{secrets.token_hex(4)}"
    letter = Letter.objects.create(
        key=f"test:{name}",
        kind="test",
        address=address,
        subject="A test of crosstie",
        text="This mail shows that crosstie can send letters.\n",
        claimed_by=name,
        claimed_until=timezone.now(),
        due_at=timezone.now(),
    )
    with sending.Post(mail_settings.kept(home)) as post:
        try:
            post.hand(home, letter)
        except BaseException:
            letter.delete()
            raise
    sending.settle(letter, None)
