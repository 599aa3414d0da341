"""On what condition a place is read: one table, which the door obeys and the works council's page prints."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from crosstie.record import Openness
from crosstie.saying import mark


class Mode(StrEnum):
    """Personal: one person with exports they may hold. Organisation: many people, by consent."""

    PERSONAL = "personal"
    ORGANISATION = "organisation"


class Condition(StrEnum):
    """What must hold before a record of a place is read."""

    ALWAYS = "always"
    INVOLVED = "involved"
    PLACE_AGREED = "place agreed"
    ALL_OPTED_IN = "all opted in"
    NEVER = "never"


CONDITIONS: dict[Mode, dict[Openness, Condition]] = {
    Mode.PERSONAL: {
        Openness.OPEN: Condition.ALWAYS,
        Openness.MEMBERS: Condition.INVOLVED,
        Openness.DIRECT: Condition.INVOLVED,
    },
    Mode.ORGANISATION: {
        Openness.OPEN: Condition.ALWAYS,
        Openness.MEMBERS: Condition.PLACE_AGREED,
        Openness.DIRECT: Condition.ALL_OPTED_IN,
    },
}

SAYS: Mapping[Condition, str] = {
    Condition.ALWAYS: mark("Read, except what someone did who opted out."),
    Condition.INVOLVED: mark("Read where the one person is involved for whom it is read."),
    Condition.PLACE_AGREED: mark(
        "Not read, unless the place's owner agreed and its members were told; a file says who and when."
    ),
    Condition.ALL_OPTED_IN: mark(
        "Not read, unless everyone in it opted in, one interaction at a time; people outside become"
        " “outside”, without a name."
    ),
    Condition.NEVER: mark("Never read, whatever anybody agreed to."),
}

OPENNESS: Mapping[Openness, str] = {
    Openness.OPEN: mark(
        "Open: everyone in the organisation can read it (public channels, open lists, forums)"
    ),
    Openness.MEMBERS: mark("Members: only its members can read it (private channels, closed lists)"),
    Openness.DIRECT: mark("Direct: between named people (direct messages, a mailbox, a calendar)"),
}

REFUSED_PLACES = (
    "works council", "works-council", "betriebsrat", "personalrat", "union", "gewerkschaft", "health",
    "gesundheit", "complaint", "beschwerde", "whistle", "ombuds", "harassment", "grievance", "medical",
)  # fmt: skip
"""Words of places that are never read, in either mode; a steward can add some, and take none away."""
