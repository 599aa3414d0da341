"""Members, as pages ask for them at every step: who acts, and who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosstie.store.until_written import UntilWritten

if TYPE_CHECKING:
    from crosstie.store.models import Member


class Members:
    """The members in one database, read once until somebody writes."""

    def __init__(self, alias: str, until_written: UntilWritten) -> None:
        self._alias = alias
        self._until_written = until_written

    def find(self, number: int) -> Member | None:
        """Return a member as they are now, active or not; whoever changes it changes nobody else's."""
        from crosstie.store.models import Member

        names = [one.attname for one in Member._meta.concrete_fields]  # noqa: SLF001 - Django's own way to them
        rows = Member.objects.using(self._alias)
        found = self._until_written.once(
            f"member {number}", lambda: rows.filter(pk=number).values_list(*names).first()
        )
        return None if found is None else Member.from_db(self._alias, names, found)

    def active(self) -> tuple[Member, ...]:
        """Return those who may sign in, the newest first; to be looked at, not to be changed."""
        from crosstie.store.models import Member

        rows = Member.objects.using(self._alias)
        return self._until_written.once(
            "active members", lambda: tuple(rows.filter(is_active=True).order_by("-pk"))
        )
