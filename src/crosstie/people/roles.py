"""What a member may do: take part, facilitate, or look after the organisation's crosstie."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Each role may do what the ones before it may. None of them sees more of a person."""

    MEMBER = "member"
    FACILITATOR = "facilitator"
    STEWARD = "steward"

    def covers(self, needed: Role) -> bool:
        """Say whether this role may do what the needed one may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)
