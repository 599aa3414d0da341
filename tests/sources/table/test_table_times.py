"""When rows happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sources.table import samples
from tests.sources.table.reading import reading


def test_times_with_and_without_a_zone_mix_and_the_assumed_ones_are_noted(tmp_path: Path) -> None:
    acts, ledger = reading(samples.make(tmp_path))

    assert [act.at for act in acts] == [
        datetime(2025, 3, 3, 9, tzinfo=UTC),
        datetime(2025, 3, 3, 9, 30, tzinfo=UTC),
    ]
    assert ledger.notes["time without a zone"] == 3


def test_a_zone_can_be_said_for_times_without_one(tmp_path: Path) -> None:
    acts, _ = reading(samples.make(tmp_path), time_zone="Asia/Tokyo")

    assert acts[0].at == datetime(2025, 3, 3, 0, tzinfo=UTC)
    assert acts[1].at == datetime(2025, 3, 3, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-03-04", datetime(2025, 3, 4, tzinfo=UTC)),
        ("2025-03-04T05:06:07Z", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("3/4/2025 5:06", datetime(2025, 3, 4, 5, 6, tzinfo=UTC)),
        ("04.03.2025 05:06:07", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("Tue, 4 Mar 2025 05:06:07 +0200", datetime(2025, 3, 4, 3, 6, 7, tzinfo=UTC)),
        ("1741064767", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("1741064767000", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("20250304", datetime(2025, 3, 4, tzinfo=UTC)),
    ],
)
def test_times_are_read_as_tables_write_them(
    table: Callable[[str], Path], written: str, expected: datetime
) -> None:
    acts, _ = reading(table(f'from,to,at\na,b,"{written}"\n'))

    assert [act.at for act in acts] == [expected]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "unreadable date"),
        ("soon", "unreadable date"),
        ("1.0", "unreadable date"),
        ("2025-13-40", "unreadable date"),
        ("0001-01-01T00:00:00+14:00", "unreadable date"),
        ("1979-12-31", "date before 1980 or in the future"),
        ("2999-01-01", "date before 1980 or in the future"),
    ],
)
def test_a_bad_date_is_left_out_with_its_reason(
    table: Callable[[str], Path], written: str, reason: str
) -> None:
    acts, ledger = reading(table(f"from,to,at\na,b,{written}\nb,a,2025-01-01\n"))

    assert len(acts) == 1
    assert dict(ledger.left_out) == {reason: 1}


def test_a_day_can_come_first(table: Callable[[str], Path]) -> None:
    acts, _ = reading(table("from,to,at\na,b,3/4/2025\n"), day_first="yes")

    assert acts[0].at == datetime(2025, 4, 3, tzinfo=UTC)


def test_a_row_a_day_ago_and_the_same_row_decades_ago_differ_in_time_only(
    table: Callable[[str], Path],
) -> None:
    early, _ = reading(table("from,to,at\na,b,2001-01-01\nb,a,2001-02-01\n"))
    late, _ = reading(table("from,to,at\na,b,2026-01-01\nb,a,2026-02-01\n"))

    assert [(act.actor, act.addressed, act.kind) for act in early] == [
        (act.actor, act.addressed, act.kind) for act in late
    ]
