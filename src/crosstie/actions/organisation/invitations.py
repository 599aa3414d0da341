"""Ways in: invitations by mail and links for many, and what stewards see of those that are open."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import letters, members, powers, sign_in_links
from crosstie.actions.organisation.gate import acting, is_out
from crosstie.actions.organisation.sign_in_links import LETTERS_AN_HOUR
from crosstie.errors import NotAllowed, UsageRefused
from crosstie.people import Role, Viewer
from crosstie.saying import mark
from crosstie.store.models import Invitation, Member

INVITED_FOR = timedelta(days=14)

_NO_WAY_IN = mark("This invitation is used up, too old, or was never made.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An invitation as the one who holds its link sees it."""

    address: str  # "": they say which
    domains: tuple[str, ...]
    role: Role


def invite(
    home: Home, viewer: Viewer, addresses: Iterable[str], *, role: Role = Role.MEMBER
) -> dict[str, str]:
    """Invite people by mail; return the path of each one's link, to pass on by hand where mail fails.

    Who is a member already, or has an invitation that still holds, gets no second one by accident: a new
    link takes the place of the old one. Of a steward who opted out the organisation's name stands there.

    Raises:
        NotAllowed: the viewer is no steward, or gives away a role above their own.
        UsageRefused: an address is none.
    """
    me = acting(home, viewer, powers.INVITE)
    organisation = members.organisation_name(home) or _("your organisation")
    name = organisation if is_out(home, me) else me.name
    wanted = list(dict.fromkeys(members.checked_address(one) for one in addresses if one.strip()))
    already = set(Member.objects.filter(email__in=wanted).values_list("email", flat=True))
    links: dict[str, str] = {}
    for address in wanted:
        if address in already:
            continue
        with transaction.atomic():
            Invitation.objects.filter(address=address, uses_left__gt=0).update(uses_left=0)
            token = _invitation(me, role, address=address, domains=(), uses=1)
            links[address] = f"/join/{token}"
            letters.write(
                key=letter_key(token),
                kind="invitation",
                address=address,
                subject=_("%(name)s invites you to crosstie") % {"name": name},
                text=_invitation_text(name, organisation, links[address]),
            )
    home.store.journal(me.account, "invited", f"{len(links)} as {role.value}")
    return links


def invite_by_link(home: Home, viewer: Viewer, *, domains: Collection[str], uses: int) -> str:
    """Make one link for many; who follows it says an address of these domains, and confirms it by mail.

    They become plain already: nobody knows whose hands such a link comes into.

    Raises:
        NotAllowed: the viewer is no steward.
        UsageRefused: without a domain the link would let anyone in.
    """
    me = acting(home, viewer, powers.INVITE)
    kept = tuple(sorted({one.strip().casefold().lstrip("@") for one in domains if one.strip()}))
    if not kept or uses < 1:
        raise UsageRefused(
            _("A link for many needs the organisation's mail domains and a number of uses."),
            hint=_("Without a domain anyone could come in."),
        )
    token = _invitation(me, Role.MEMBER, address="", domains=kept, uses=uses)
    home.store.journal(me.account, "invited", f"a link for {uses} of {', '.join(kept)}")
    return f"/join/{token}"


def way(home: Home, token: str) -> Way:
    """Return what an invitation's link is for.

    Raises:
        NotAllowed: it holds no more.
    """
    del home
    found = _holding(token)
    return Way(address=found.address, domains=tuple(found.domains), role=Role(found.role))


