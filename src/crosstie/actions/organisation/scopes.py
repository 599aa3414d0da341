"""What a token may be let do: one line each. An operation of the API needs one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crosstie.people import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One thing a token may do.

    Attributes:
        name: what it is called in a token and in the API's description.
        sentence: what it lets a program do, for the one who makes the token.
        role: the least role with which it is of any use; nobody else can give it to a token.
    """

    name: str
    sentence: str | Promise
    role: Role = Role.MEMBER


SCOPES: Final = (
    Scope(name="circle:read", sentence=_("See my circle, my contacts and the originals I may open.")),
    Scope(name="map:read", sentence=_("See the groups that are large enough, and what flows between them.")),
    Scope(name="ask:read", sentence=_("Read questions and answers, and see who could help with a draft.")),
    Scope(name="ask:write", sentence=_("Ask, answer, accept, pass on and close in my name.")),
    Scope(
        name="thanks:read", sentence=_("See what I learned and what others learned from me, as it was said.")
    ),
    Scope(name="thanks:write", sentence=_("Say in my name whom I learned from, take it back, judge a tie.")),
    Scope(name="meet:read", sentence=_("See my introductions and meetings.")),
    Scope(name="meet:write", sentence=_("Look for introductions, and say yes or no to them in my name.")),
    Scope(
        name="programmes:read",
        sentence=_("See my programmes, their pairs and draws, and what became of introductions."),
        role=Role.FACILITATOR,
    ),
    Scope(
        name="programmes:write",
        sentence=_("Make, pair, send and drop programmes in my name."),
        role=Role.FACILITATOR,
    ),
    Scope(name="workshops:read", sentence=_("See my workshops, their notes, and my look back.")),
    Scope(
        name="workshops:write",
        sentence=_(
            "Accept and leave workshops, mark weeks and write notes; as a facilitator, make and invite."
        ),
    ),
    Scope(name="me:read", sentence=_("See all that is held about me, who looked, and what I chose.")),
    Scope(name="me:write", sentence=_("Choose for me, and correct what is held about me.")),
    Scope(name="ledger:read", sentence=_("See what is read, kept and left out here.")),
    Scope(name="members:read", sentence=_("See who takes part."), role=Role.STEWARD),
    Scope(
        name="members:write",
        sentence=_("Invite people, give roles, and let people in no more."),
        role=Role.STEWARD,
    ),
    Scope(
        name="letters:read",
        sentence=_("See which letters came to no good end, never whom they are for."),
        role=Role.STEWARD,
    ),
    Scope(
        name="letters:write",
        sentence=_("Send letters again that came to no good end, or drop them."),
        role=Role.STEWARD,
    ),
)

BY_NAME: Final = {one.name: one for one in SCOPES}


def for_role(role: Role) -> tuple[Scope, ...]:
    """Return the scopes that someone of this role can give to a token."""
    return tuple(one for one in SCOPES if role.covers(one.role))
