"""Which times are believed, in every source."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crosstie.sources.times import EARLIEST, IMPOSSIBLE, is_believable, iso_time, latest, why_no_iso_time


def test_what_is_to_come_is_not_believed_but_for_zones_and_fast_clocks():
    now = datetime.now(UTC)

    assert is_believable(now + timedelta(hours=20))
    assert not is_believable(now + timedelta(hours=30))
    assert now + timedelta(hours=20) < latest() < now + timedelta(hours=30)


def test_what_was_before_1980_is_not_believed():
    assert is_believable(EARLIEST)
    assert not is_believable(EARLIEST - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2024-05-01T10:00:00", datetime(2024, 5, 1, 10, tzinfo=UTC)),
        ("2024-05-01T10:00:00+02:00", datetime(2024, 5, 1, 8, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_time_without_a_zone_is_meant_in_utc(written, at):
    assert iso_time(written) == at


def test_a_time_that_cannot_be_read_and_one_that_cannot_be_have_reasons_of_their_own():
    assert why_no_iso_time("soon") == "unreadable time"
    assert why_no_iso_time("2999-01-01") == IMPOSSIBLE
