"""How people get in: the first steward, invitations, links to sign in; and what stewards decide of roles."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crosstie.actions import settings
from crosstie.actions.home import Home
from crosstie.actions.organisation import letters, powers
from crosstie.actions.organisation.gate import acting
from crosstie.actions.organisation.letters import LETTERS_SPEAK
from crosstie.config import PROPOSED_MONTHS
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import AccountRow, Role, Viewer
from crosstie.record.keys import new_key
from crosstie.saying import mark
from crosstie.store.models import Invitation, Member, SignInLink

SOURCE = "members"
"""The source of the accounts that members have by being members."""

INVITED_FOR = timedelta(days=14)
LINK_LASTS = timedelta(minutes=20)
LETTERS_AN_HOUR = 3
"""So many letters with a way in go to one address at most: anybody may ask for them, without signing in."""

_WAS_SET_UP = "set_up"
_NO_WAY_IN = mark("This invitation is used up, too old, or was never made.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCard:
    """A member as stewards see them: never a figure."""

    number: int
    name: str
    address: str
    role: Role
    joined_at: datetime
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An invitation as the one who holds its link sees it."""

    address: str  # "": they say which
    domains: tuple[str, ...]
    role: Role


def is_empty(home: Home) -> bool:
    """Say whether nobody ever joined, so that the first to come becomes the steward.

    Once that was, it never is again, even if everybody was forgotten: the record would be a stranger's.
    """
    return not home.store.fact(_WAS_SET_UP) and not Member.objects.exists()


def set_up(
    home: Home,
    *,
    organisation: str,
    name: str,
    address: str,
    password: str,
    keep_months: int = PROPOSED_MONTHS,
) -> int:
    """Make the first steward; return the member's number.

    Args:
        home: the workspace.
        organisation: what it calls itself.
        name: the steward's.
        address: the steward's.
        password: the steward's.
        keep_months: how long is kept what was read, 0 for no limit; a limit that was set before stays.

    Raises:
        NotAllowed: somebody is a member already.
        UsageRefused: the address is none.
    """
    with transaction.atomic():
        if not is_empty(home):
            raise NotAllowed(
                _("This crosstie has its steward already."),
                hint=_("Sign in, or ask for an invitation."),
            )
        home.store.set_fact(_WAS_SET_UP, "yes")
        home.store.set_fact("organisation", organisation.strip())
        if not settings.chosen(home).record.keep_months:
            settings.keep(home, {settings.KEEP_MONTHS: str(keep_months)})
        member = _join(home, name=name, address=address, role=Role.STEWARD, password=password)
    home.store.journal(member.account, "set up", "the first visit makes the steward")
    return member.pk


def organisation_name(home: Home) -> str:
    """Return what the organisation calls itself."""
    return home.store.fact("organisation")


def invite(
    home: Home, viewer: Viewer, addresses: Iterable[str], *, role: Role = Role.MEMBER
) -> dict[str, str]:
    """Invite people by mail; return the path of each one's link, to pass on by hand where mail fails.

    Who is a member already, or has an invitation that still holds, gets no second one by accident: a new
    link takes the place of the old one.

    Raises:
        NotAllowed: the viewer is no steward, or gives away a role above their own.
        UsageRefused: an address is none.
    """
    me = acting(home, viewer, powers.INVITE)
    wanted = list(dict.fromkeys(_address(one) for one in addresses if one.strip()))
    members = set(Member.objects.filter(email__in=wanted).values_list("email", flat=True))
    links: dict[str, str] = {}
    for address in wanted:
        if address in members:
            continue
        with transaction.atomic():
            Invitation.objects.filter(address=address, uses_left__gt=0).update(uses_left=0)
            token = _invitation(me, role, address=address, domains=(), uses=1)
            links[address] = f"/join/{token}"
            letters.write(
                key=f"invitation:{digest_of(token)}",
                kind="invitation",
                address=address,
                subject=_("%(name)s invites you to crosstie") % {"name": me.name},
                text=_invitation_text(me.name, organisation_name(home), links[address]),
            )
    home.store.journal(me.account, "invited", f"{len(links)} as {role.value}")
    return links


