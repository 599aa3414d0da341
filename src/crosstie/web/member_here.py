"""What the pages say of the member who is here."""

from __future__ import annotations

from dataclasses import dataclass

from crosstie.people import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberHere:
    """The member who signed in."""

    name: str
    role: Role
    number: int

    @property
    def is_facilitator(self) -> bool:
        """Say whether they may facilitate."""
        return self.role.covers(Role.FACILITATOR)

    @property
    def is_steward(self) -> bool:
        """Say whether they are a steward."""
        return self.role.covers(Role.STEWARD)
