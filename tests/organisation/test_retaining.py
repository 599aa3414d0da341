"""What falls out by age falls out of an organisation's workspace too, whichever database keeps its tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.actions import company

from crosstie.actions.home import Home
from crosstie.actions.retention import retain

HALF = (company.START + timedelta(days=7 * 5)).date()
ALL_OLD = date(2027, 1, 1)


def test_old_rows_go_and_their_known_ties_stay(firm: Home) -> None:
    before = firm.record.count()
    done = retain(firm, months=1, today=HALF)
    assert 0 < done.rows < before
    assert done.is_erased
    assert done.known_ties == firm.store.known_ties.count() > 0
    assert firm.record.count() == before - done.rows
    assert not firm.record.holds_before(datetime(2026, 3, 6, tzinfo=UTC))


def test_the_same_ties_kept_again_only_grow_wider(firm: Home) -> None:
    retain(firm, months=1, today=HALF)
    first = {tie[:3]: tie for tie in firm.store.known_ties.all()}
    assert retain(firm, months=1, today=HALF).rows == 0
    assert {tie[:3]: tie for tie in firm.store.known_ties.all()} == first
    retain(firm, months=1, today=ALL_OLD)
    then = {tie[:3]: tie for tie in firm.store.known_ties.all()}
    assert firm.record.count() == 0
    assert first.keys() <= then.keys()
    assert all(
        then[key].first_at <= tie.first_at and then[key].last_at >= tie.last_at for key, tie in first.items()
    )
    assert any(then[key].last_at > tie.last_at for key, tie in first.items())