def invite_by_link(home: Home, viewer: Viewer, *, domains: Collection[str], uses: int) -> str:
    """Make one link for many; who follows it says an address of these domains, and confirms it by mail.

    They become plain members: nobody knows whose hands such a link comes into.

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
    address = _address(address)
    with transaction.atomic():
        found = _holding(token)
        domain = address.rpartition("@")[2]
        if domain not in found.domains:
            raise NotAllowed(
                _("This link is for other addresses."),
                hint=_("It is for those of %(domains)s.") % {"domains": ", ".join(found.domains)},
            )
        if Member.objects.filter(email=address).exists():
            send_sign_in(home, address)
            return
        recent = Invitation.objects.filter(address=address, made_at__gt=timezone.now() - timedelta(hours=1))
        if recent.count() >= LETTERS_AN_HOUR:
            return
        earlier = next((one for one in _open(address=address) if _is_backed(one)), None)
        if earlier is None:
            _use_up(found)
        else:
            found = earlier  # its role holds
            Invitation.objects.filter(address=address, uses_left__gt=0).update(uses_left=0)
        own = _invitation(found.made_by, Role(found.role), address=address, domains=(), uses=1)
        letters.write(
            key=f"invitation:{digest_of(own)}",
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
        member = _join(home, name=name, address=found.address, role=Role(found.role), password=password)
    home.store.journal(member.account, "joined", "accepted an invitation")
    return member.pk


def send_sign_in(home: Home, address: str) -> None:
    """Mail a link that signs in once; nothing if the address is no member's, or after `LETTERS_AN_HOUR`.

    Which of these it was is not told.

    Raises:
        UsageRefused: the address is none.
    """
    del home
    with transaction.atomic():
        member = Member.objects.select_for_update().filter(email=_address(address), is_active=True).first()
        if member is not None:
            _mail_link(member)


def _mail_link(member: Member) -> None:
    now = timezone.now()
    recent = SignInLink.objects.filter(member=member, made_at__gt=now - timedelta(hours=1))
    if recent.count() >= LETTERS_AN_HOUR:
        return
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(digest=digest_of(token), member=member, expires_at=now + LINK_LASTS)
    with letters.language_of(member.account):
        letters.write(
            key=f"sign-in:{digest_of(token)}",
            kind="sign-in",
            account=member.account,
            subject=_("Your link to sign in to crosstie"),
            text=_(
                "Hello %(name)s,\n\nthis link signs you in, once, within %(minutes)d minutes:\n\n%(link)s\n\n"
                "If you did not ask for it, do nothing.\n"
            )
            % {"name": member.name, "link": f"/sign-in/{token}", "minutes": LINK_LASTS.seconds // 60},
        )


def redeem(home: Home, token: str) -> int:
    """Use up a link to sign in; return the member's number.

    Raises:
        NotAllowed: it was used, is too old, or was never made.
    """
    del home
    now = timezone.now()
    usable = SignInLink.objects.filter(
        digest=digest_of(token), used_at=None, expires_at__gt=now, member__is_active=True
    )
    found = usable.first()
    # One UPDATE decides, so that two clicks cannot both sign in.
    if found is None or not usable.update(used_at=now):
        raise NotAllowed(_("This link was used or is too old."), hint=_("Ask for a new one."))
    return found.member_id


def members(home: Home, viewer: Viewer) -> tuple[MemberCard, ...]:
    """Return all members by name, for stewards.

    Raises:
        NotAllowed: the viewer is no steward.
    """
    acting(home, viewer, powers.SEE_MEMBERS)
    rows = Member.objects.order_by("name", "email")
    return tuple(
        MemberCard(
            number=one.pk,
            name=one.name,
            address=one.email,
            role=Role(one.role),
            joined_at=one.joined_at,
            is_active=one.is_active,
        )
        for one in rows
    )


def change_role(home: Home, viewer: Viewer, number: int, role: Role) -> None:
    """Give a member another role.

    Raises:
        NotAllowed: the viewer is no steward, or would leave the organisation without one.
        NotShown: there is no such member.
    """
    me = acting(home, viewer, powers.GIVE_ROLES)
    with transaction.atomic():
        _there(number)
        keep_a_steward(number, role)
        Member.objects.filter(pk=number).update(role=role.value)
    home.store.journal(me.account, "role changed", role.value)


def suspend(home: Home, viewer: Viewer, number: int, *, active: bool) -> None:
    """Let a member in no more, or again. What they wrote stays.

    Raises:
        NotAllowed: the viewer is no steward, or would leave the organisation without one.
        NotShown: there is no such member.
    """
    me = acting(home, viewer, powers.LET_IN)
    with transaction.atomic():
        _there(number)
        if not active:
            keep_a_steward(number, Role.MEMBER)
        Member.objects.filter(pk=number).update(is_active=active)
    home.store.journal(me.account, "let in again" if active else "let in no more", "")


def _there(number: int) -> None:
    if not Member.objects.filter(pk=number).exists():
        raise NotShown(_("There is no such member."), hint=_("The list of members may have changed."))


def keep_a_steward(number: int, role: Role) -> None:
    """Refuse to give someone a role, or none, that leaves the organisation without a steward.

    Call it within the transaction of the change: it holds the stewards' rows, so that of two who go at once
    one sees the other gone.

    Raises:
        NotAllowed: there is no other steward.
    """
    stewards = Member.objects.select_for_update().filter(role=Role.STEWARD.value, is_active=True)
    others = [one for one in stewards.order_by("pk") if one.pk != number]
    if role is not Role.STEWARD and not others:
        raise NotAllowed(_("Somebody has to be the steward."), hint=_("Make someone else a steward first."))


def _join(home: Home, *, name: str, address: str, role: Role, password: str) -> Member:
    from allauth.account.models import EmailAddress

    address = _address(address)
    if Member.objects.filter(email=address).exists():
        raise NotAllowed(_("This address is a member's already."), hint=_("Sign in instead."))
    name = " ".join(name.split())
    if not name:
        raise UsageRefused(_("A member needs a name."), hint=_("It is what colleagues read."))
    known = home.store.account_keys(SOURCE).get(address)
    account = known[0] if known else new_key()
    home.store.save_accounts([AccountRow(key=account, source=SOURCE, id=address, name=name, address=address)])
    # Who came in by German pages gets German letters; else pages speak as the browser asks.
    here = translation.get_language() or LETTERS_SPEAK
    language = "" if here == LETTERS_SPEAK else here
    member = Member(email=address, name=name, role=role.value, account=account, language=language)
    if password:
        member.set_password(password)
    else:
        member.set_unusable_password()
    member.save()
    EmailAddress.objects.create(user=member, email=address, verified=True, primary=True)
    return member


def _invitation(
    made_by: Member | None, role: Role, *, address: str, domains: Collection[str], uses: int
) -> str:
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        digest=digest_of(token),
        address=address,
        domains=list(domains),
        role=role.value,
        made_by=made_by,
        expires_at=timezone.now() + INVITED_FOR,
        uses_left=uses,
    )
    return quote(token)


def _holding(token: str) -> Invitation:
    found = _open(digest=digest_of(token)).first()
    if found is None or not _is_backed(found):
        raise NotAllowed(_(_NO_WAY_IN), hint=_("Ask the person who invited you for a new one."))
    return found


def _open(**which: str) -> QuerySet[Invitation]:
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


def digest_of(token: str) -> str:
    """Return what is kept of a link's or a program's secret; the secret itself cannot be read from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def _address(given: str) -> str:
    address = given.strip().casefold()
    try:
        validate_email(address)
    except ValidationError as trouble:
        raise UsageRefused(
            _("“%(given)s” is no e-mail address.") % {"given": given.strip()[:100]}, hint=_("Check it.")
        ) from trouble
    return address


def _invitation_text(name: str, organisation: str, link: str) -> str:
    return _(
        "%(name)s invites you to crosstie, where the people of %(organisation)s see whom they learn from, and"
        " widen it.\n\nYour way in:\n\n%(link)s\n\n"
        "Your own figures are shown to you alone. You can see everything that is held about you, correct it,"
        " opt out and be forgotten at any time. If you do nothing, nothing happens.\n"
    ) % {"name": name, "organisation": organisation or _("your organisation"), "link": link}
