"""Links by mail that sign a member in, once."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import letters, members
from crosstie.errors import NotAllowed
from crosstie.store.models import Member, SignInLink

LINK_LASTS = timedelta(minutes=20)
LETTERS_AN_HOUR = 3
"""So many letters with a way in go to one address at most: anybody may ask for them, without signing in."""


def send(home: Home, address: str) -> None:
    """Mail a link that signs in once; nothing if the address is no member's, or after `LETTERS_AN_HOUR`.

    Which of these it was is not told.

    Raises:
        UsageRefused: the address is none.
    """
    del home
    with transaction.atomic():
        member = (
            Member.objects.select_for_update()
            .filter(email=members.checked_address(address), is_active=True)
            .first()
        )
        if member is not None:
            _mail_link(member)


def _mail_link(member: Member) -> None:
    now = timezone.now()
    recent = SignInLink.objects.filter(member=member, made_at__gt=now - timedelta(hours=1))
    if recent.count() >= LETTERS_AN_HOUR:
        return
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(digest=members.digest_of(token), member=member, expires_at=now + LINK_LASTS)
    with letters.language_of(member.account):
        letters.write(
            key=f"sign-in:{members.digest_of(token)}",
            kind="sign-in",
            account=member.account,
            subject=_("Your link to sign in to crosstie"),
            text=_(
                "Hello %(name)s,\n\nthis link signs you in, once, within %(minutes)d minutes:\n\n%(link)s\n\n"
                "If you did not ask for it, do nothing.\n"
            )
            % {"name": member.name, "link": f"/sign-in/{token}", "minutes": LINK_LASTS.seconds // 60},
        )


def whose(home: Home, token: str) -> str:
    """Return the name of the member whom a link would sign in; it is not used up.

    Raises:
        NotAllowed: it was used, is too old, or was never made.
    """
    del home
    found = _usable(token).select_related("member").first()
    if found is None:
        raise _too_late()
    return found.member.name


def redeem(home: Home, token: str) -> int:
    """Use up a link to sign in; return the member's number. Other links of theirs sign nobody in any more.

    Raises:
        NotAllowed: it was used, is too old, or was never made.
    """
    del home
    now = timezone.now()
    usable = _usable(token)
    found = usable.first()
    with transaction.atomic():
        # One UPDATE decides, so that two clicks cannot both sign in.
        if found is None or not usable.update(used_at=now):
            raise _too_late()
        others = SignInLink.objects.filter(member=found.member_id, used_at=None, expires_at__gt=now)
        others.update(expires_at=now)
    return found.member_id


def _usable(token: str) -> QuerySet[SignInLink]:
    return SignInLink.objects.filter(
        digest=members.digest_of(token),
        used_at=None,
        expires_at__gt=timezone.now(),
        member__is_active=True,
    )


def _too_late() -> NotAllowed:
    return NotAllowed(_("This link was used or is too old."), hint=_("Ask for a new one."))
