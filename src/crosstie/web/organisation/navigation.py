"""What stands at the top of an organisation's pages, by what a member may do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from crosstie.people import Role
from crosstie.web.navigation import EVERYONES, Entry

_OF_MEMBERS: tuple[Entry, ...] = (
    Entry(name="ask", words=_("Ask"), personal=True),
    Entry(name="meet", words=_("Meet"), personal=True),
)
_OF_FACILITATORS: tuple[Entry, ...] = ()
_OF_STEWARDS: tuple[Entry, ...] = (Entry(name="members", words=_("Members"), personal=True),)

BY_ROLE: dict[Role, tuple[Entry, ...]] = {
    Role.MEMBER: EVERYONES + _OF_MEMBERS,
    Role.FACILITATOR: EVERYONES + _OF_MEMBERS + _OF_FACILITATORS,
    Role.STEWARD: EVERYONES + _OF_MEMBERS + _OF_FACILITATORS + _OF_STEWARDS,
}
"""A role opens pages; none of them shows more of a person."""
