"""What members choose for themselves: digests, being asked, introductions, being away, where letters go."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions import viewpoints
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, webhooks
from crosstie.errors import UsageRefused
from crosstie.people import Viewer
from crosstie.store.models import Letter, Member
from crosstie.store.organisation.members import RHYTHMS

MOST_ASKED_A_WEEK = 20
LANGUAGES = ("", "en", "de")
"""What letters and pages can be written in; "" is as the browser asks, and English in letters."""

_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a member chose.

    Attributes:
        digest: ``weekly``, ``monthly`` or ``never``.
        is_free: may be asked now; otherwise others read "ask later".
        asked_a_week: how often in a week at most; from then on it is "ask later" too.
        meets: introductions are welcome.
        paused_until: the day one takes part again; nobody asks or introduces one before.
        absent_from: the first day away.
        absent_until: the last day away; None where the end is open.
        part_time: one works part-time, so that a quieter circle is no news.
        language: one of `LANGUAGES`.
        texts_compared: one's own open texts may be compared with others', to put panels together; nobody is
            shown what comes of it.
    """

    digest: str
    is_free: bool
    asked_a_week: int
    meets: bool
    paused_until: date | None
    absent_from: date | None
    absent_until: date | None
    part_time: bool
    language: str
    texts_compared: bool = False


def preferences(home: Home, viewer: Viewer) -> Preferences:
    """Return what the viewer chose.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    return Preferences(**{name: getattr(me, name) for name in Preferences.__dataclass_fields__})


def choose(home: Home, viewer: Viewer, chosen: Preferences) -> None:
    """Keep what the viewer chose; it holds at once.

    Raises:
        NotShown: nobody signed in.
        UsageRefused: a choice is none, or the days do not fit together.
    """
    me = gate.acting(home, viewer)
    _check(chosen)
    Member.objects.filter(pk=me.pk).update(**asdict(chosen))
    if me.texts_compared and not chosen.texts_compared:
        viewpoints.prune(home)


def webhook(home: Home, viewer: Viewer) -> str:
    """Return where the viewer's letters go beside mail, "" if nowhere; the secret is never shown again.

    Raises:
        NotShown: nobody signed in.
    """
    return gate.acting(home, viewer).webhook


def set_webhook(home: Home, viewer: Viewer, address: str) -> str:
    """Set where questions go beside mail, or stop it with ""; return its new secret, which is shown once.

    Raises:
        NotShown: nobody signed in.
        UsageRefused: the address is none of a webhook.
    """
    me = gate.acting(home, viewer)
    url = webhooks.checked(address) if address.strip() else ""
    secret = secrets.token_urlsafe(_SECRET_BYTES) if url else ""
    with transaction.atomic():
        Member.objects.filter(pk=me.pk).update(webhook=url, webhook_secret=secret)
        if not url:
            Letter.objects.filter(account=me.account, channel="webhook", state="waiting").delete()
    return secret


def rotate_secret(home: Home, viewer: Viewer) -> str:
    """Give the webhook another secret; the old one holds no more. Return it, to be shown once.

    Raises:
        NotShown: nobody signed in.
        UsageRefused: there is no webhook.
    """
    me = gate.acting(home, viewer)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    if not Member.objects.filter(pk=me.pk).exclude(webhook="").update(webhook_secret=secret):
        raise UsageRefused(_("There is no webhook yet."), hint=_("Set its address first."))
    return secret


def _check(chosen: Preferences) -> None:
    if chosen.digest not in dict(RHYTHMS):
        raise UsageRefused(_("A digest comes weekly, monthly or never."), hint="")
    if chosen.language not in LANGUAGES:
        raise UsageRefused(
            _("crosstie does not speak this language."), hint=_("It speaks English and German.")
        )
    if not 1 <= chosen.asked_a_week <= MOST_ASKED_A_WEEK:
        raise UsageRefused(
            _("So many questions a week cannot be set."),
            hint=_("Say 1 to %(most)d; for none, say that you are not free.") % {"most": MOST_ASKED_A_WEEK},
        )
    if chosen.paused_until and chosen.paused_until <= timezone.localdate():
        raise UsageRefused(_("A pause ends on a day to come."), hint=_("Leave the day empty for no pause."))
    if chosen.absent_until and not chosen.absent_from:
        raise UsageRefused(_("The first day away is missing."), hint=_("Say from when, or leave both empty."))
    if chosen.absent_from and chosen.absent_until and chosen.absent_until < chosen.absent_from:
        raise UsageRefused(_("The last day away is before the first."), hint=_("Check the two days."))
