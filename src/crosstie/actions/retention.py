"""How long is kept: what falls out by age leaves the disk, and known ties without their evidence."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from crosstie.actions import columns, settings, snapshots
from crosstie.actions.corrections import corrected, standing
from crosstie.actions.home import Home
from crosstie.config import PROPOSED_MONTHS
from crosstie.errors import UsageRefused

if TYPE_CHECKING:
    from crosstie.network.known import KnownTie


@dataclass(frozen=True, slots=True, kw_only=True)
class Retained:
    """What was done.

    Attributes:
        keep_months: the limit.
        before: what happened before this day has fallen out.
        rows: interactions that fell out now.
        known_ties: known ties without evidence that are held now, each relation of a pair counted.
        is_erased: whether nothing of the fallen is left on disk; False while another process reads them.
    """

    keep_months: int
    before: date
    rows: int
    known_ties: int
    is_erased: bool


def oldest_kept(home: Home, today: date | None = None) -> datetime | None:
    """Return the time before which nothing is kept; None where there is no limit.

    It is counted back from the day of today, not from the latest interaction: a limit is a promise about
    time, and has to come true where nothing new is read as well.
    """
    months = settings.chosen(home).record.keep_months
    if not months:
        return None
    today = today or datetime.now(UTC).date()
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    if year < 1:
        return None
    day = min(today.day, calendar.monthrange(year, month + 1)[1])
    return datetime.combine(date(year, month + 1, day), time(), tzinfo=UTC)


def retain(home: Home, *, months: int | None = None, today: date | None = None) -> Retained:
    """Let fall out what is older than is kept. Run again, or after it was interrupted, it ends the same.

    Known ties are kept before their evidence goes, and keeping them twice is keeping them once.

    Args:
        home: the workspace.
        months: the limit from now on; None takes the one that was set.
        today: the day from which it is counted back, by default that of the clock, in UTC.

    Raises:
        UsageRefused: no limit is set, or it is none.
        WorkspaceBusy: another process is writing.
    """
    if months is not None:
        settings.keep(home, {settings.KEEP_MONTHS: str(months)})
    before = oldest_kept(home, today)
    if before is None:
        raise UsageRefused(
            "No limit is set on how long things are kept.",
            hint=f"Organisations are proposed {PROPOSED_MONTHS} months: --months {PROPOSED_MONTHS} sets it.",
        )
    with snapshots.dropped(home):  # they hold the evidence too
        if home.record.holds_before(before):
            home.store.known_ties.keep(_falling(home, before))
        done = home.record.drop_before(before)
    kept = settings.chosen(home).record.keep_months
    if done.removed or months is not None:
        home.store.journal("owner", "limit applied", f"{kept} months: {done.removed} rows fell out")
    return Retained(
        keep_months=kept,
        before=before.date(),
        rows=done.removed,
        known_ties=home.store.known_ties.count(),
        is_erased=done.is_erased,
    )


def _falling(home: Home, before: datetime) -> list[KnownTie]:
    """Return what is known from what falls out, each account for itself: who is who may still change."""
    from crosstie.network.known import falling
    from crosstie.network.tie import tie

    who, chosen = snapshots.persons(home), settings.chosen(home)
    found: list[KnownTie] = []
    with corrected(home, standing(home, who)) as connection:
        tie(
            connection,
            persons=columns.persons_table(who, {account: account for account in who.person_of}),
            settings=chosen.network,
            acts=chosen.acts,
            also=(lambda tying: found.extend(falling(tying, before)),),
        )
    return found
