"""What people corrected about themselves, kept apart from the record: reading again leaves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class CorrectionVerb(StrEnum):
    """What can be corrected."""

    NOT_ME = "not_me"  # a row (`trace`), or an account (`other`), is not of the one who says so
    NO_LONGER = "no_longer"  # they and the person of `other` do not know each other any more


class CorrectionRow(NamedTuple):
    """One correction.

    Attributes:
        account: of the member who made it.
        verb: one of `CorrectionVerb`.
        trace: the external id of a row, or "".
        other: an account, or "".
        made_at: microseconds since 1970 in UTC.
    """

    account: str
    verb: str
    trace: str
    other: str
    made_at: int


class Corrections:
    """The corrections of one workspace's database."""

    def __init__(self, alias: str) -> None:
        self._alias = alias

    def all(self) -> list[CorrectionRow]:
        """Return every one that stands, in the order in which they were made."""
        from crosstie.store.models import Correction

        rows = Correction.objects.using(self._alias).order_by("pk")
        return [
            CorrectionRow(account, verb, trace, other, (made_at - _EPOCH) // _MICROSECOND)
            for account, verb, trace, other, made_at in rows.values_list(
                "account", "verb", "trace", "other", "made_at"
            )
        ]

    def accounts_apart(self) -> list[str]:
        """Return the accounts of which someone said that they are not theirs."""
        from crosstie.store.models import Correction

        rows = Correction.objects.using(self._alias).filter(verb=CorrectionVerb.NOT_ME, trace="")
        return list(rows.order_by("pk").values_list("other", flat=True))

    def taken_back(self) -> list[str]:
        """Return what went into the record and was taken back, each by the id it was recorded under."""
        from crosstie.store.models import Acknowledgement, Mapped

        return [
            f"{called}:{number}"
            for called, table in (("acknowledged", Acknowledgement), ("named", Mapped))
            for number in table._default_manager.using(self._alias)  # noqa: SLF001 - Django's own way
            .exclude(taken_back_at=None)
            .exclude(recorded_at=None)
            .values_list("pk", flat=True)
        ]
