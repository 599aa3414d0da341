"""Keep no more of what went out and came in than is needed to never do it twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from crosstie.actions import failures
from crosstie.actions.home import Home
from crosstie.actions.organisation import repeats
from crosstie.store.models import Arrived, Invitation, Letter, Run, SignInLink, Token

KEPT = timedelta(days=30)
KNOWN = timedelta(days=400)
A_DAY = timedelta(days=1)


def tidy(home: Home, payload: Mapping[str, Any]) -> None:
    """Blank the words of letters that went out long ago; drop old runs, ids of mail, and ways in that ended.

    A letter's key and Message-ID stay, so that it is never written again and a late answer still finds it.
    """
    from django.contrib.sessions.models import Session

    del payload
    now = timezone.now()
    Letter.objects.filter(state="sent", sent_at__lt=now - KEPT).exclude(text="").update(
        text="", attachments=[]
    )
    Run.objects.filter(done_at__lt=now - KEPT, trouble="").delete()
    Arrived.objects.filter(at__lt=now - KNOWN).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    # For a day they tell how many letters somebody asked for of late.
    SignInLink.objects.filter(expires_at__lt=now - A_DAY).delete()
    Invitation.objects.filter(
        Q(expires_at__lt=now - A_DAY) | Q(uses_left=0, made_at__lt=now - A_DAY)
    ).delete()
    Token.objects.filter(revoked_at__lt=now - KEPT).delete()
    repeats.forget_old()
    failures.forget_old(home, KEPT)
