"""A half hour that can be kept: on a working day, in local working time, and nobody's twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from crosstie.practice.half_hour import STARTS, half_hour

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 3, 24)  # the Tuesday before the clocks go forward


def _found(seed: str = "a", **given) -> datetime | None:
    return half_hour(**{"after": DAY, "zone": BERLIN, "is_away": lambda _: False, "seed": seed, **given})


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.text(min_size=1, max_size=8))
def test_it_is_on_a_working_day_some_days_ahead_within_local_working_time(after, seed):
    found = _found(seed, after=after)
    assert found is not None
    local = found.astimezone(BERLIN)
    assert local.weekday() < 5
    assert local.time() in STARTS
    assert timedelta(days=3) <= local.date() - after <= timedelta(days=13)


def test_the_clocks_going_forward_keep_the_local_hour():
    found = {_found(str(seed)).astimezone(BERLIN) for seed in range(60)}  # type: ignore[union-attr]
    assert {at.utcoffset() for at in found} == {timedelta(hours=1), timedelta(hours=2)}
    assert {at.time() for at in found} == set(STARTS)


def test_days_away_and_half_hours_taken_are_passed_over():
    first = _found()
    assert first is not None
    again = _found(taken=[first])
    assert again is not None
    assert again.date() == first.date()
    assert again != first
    later = _found(is_away=lambda day: day <= first.date())
    assert later is not None
    assert later.date() > first.date()
    assert _found(is_away=lambda _: True) is None


def test_many_meetings_of_one_round_do_not_fall_on_one_moment():
    found = {_found(str(seed)) for seed in range(60)}
    assert len(found) > 20
