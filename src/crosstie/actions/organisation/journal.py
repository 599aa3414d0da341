"""What stewards, facilitators and whoever runs crosstie did, for stewards to read: never what members did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, powers
from crosstie.actions.speaking import spoken
from crosstie.people import Viewer
from crosstie.saying import mark
from crosstie.store.models import Journal

SHOWN = 100
"""How many entries are shown, the newest."""

WORDS: Final = {
    "alias lifted": mark("lifted an alias"),
    "alias lifting agreed": mark("agreed that an alias be lifted"),
    "first reply chosen": mark("chose a first reply"),
    "first reply dropped": mark("dropped a first reply"),
    "holidays set": mark("set the holidays"),
    "invitation taken back": mark("took an invitation back"),
    "invited": mark("invited"),
    "let in again": mark("let a member in again"),
    "let in no more": mark("let a member in no more"),
    "letter dropped": mark("dropped a letter"),
    "letter sent again": mark("sent a letter again"),
    "limit applied": mark("applied the limit of how long is kept"),
    "mail settings changed": mark("changed where mail goes out"),
    "names joined": mark("joined names to keys"),
    "programme drawn": mark("drew a programme"),
    "programme dropped": mark("dropped a programme"),
    "programme sent": mark("sent a programme"),
    "role changed": mark("changed a role"),
    "set up": mark("set up crosstie"),
    "time zone chosen": mark("chose the time zone"),
    "token limit set": mark("set how long tokens may hold"),
    "working time set": mark("set the working time"),
    "workshop made": mark("made a workshop"),
}
"""What is shown, and how it is said. What members decide of themselves is nobody else's business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was done.

    Attributes:
        at: when.
        who: a name, or what they are where they are no member, or none any more.
        what: in words.
        why: what they said, or what it was about; may be "".
    """

    at: datetime
    who: str
    what: str
    why: str


def journal(home: Home, viewer: Viewer) -> tuple[Entry, ...]:
    """Return what was done, the latest first.

    Raises:
        NotShown: nobody signed in.
        NotAllowed: the viewer is no steward.
    """
    gate.acting(home, viewer, powers.READ_JOURNAL)
    rows = list(Journal.objects.filter(verb__in=WORDS).order_by("-pk")[:SHOWN])
    return tuple(
        Entry(at=row.done_at, who=_who(home, row.who), what=spoken(WORDS[row.verb]), why=row.reason)
        for row in rows
    )


def _who(home: Home, who: str) -> str:
    if who in {"owner", "viewer"}:
        return _("whoever runs crosstie")
    return gate.card_of(home, who).name
