"""Tables of asking and learning: questions, answers, thanks, corrections."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from crosstie.store import models as tables
from crosstie.store.held.table import OTHERS, SECRET, WHOSE, Held

_WHEN = _("When")
_STATE = _("State")
_TEXT = _("Text")
_QUESTION = _("Question")

OF_ASKING: tuple[Held, ...] = (
    Held(
        table=tables.Question,
        title=_("Questions you asked"),
        whose=("account",),
        shown={
            "text": _TEXT,
            "alias": _("Alias"),
            "crowd": _("People it hid among"),
            "place": _("Place"),
            "state": _STATE,
            "accepted": _("Accepted answer"),
            "asked_at": _WHEN,
            "first_answer_at": _("First answer"),
            "accepted_at": _("Accepted at"),
            "is_newcomers": _("Asked as a newcomer"),
        },
        unsaid={"account": WHOSE},
        at="asked_at",
        words=("text", "alias"),
        emptied={"account": "", "alias": "", "crowd": 0, "place": "", "text": "[…]", "state": "closed"},
        under="answers",
    ),
    Held(
        table=tables.Asked,
        title=_("Questions you were asked"),
        whose=("account",),
        shown={
            "question": _QUESTION,
            "reasons": _("Why you"),
            "state": _STATE,
            "asked_at": _WHEN,
            "settled_at": _("Settled"),
            "again_at": _("Reminded"),
        },
        unsaid={"account": WHOSE, "token": SECRET, "passed_by": OTHERS},
        at="asked_at",
        words=("reasons",),
    ),
    Held(
        table=tables.Answer,
        title=_("Answers you gave"),
        whose=("account",),
        shown={
            "question": _QUESTION,
            "text": _TEXT,
            "via": _("Came by"),
            "message_id": _("Id of the mail"),
            "answered_at": _WHEN,
        },
        unsaid={"account": WHOSE},
        at="answered_at",
        words=("text",),
    ),
    Held(
        table=tables.Lifting,
        title=_("Aliases you agreed to lift"),
        whose=("account",),
        shown={"question": _QUESTION, "reason": _("Why"), "at": _WHEN},
        unsaid={"account": WHOSE},
        at="at",
        words=("reason",),
    ),
    Held(
        table=tables.Acknowledgement,
        title=_("“I learned this from …”, said by you and of you"),
        whose=("learner", "teacher"),
        people=("learner", "teacher"),
        shown={
            "learner": _("Who learned"),
            "teacher": _("From whom"),
            "line": _("What"),
            "answer": _("Answer"),
            "said_at": _WHEN,
            "recorded_at": _("Went into the record"),
            "taken_back_at": _("Taken back"),
        },
        at="said_at",
        words=("line",),
        written_by="learner",
    ),
    Held(
        table=tables.Sampled,
        title=_("Ties you were asked about"),
        whose=("account",),
        people=("other",),
        shown={
            "other": _("With whom"),
            "month": _("Month"),
            "known_how": _("How it is known"),
            "verdict": _("What you said"),
            "answered_at": _WHEN,
        },
        unsaid={"account": WHOSE},
        at="month",
        gone=("other",),
    ),
    Held(
        table=tables.Mapped,
        title=_("What you said of your own map"),
        whose=("account",),
        people=("other",),
        shown={
            "other": _("Of whom"),
            "verb": _("What you said"),
            "said_at": _WHEN,
            "recorded_at": _("Went into the record"),
            "taken_back_at": _("Taken back"),
        },
        unsaid={"account": WHOSE},
        at="said_at",
        gone=("other",),
    ),
    Held(
        table=tables.Correction,
        title=_("What you corrected"),
        whose=("account",),
        people=("other",),
        shown={
            "verb": _("Correction"),
            "trace": _("Row"),
            "other": _("Whom or what it is about"),
            "made_at": _WHEN,
        },
        unsaid={"account": WHOSE},
        at="made_at",
        gone=("other",),
    ),
)
