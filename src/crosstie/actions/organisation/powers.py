"""What takes more than being a member: each power once, with its role.

The gate asks for it, and the works council's page prints it. No power shows its holder a figure of a person,
nor a person who opted out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crosstie.people import Role
from crosstie.saying import mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """Something that only some members may do.

    Attributes:
        role: the least role that has it.
        says: what one may do, in words.
    """

    role: Role
    says: str


KEEP_APART: Final = Power(
    role=Role.FACILITATOR,
    says=mark("Say that two people are not to be brought together. Neither is told."),
)
BRING_TOGETHER: Final = Power(
    role=Role.FACILITATOR,
    says=mark(
        "Bring people who joined together in pairs, drawn by lot: see their names and who is in no pair and"
        " why, never what somebody answered. The people are free to decline."
    ),
)
SEE_LASTING: Final = Power(
    role=Role.FACILITATOR,
    says=mark(
        "See how many introductions were suggested, came about, met and lasted, over enough people; neither"
        " few nor all but few are told exactly."
    ),
)
FACILITATE: Final = Power(
    role=Role.FACILITATOR,
    says=mark(
        "Make workshops and invite to them: see who takes part, by name, and read their notes. Once a week is"
        " over, how many did it, and once the workshop is, how the group changed, over enough people; never"
        " what somebody did, nor anybody's circle."
    ),
)
CHOOSE_FIRST_REPLY: Final = Power(
    role=Role.FACILITATOR,
    says=mark(
        "Choose, of questions that come again, which answer is shown first to whoever drafts a question like"
        " them. It stands with its author, as it was given in an open place."
    ),
)
INVITE: Final = Power(role=Role.STEWARD, says=mark("Invite people, by mail or by a link for many."))
SEE_MEMBERS: Final = Power(
    role=Role.STEWARD, says=mark("See who takes part, by name, with address and role.")
)
GIVE_ROLES: Final = Power(role=Role.STEWARD, says=mark("Give members another role. One steward stays."))
LET_IN: Final = Power(
    role=Role.STEWARD, says=mark("Let members in no more, or again. What they wrote stays.")
)
SET_WORKING_TIME: Final = Power(
    role=Role.STEWARD,
    says=mark(
        "Say when people work here, and which days are free, so that the promise to newcomers counts working"
        " time alone."
    ),
)
CHOOSE_ZONE: Final = Power(role=Role.STEWARD, says=mark("Choose the clock by which meetings are proposed."))
LIMIT_TOKENS: Final = Power(
    role=Role.STEWARD,
    says=mark(
        "Say how long the tokens of members' programs hold at most; never see whose there are, nor what they"
        " do."
    ),
)
LIFT_ALIAS: Final = Power(
    role=Role.STEWARD,
    says=mark(
        "Together with a second steward, lift the alias of a question. Both say why, the one who asked reads"
        " it, and the journal keeps it."
    ),
)
READ_JOURNAL: Final = Power(
    role=Role.STEWARD,
    says=mark(
        "Read what stewards, facilitators and whoever runs crosstie did, and why; never what members decide"
        " of themselves."
    ),
)
SEE_TROUBLE: Final = Power(
    role=Role.STEWARD,
    says=mark(
        "See which letters and which work came to no good end, never their words nor whom they are for, and"
        " send such a letter again, or drop it."
    ),
)

POWERS: Final = (
    KEEP_APART,
    BRING_TOGETHER,
    SEE_LASTING,
    FACILITATE,
    CHOOSE_FIRST_REPLY,
    INVITE,
    SEE_MEMBERS,
    GIVE_ROLES,
    LET_IN,
    SET_WORKING_TIME,
    CHOOSE_ZONE,
    LIMIT_TOKENS,
    LIFT_ALIAS,
    READ_JOURNAL,
    SEE_TROUBLE,
)
