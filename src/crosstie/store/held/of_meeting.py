"""Tables of meeting, workshops and letters."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from crosstie.store import models as tables
from crosstie.store.held.table import MACHINERY, OTHERS, SECRET, WHOSE, Held

_WHEN = _("When")
_STATE = _("State")
_TEXT = _("Text")

OF_MEETING: tuple[Held, ...] = (
    Held(
        table=tables.Part,
        title=_("Introductions with you"),
        whose=("account",),
        shown={
            "meeting": _("Number of the introduction"),
            "answer": _("What you said"),
            "answered_at": _WHEN,
            "met": _("Whether you met"),
        },
        unsaid={"account": WHOSE},
        at="answered_at",
    ),
    Held(
        table=tables.NotWith,
        title=_("Whom you do not want to be brought together with"),
        whose=("said_by",),
        people=("account", "other"),
        shown={"account": _("Who"), "other": _("Whom"), "said_at": _WHEN},
        unsaid={"said_by": WHOSE},
        at="said_at",
        gone=("account", "other"),
    ),
    Held(
        table=tables.Participant,
        title=_("Workshops you take part in"),
        whose=("account",),
        shown={
            "workshop": _("Number of the workshop"),
            "invited_at": _WHEN,
            "joined_at": _("Said yes"),
            "left_at": _("Left"),
            "before": _("Your circle before"),
            "after": _("Your circle after"),
        },
        unsaid={"account": WHOSE},
        at="invited_at",
    ),
    Held(
        table=tables.Done,
        title=_("What you did in workshops"),
        whose=("participant__account",),
        shown={"week": _("Week"), "at": _WHEN},
        unsaid={"participant": WHOSE},
        at="at",
    ),
    Held(
        table=tables.Note,
        title=_("Notes you wrote in workshops"),
        whose=("account",),
        shown={
            "workshop": _("Number of the workshop"),
            "week": _("Week"),
            "text": _TEXT,
            "written_at": _WHEN,
        },
        unsaid={"account": WHOSE, "parent": OTHERS},
        at="written_at",
        words=("text",),
        emptied={"account": "", "text": "[…]"},
        under="answers",
    ),
    Held(
        table=tables.Letter,
        title=_("Letters to you"),
        whose=("account",),
        addressed=("address",),
        shown={
            "kind": _("Kind"),
            "channel": _("By"),
            "address": _("To"),
            "subject": _("Subject"),
            "text": _TEXT,
            "attachments": _("Attachments"),
            "state": _STATE,
            "due_at": _WHEN,
            "sent_at": _("Sent"),
            "trouble": _("Trouble"),
        },
        unsaid={
            "account": WHOSE,
            "key": MACHINERY,
            "headers": SECRET,  # where a reply is sent to
            "claimed_by": MACHINERY,
            "claimed_until": MACHINERY,
            "tries": MACHINERY,
        },
        at="due_at",
        words=("subject", "text", "attachments", "trouble"),
    ),
    Held(
        table=tables.Programme,
        title=_("Rounds of introductions you facilitate"),
        whose=("facilitator",),
        stays="facilitator",
        shown={"name": _("Name"), "state": _STATE, "made_at": _WHEN, "sent_at": _("Sent")},
        unsaid={
            "facilitator": WHOSE,
            "people": OTHERS,
            "capacity": MACHINERY,
            "draw": OTHERS,
            "unplaced": OTHERS,
            "compared": OTHERS,
        },
        at="made_at",
        words=("name", "people", "draw", "unplaced", "compared"),
    ),
    Held(
        table=tables.Workshop,
        title=_("Workshops you facilitate"),
        whose=("facilitator",),
        stays="facilitator",
        shown={"name": _("Name"), "starts_on": _WHEN, "state": _STATE, "made_at": _("Made")},
        unsaid={"facilitator": WHOSE, "change": OTHERS},
        at="made_at",
        words=("name",),
    ),
)
