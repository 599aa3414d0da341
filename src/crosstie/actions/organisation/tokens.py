"""Tokens let a program act for a member: for a time, no more than the member may, never to make tokens."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, token_limit
from crosstie.actions.organisation.members import digest_of
from crosstie.actions.organisation.scopes import BY_NAME, SCOPES
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Role, Viewer
from crosstie.store.models import Token

PREFIX = "crosstie_"
"""A token begins so, for those who search what was published by mistake."""

LONGEST_LABEL = 100
MOST = 20
"""Tokens of one member that hold at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCard:
    """A token as its member sees it, without the secret."""

    number: int
    label: str
    scopes: tuple[str, ...]
    made_at: datetime
    ends_at: datetime
    is_ended: bool
    last_used_on: date | None  # the day and no more: when a program runs says when someone works


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """Who comes with a token, and what it may do."""

    viewer: Viewer
    number: int
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A token that held once, and since when it does not."""

    at: datetime


def make(
    home: Home, viewer: Viewer, label: str, scopes: Collection[str], *, days: int = token_limit.PROPOSED
) -> str:
    """Make a token; return its secret, which is shown this once and kept as a digest alone.

    Args:
        home: the workspace.
        viewer: whose token it is.
        label: what it is for, in a few words.
        scopes: the names of what it may do; see `scopes`.
        days: how long it holds; one of `token_limit.LIFETIMES`.

    Raises:
        NotShown: nobody signed in.
        NotAllowed: a scope is for another role, it would hold longer than stewards let tokens, or there are
            too many.
        UsageRefused: there is no label or no scope, or a scope or lifetime is unknown.
    """
    me = gate.acting(home, viewer)
    label = " ".join(label.split())[:LONGEST_LABEL]
    if not label:
        raise UsageRefused(_("Say what the token is for."), hint=_("A few words tell it from the others."))
    unknown = sorted(set(scopes) - BY_NAME.keys())
    if unknown or not scopes:
        raise UsageRefused(
            _("A token needs at least one of the scopes there are."),
            hint=", ".join(one.name for one in SCOPES),
        )
    if any(not Role(me.role).covers(BY_NAME[one].role) for one in scopes):
        raise NotAllowed(
            _("A token may do no more than you."), hint=_("Leave out what is for another role than yours.")
        )
    token_limit.check(home, days)
    now = timezone.now()
    if Token.objects.filter(member=me, revoked_at=None, ends_at__gt=now).count() >= MOST:
        raise NotAllowed(
            _("You have %(most)d tokens already.") % {"most": MOST}, hint=_("Revoke one that is not used.")
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    kept = [one.name for one in SCOPES if one.name in scopes]
    ends = now + timedelta(days=days)
    Token.objects.create(digest=digest_of(secret), member=me, label=label, scopes=kept, ends_at=ends)
    home.store.journal(me.account, "token made", f"{', '.join(kept)}; for {days} days")
    return secret


def tokens(home: Home, viewer: Viewer) -> tuple[TokenCard, ...]:
    """Return one's own tokens, newest first: those that hold, and those that ended and were not removed.

    Raises:
        NotShown: nobody signed in.
    """
    me, now = gate.acting(home, viewer), timezone.now()
    return tuple(
        TokenCard(
            number=one.pk,
            label=one.label,
            scopes=tuple(one.scopes),
            made_at=one.made_at,
            ends_at=one.ends_at,
            is_ended=one.ends_at <= now,
            last_used_on=one.last_used_on,
        )
        for one in Token.objects.filter(member=me, revoked_at=None).order_by("-pk")
    )


def revoke(home: Home, viewer: Viewer, number: int) -> None:
    """Revoke one of one's own tokens: it opens nothing from now on. One that ended is no longer listed.

    Raises:
        NotShown: nobody signed in, or there is no such token of theirs.
    """
    me = gate.acting(home, viewer)
    holding = Token.objects.filter(pk=number, member=me, revoked_at=None)
    if not holding.update(revoked_at=timezone.now()):
        raise NotShown(_("There is no such token of yours."), hint="")
    home.store.journal(me.account, "token revoked", "")


def admit(home: Home, secret: str) -> Admitted | Ended | None:
    """Return who comes with a token, or since when it holds no more.

    None if it is none, was revoked, or its member is let in no more.
    """
    holding = Token.objects.filter(digest=digest_of(secret), revoked_at=None, member__is_active=True)
    found = holding.first()
    if found is None:
        return None
    if found.ends_at <= timezone.now():
        return Ended(at=found.ends_at)
    today = timezone.localdate()
    if found.last_used_on != today:
        Token.objects.filter(pk=found.pk).update(last_used_on=today)
    return Admitted(
        viewer=gate.viewer_of(home, found.member_id), number=found.pk, scopes=frozenset(found.scopes)
    )
