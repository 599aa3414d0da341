"""Tables of who takes part and who is who: memberships, accounts, the directory, keys, looks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from crosstie.store import models as tables
from crosstie.store.held.table import MACHINERY, OTHERS, SECRET, WHOSE, Held

_WHEN = _("When")

OF_PEOPLE: tuple[Held, ...] = (
    Held(
        table=tables.Member,
        title=_("Membership and preferences"),
        whose=("account",),
        shown={
            "email": _("Address"),
            "name": _("Name"),
            "role": _("Role"),
            "account": _("Key"),
            "joined_at": _("Member since"),
            "is_active": _("Let in"),
            "last_login": _("Last signed in"),
            "language": _("Language"),
            "digest": _("Digest"),
            "is_free": _("Free to be asked"),
            "asked_a_week": _("Questions a week, at most"),
            "meets": _("Introductions are welcome"),
            "paused_until": _("Pauses until"),
            "absent_from": _("Away from"),
            "absent_until": _("Away until"),
            "part_time": _("Works part-time"),
            "texts_compared": _("Open texts are compared to put panels together"),
            "webhook": _("Webhook"),
        },
        unsaid={"password": SECRET, "webhook_secret": SECRET},
    ),
    Held(
        table=tables.Account,
        title=_("Accounts: how places know you"),
        whose=("key",),
        shown={
            "source": _("Place it was read from"),
            "name": _("Name"),
            "address": _("Address"),
            "outside_id": _("What it is called there"),
            "key": _("Key"),
        },
    ),
    Held(
        table=tables.Entry,
        title=_("What the directory says"),
        whose=("account__key",),
        shown={
            "shared_address": _("Address that others have too"),
            "groups": _("Groups"),
            "manager": _("Number of the manager"),
            "relation": _("Relation"),
            "joined_on": _("Joined on"),
            "left_on": _("Left on"),
        },
        unsaid={"account": WHOSE},
        words=("groups", "manager"),
    ),
    Held(
        table=tables.Decision,
        title=_("Decisions about you"),
        whose=("account", "other"),
        shown={"verb": _("Decision"), "name": _("Name or mark"), "made_at": _WHEN},
        unsaid={"account": WHOSE, "other": WHOSE},
        at="made_at",
        words=("name",),
    ),
    Held(
        table=tables.KnownTie,
        title=_("Known ties whose traces fell out by age"),
        whose=("learner", "teacher"),
        people=("learner", "teacher"),
        shown={
            "learner": _("Who"),
            "teacher": _("Whom"),
            "relation": _("Relation"),
            "known_how": _("How it is known"),
            "first_at": _("First, in microseconds since 1970"),
            "last_at": _("Last, in microseconds since 1970"),
        },
    ),
    Held(
        table=tables.Token,
        title=_("Tokens for programs"),
        whose=("member__account",),
        shown={
            "label": _("What for"),
            "scopes": _("What it may do"),
            "made_at": _WHEN,
            "ends_at": _("Until"),
            "last_used_on": _("Last used"),
            "revoked_at": _("Revoked"),
        },
        unsaid={"member": WHOSE, "digest": SECRET},
        at="made_at",
    ),
    Held(
        table=tables.Repeat,
        title=_("Requests of your programs that must not be done twice"),
        whose=("token__member__account",),
        shown={"at": _WHEN, "status": _("Answer")},
        unsaid={"token": WHOSE, "key": MACHINERY, "digest": SECRET, "answer": MACHINERY},
        at="at",
    ),
    Held(
        table=tables.SignInLink,
        title=_("Links that signed you in"),
        whose=("member__account",),
        shown={"made_at": _WHEN, "expires_at": _("Until"), "used_at": _("Used")},
        unsaid={"member": WHOSE, "digest": SECRET},
        at="made_at",
    ),
    Held(
        table=tables.Invitation,
        title=_("Invitations to you"),
        addressed=("address",),
        shown={
            "address": _("To"),
            "role": _("Role"),
            "made_at": _WHEN,
            "expires_at": _("Until"),
            "uses_left": _("Uses left"),
        },
        unsaid={"digest": SECRET, "domains": MACHINERY, "made_by": OTHERS},
        at="made_at",
    ),
    Held(
        table=tables.Look,
        title=_("Who was shown whom"),
        whose=("viewer", "shown"),
        people=("viewer", "shown"),
        shown={"viewer": _("Who looked"), "shown": _("At whom"), "what": _("Where"), "on": _WHEN},
        at="on",
    ),
    Held(
        table=tables.Journal,
        title=_("What you did that the journal keeps"),
        whose=("who",),
        stays="who",
        shown={"verb": _("What"), "reason": _("Why"), "done_at": _WHEN},
        unsaid={"who": WHOSE},
        at="done_at",
        words=("reason", "who"),
    ),
)
