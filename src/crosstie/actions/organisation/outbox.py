"""What became of letters and work, for stewards: only they send again what may have arrived."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, mail_settings, powers, sending
from crosstie.errors import NotShown
from crosstie.people import Viewer
from crosstie.store.models import Letter, Run

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A letter or a run that came to no good end: never its words, nor whom it is for.

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


def trouble(home: Home, viewer: Viewer) -> tuple[Trouble, ...]:
    """Return what failed or is unclear, newest first, for stewards.

    Raises:
        NotAllowed: the viewer is no steward.
    """
    gate.acting(home, viewer, powers.SEE_TROUBLE)
    return all_trouble(home)


def all_trouble(home: Home) -> tuple[Trouble, ...]:
    """Return what failed or is unclear, newest first: for the owner of the machine."""
    del home
    letters = Letter.objects.exclude(state="sent").exclude(trouble="").order_by("-pk")[:MOST_SHOWN]
    runs = Run.objects.exclude(trouble="").order_by("-pk")[:MOST_SHOWN]
    return (
        *(
            Trouble(number=one.pk, kind=one.kind, state=one.state, trouble=one.trouble, due_at=one.due_at)
            for one in letters
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
        NotAllowed: the viewer is no steward.
        NotShown: there is no such letter.
    """
    me = gate.acting(home, viewer, powers.SEE_TROUBLE)
    changed = Letter.objects.filter(pk=number, state__in=("failed", "unclear")).update(
        state="waiting", tries=0, due_at=timezone.now(), trouble=""
    )
    if not changed:
        raise NotShown(_("No letter of this number failed or is unclear."), hint="")
    home.store.journal(me.account, "letter sent again", str(number))


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