def ask_to_join(home: Home, token: str, address: str) -> None:
    """Take up a link for many: mail a personal invitation to the address, which thereby is confirmed.

    Asked again, a new invitation takes the place of an open one, and of the link no use more is taken. After
    `LETTERS_AN_HOUR` nothing is mailed, which is not told.

    Raises:
        NotAllowed: the link holds no more, or the address is of another domain.
    """
    address = members.checked_address(address)
    with transaction.atomic():
        found = _holding(token)
        domain = address.rpartition("@")[2]
        if domain not in found.domains:
            raise NotAllowed(
                _("This link is for other addresses."),
                hint=_("It is for those of %(domains)s.") % {"domains": ", ".join(found.domains)},
            )
        if Member.objects.filter(email=address).exists():
            sign_in_links.send(home, address)
            return
        recent = Invitation.objects.filter(address=address, made_at__gt=timezone.now() - timedelta(hours=1))
        if recent.count() >= LETTERS_AN_HOUR:
            return
        earlier = next((one for one in holding(address=address) if _is_backed(one)), None)
        if earlier is None:
            _use_up(found)
        else:
            found = earlier  # its role holds
            Invitation.objects.filter(address=address, uses_left__gt=0).update(uses_left=0)
        own = _invitation(found.made_by, Role(found.role), address=address, domains=(), uses=1)
        letters.write(
            key=letter_key(own),
            kind="invitation",
            address=address,
            subject=_("Your way into crosstie"),
            text=_(
                "This link makes you a member of crosstie and confirms your address:\n\n%(link)s\n\n"
                "If you did not ask for it, do nothing.\n"
            )
            % {"link": f"/join/{own}"},
        )


def accept(home: Home, token: str, *, name: str, password: str = "") -> int:
    """Accept a personal invitation; return the new member's number. Its address is confirmed by the link.

    Raises:
        NotAllowed: it holds no more, or is a link for many.
    """
    with transaction.atomic():
        found = _holding(token)
        if not found.address:
            raise NotAllowed(_(_NO_WAY_IN), hint=_("Say your address first; the link then comes by mail."))
        _use_up(found)
        member = members.join(
            home, name=name, address=found.address, role=Role(found.role), password=password
        )
    home.store.journal(member.account, "joined", "accepted an invitation")
    return member.pk


def _invitation(
    made_by: Member | None, role: Role, *, address: str, domains: Collection[str], uses: int
) -> str:
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        digest=members.digest_of(token),
        address=address,
        domains=list(domains),
        role=role.value,
        made_by=made_by,
        expires_at=timezone.now() + INVITED_FOR,
        uses_left=uses,
    )
    return quote(token)


def _holding(token: str) -> Invitation:
    found = holding(digest=members.digest_of(token)).first()
    if found is None or not _is_backed(found):
        raise NotAllowed(_(_NO_WAY_IN), hint=_("Ask the person who invited you for a new one."))
    return found


def holding(**which: str | int) -> QuerySet[Invitation]:
    """Return the invitations that nobody used up, took back or let grow too old."""
    now = timezone.now()
    return Invitation.objects.select_related("made_by").filter(**which, uses_left__gt=0, expires_at__gt=now)


def _is_backed(one: Invitation) -> bool:
    """Say whether who made an invitation could make it now."""
    by = one.made_by
    if by is None or not by.is_active:
        return False
    return all(Role(by.role).covers(needed) for needed in (powers.INVITE.role, Role(one.role)))


def _use_up(one: Invitation) -> None:
    """Take one use; in the database, so that of two at once none is lost, and none is taken too many.

    Raises:
        NotAllowed: somebody took the last one just now.
    """
    left = Invitation.objects.filter(pk=one.pk, uses_left__gt=0)
    if not left.update(uses_left=F("uses_left") - 1):
        raise NotAllowed(_(_NO_WAY_IN), hint=_("Ask for a new one."))


def _invitation_text(name: str, organisation: str, link: str) -> str:
    return _(
        "%(name)s invites you to crosstie, where the people of %(organisation)s see whom they learn from, and"
        " widen it.\n\nYour way in:\n\n%(link)s\n\n"
        "Your own figures are shown to you alone. You can see everything that is held about you, correct it,"
        " opt out and be forgotten at any time. If you do nothing, nothing happens.\n"
    ) % {"name": name, "organisation": organisation, "link": link}


def letter_key(token: str) -> str:
    """Return the key of the letter that carries an invitation's link."""
    return f"invitation:{members.digest_of(token)}"


def withdraw_letter(invitation: Invitation) -> None:
    """Drop the letter that carries an invitation's link, if it has not gone out yet."""
    letters.take_back("invitation", [f"invitation:{invitation.digest}"])
