"""What stands at the top of an organisation's pages, by what a member may do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from crosstie.people import Role
from crosstie.web.navigation import EVERYONES, Entry

_OF_MEMBERS: tuple[Entry, ...] = (
    Entry(name="ask", words=_("Ask"), personal=True),
    Entry(name="meet", words=_("Meet"), personal=True),
    Entry(name="workshops", words=_("Workshops"), personal=True),
)
_ABOUT_ONESELF: tuple[Entry, ...] = (Entry(name="me", words=_("About me"), personal=True),)
_OF_FACILITATORS: tuple[Entry, ...] = ()
_OF_STEWARDS: tuple[Entry, ...] = (Entry(name="members", words=_("Members"), personal=True),)

BY_ROLE: dict[Role, tuple[Entry, ...]] = {
    Role.MEMBER: EVERYONES + _OF_MEMBERS + _ABOUT_ONESELF,
    Role.FACILITATOR: EVERYONES + _OF_MEMBERS + _OF_FACILITATORS + _ABOUT_ONESELF,
    Role.STEWARD: EVERYONES + _OF_MEMBERS + _OF_FACILITATORS + _ABOUT_ONESELF + _OF_STEWARDS,
}
"""A role opens pages; none of them shows more of a person."""

ABOUT_ME: tuple[Entry, ...] = (
    Entry(name="me", words=_("What is held")),
    Entry(name="me-rows", words=_("Traces")),
    Entry(name="me-looks", words=_("Who looked")),
    Entry(name="me-shown", words=_("What others see")),
    Entry(name="me-answers", words=_("Answers")),
    Entry(name="thanks", words=_("Thanks")),
    Entry(name="preferences", words=_("Preferences")),
    Entry(name="tokens", words=_("Tokens")),
    Entry(name="me-leave", words=_("Leave")),
)
"""What hangs under *About me*: a template shows it by including ``organisation/me_menu.html``."""
