"""For stewards: who takes part, and how others get in."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router, Schema

from crosstie.actions.organisation import invitations, members, open_invitations
from crosstie.actions.organisation.members import MemberCard
from crosstie.actions.organisation.open_invitations import OpenInvitation
from crosstie.people import Role
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.api.fields import NO_NUL, SHOWN, Asked, Cursor, Most, Number, Page, page

ROUTER = Router(tags=["Members"])

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+"
_ADDRESS = rf"^{_ATOM}(\.{_ATOM})*@([A-Za-z0-9]([A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?\.)+[A-Za-z]{{2,63}}$"
_RANK = Field(default=Role.MEMBER, strict=False)  # JSON knows no roles, only their names


class Invited(Asked):
    """Whom to invite, and as what."""

    addresses: list[Annotated[str, Field(max_length=254, pattern=_ADDRESS)]] = Field(
        min_length=1, max_length=500
    )
    role: Role = _RANK


class Link(Asked):
    """For whom a link is, and for how many."""

    domains: list[Annotated[str, Field(min_length=1, max_length=253, pattern=NO_NUL)]] = Field(
        min_length=1, max_length=50
    )
    uses: Annotated[int, Field(ge=1, le=100_000)]


class Ranked(Asked):
    """A role."""

    role: Role = Field(strict=False)


class Active(Asked):
    """Whether someone is let in."""

    is_active: bool


class InvitedCount(Schema):
    """How many were invited; who is a member already was not."""

    invited: int


class Way(Schema):
    """The path of a link, below the address of the pages."""

    path: str


@ROUTER.get("members", response=Page[MemberCard], **needs("members:read"))
def list_members(request: HttpRequest, cursor: Cursor = "", most: Most = SHOWN) -> dict[str, object]:
    """Who takes part, by name."""
    home, viewer = home_and_viewer(request)
    found = members.members(home, viewer)
    return page(found, lambda one: (one.name.casefold(), one.number), cursor, most)


@ROUTER.post("invitations", response={201: InvitedCount}, **needs("members:write"))
def invite(request: HttpRequest, said: Invited) -> dict[str, int]:
    """Invite people by mail; the links go to them alone."""
    home, viewer = home_and_viewer(request)
    return {"invited": len(invitations.invite(home, viewer, said.addresses, role=said.role))}


@ROUTER.get("invitations", response=Page[OpenInvitation], **needs("members:read"))
def list_invitations(request: HttpRequest, cursor: Cursor = "", most: Most = SHOWN) -> dict[str, object]:
    """Who was invited and is not here yet, and the links for many; never a link itself."""
    home, viewer = home_and_viewer(request)
    found = open_invitations.open_invitations(home, viewer)
    return page(found, lambda one: (one.number,), cursor, most)


@ROUTER.delete("invitations/{int:number}", response={204: None}, **needs("members:write"))
def take_invitation_back(request: HttpRequest, number: Number) -> None:
    """Let an invitation hold no more."""
    home, viewer = home_and_viewer(request)
    open_invitations.take_back(home, viewer, number)


@ROUTER.post("invitations/{int:number}/again", response={204: None}, **needs("members:write"))
def send_invitation_again(request: HttpRequest, number: Number) -> None:
    """Invite the same address anew; the link goes to them alone."""
    home, viewer = home_and_viewer(request)
    open_invitations.send_again(home, viewer, number)


@ROUTER.put("invitations/link", response=Way, **needs("members:write"))
def invite_by_link(request: HttpRequest, said: Link) -> dict[str, str]:
    """Make one link for many plain members; each confirms an address of these domains."""
    home, viewer = home_and_viewer(request)
    made = invitations.invite_by_link(home, viewer, domains=said.domains, uses=said.uses)
    return {"path": made}


@ROUTER.put("members/{int:number}/role", response={204: None}, **needs("members:write"))
def change_role(request: HttpRequest, number: Number, said: Ranked) -> None:
    """Give a member another role."""
    home, viewer = home_and_viewer(request)
    members.change_role(home, viewer, number, said.role)


@ROUTER.put("members/{int:number}/active", response={204: None}, **needs("members:write"))
def suspend(request: HttpRequest, number: Number, said: Active) -> None:
    """Let a member in no more, or again; their tokens stop, or hold again, with them."""
    home, viewer = home_and_viewer(request)
    members.suspend(home, viewer, number, active=said.is_active)
