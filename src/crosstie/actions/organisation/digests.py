"""Digests: every week or month what there is to say; with nothing to say, no mail; stopped by one click."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, letters
from crosstie.actions.organisation.digest_contents import Contents, Gathered, Period
from crosstie.actions.organisation.proposing import is_away
from crosstie.actions.speaking import spoken
from crosstie.errors import NotShown
from crosstie.store.models import Member

_WORDS = 140  # characters of a question in a digest
_WEEK = timedelta(days=7)


def weekly(home: Home, payload: dict[str, Any]) -> None:
    """Write the digests of those who want one every week."""
    until = datetime.fromisoformat(payload["begins"])
    _write_all(home, "weekly", Period(since=until - _WEEK, until=until))


def monthly(home: Home, payload: dict[str, Any]) -> None:
    """Write the digests of those who want one every month."""
    until = datetime.fromisoformat(payload["begins"])
    before = (until.replace(day=1) - timedelta(days=1)).replace(day=until.day)
    _write_all(home, "monthly", Period(since=before, until=until))


def token_of(home: Home, account: str) -> str:
    """Return what proves, in a digest's address to stop it, that this digest was its reader's."""
    return f"{account}.{home.keyring.hashed('stops the digest', account)}"


def wanted(home: Home, token: str) -> bool:
    """Say whether the digest still comes that this token stops.

    Raises:
        NotShown: the token is none of ours.
    """
    return _of_token(home, token).digest != "never"


def stop(home: Home, token: str) -> None:
    """Stop the digest of the member a token was sent to: they need not sign in. Again changes nothing.

    Raises:
        NotShown: the token is none of ours.
    """
    Member.objects.filter(pk=_of_token(home, token).pk).update(digest="never")


def _of_token(home: Home, token: str) -> Member:
    account = token.partition(".")[0]
    member = Member.objects.filter(account=account).first()
    if member is None or not hmac.compare_digest(token.encode(), token_of(home, account).encode()):
        raise NotShown(_("This link stops no digest."), hint=_("Sign in and change your preferences."))
    return member


def _write_all(home: Home, rhythm: str, period: Period) -> None:
    here = [
        member
        for member in gate.joined(home).values()
        if member.digest == rhythm and not is_away(member, timezone.localdate())
    ]
    if not here:
        return
    gathered = Gathered(home, period)
    for member in here:
        contents = gathered.for_member(member)
        if contents:
            _write(home, member, contents, rhythm, period)


def _write(home: Home, member: Member, contents: Contents, rhythm: str, period: Period) -> None:
    stops = f"/digest/stop/{token_of(home, member.account)}"
    with transaction.atomic(), letters.language_of(member.account):
        letters.write(
            key=f"digest:{rhythm}:{period.until.date().isoformat()}:{member.account}",
            kind="digest",
            account=member.account,
            subject=_("Your weekly digest") if rhythm == "weekly" else _("Your monthly digest"),
            text="\n".join(_lines(member, contents, stops)),
            headers={"List-Unsubscribe": stops, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        )


def _lines(member: Member, contents: Contents, stops: str) -> Iterator[str]:
    yield _("Hello %(name)s,") % {"name": member.name}
    if contents.questions:
        yield ""
        yield ngettext("A question you could answer:", "Questions you could answer:", len(contents.questions))
    for one in contents.questions:
        yield ""
        said = {"name": one.by, "text": _short(one.text)}
        yield (_("%(name)s, new here: “%(text)s”") if one.is_newcomers else _("%(name)s: “%(text)s”")) % said
        yield _("Why you: %(reasons)s") % {"reasons": " ".join(spoken(reason) for reason in one.reasons)}
        yield f"/questions/{one.number}"
    if contents.helped:
        yield ""
        yield _("What helped people outside your circle:")
    for helped in contents.helped:
        yield ""
        yield _("%(asker)s asked “%(text)s”. The answer of %(helper)s helped.") % {
            "asker": helped.asker.name,
            "text": _short(helped.text),
            "helper": helped.helper.name,
        }
        yield f"/questions/{helped.number}"
    if contents.thanked_by or contents.accepted:
        yield ""
        yield _("Thanks to you:")
    for accepted in contents.accepted:
        yield ""
        yield _("%(asker)s accepted your answer to “%(text)s”.") % {
            "asker": accepted.asker.name,
            "text": _short(accepted.text),
        }
        yield f"/questions/{accepted.number}"
    if contents.thanked_by:
        yield ""
        for thankful in contents.thanked_by:
            yield _("%(name)s says to have learned from you.") % {"name": thankful.name}
        yield "/thanks"
    yield ""
    yield "-- "
    yield _("You chose how often this comes:")
    yield "/me/preferences"
    yield _("Stop it at once, without signing in:")
    yield stops
    yield ""


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(_WORDS)
