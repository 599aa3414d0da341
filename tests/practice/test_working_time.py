"""How much working time lies between two moments."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.practice.working_time import WorkingTime, after, worked, working_time

OFFICE = working_time("Mon-Fri 09:00-17:00", ZoneInfo("UTC"))
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


moments = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is beside them
zones = st.sampled_from(
    [
        ZoneInfo(name)
        for name in ("UTC", "Europe/Oslo", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
    ]
)


@st.composite
def hours(draw: st.DrawFn) -> WorkingTime:
    begins = draw(st.integers(0, 21 * 60))
    ends = draw(st.integers(begins + 60, 23 * 60 + 59))
    days = draw(st.frozensets(st.integers(0, 6), min_size=1))
    return WorkingTime(
        days=days, begins=time(*divmod(begins, 60)), ends=time(*divmod(ends, 60)), zone=draw(zones)
    )


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-03-04 10:00", "2026-03-04 10:40", timedelta(minutes=40)),
        ("2026-03-04 16:30", "2026-03-05 09:20", timedelta(minutes=50)),  # over the night
        ("2026-03-06 16:30", "2026-03-09 09:20", timedelta(minutes=50)),  # over the weekend
        ("2026-03-07 08:00", "2026-03-08 20:00", timedelta()),  # Saturday to Sunday
        ("2026-03-04 07:00", "2026-03-04 20:00", 8 * HOUR),
        ("2026-03-04 10:40", "2026-03-04 10:00", timedelta()),
    ],
)
def test_nights_and_weekends_do_not_count(since, until, expected):
    assert worked(at(since), at(until), OFFICE) == expected


def test_a_day_on_which_the_clock_is_put_forward_has_an_hour_less():
    oslo = ZoneInfo("Europe/Oslo")
    sundays = working_time("Sun 00:00-08:00", oslo)
    spring = datetime(2026, 3, 29, tzinfo=oslo), datetime(2026, 3, 30, tzinfo=oslo)
    autumn = datetime(2026, 10, 25, tzinfo=oslo), datetime(2026, 10, 26, tzinfo=oslo)
    assert worked(*spring, sundays) == 7 * HOUR
    assert worked(*autumn, sundays) == 9 * HOUR


def test_an_hour_asked_about_late_on_friday_ends_on_monday():
    assert after(at("2026-03-06 16:45"), HOUR, OFFICE) == at("2026-03-09 09:45")
    assert after(at("2026-03-06 16:00"), HOUR, OFFICE) == at("2026-03-06 17:00")
    assert after(at("2026-03-06 19:00"), timedelta(), OFFICE) == at("2026-03-06 19:00")
    with pytest.raises(ValueError, match="more than"):
        after(at("2026-03-06 16:45"), 100_000 * HOUR, OFFICE)
    with pytest.raises(ValueError, match="past"):
        after(at("2026-03-06 16:45"), -HOUR, OFFICE)


@given(first=moments, second=moments, third=moments, hours=hours())
def test_parts_add_up_to_the_whole(first, second, third, hours):
    early, middle, late = sorted([first, second, third])
    whole = worked(early, late, hours)
    assert worked(early, middle, hours) + worked(middle, late, hours) == whole
    assert timedelta() <= whole <= late - early


@given(since=moments, amount=st.timedeltas(timedelta(), timedelta(hours=60)), hours=hours())
def test_after_so_much_work_so_much_was_worked_and_not_a_moment_before(since, amount, hours):
    then = after(since, amount, hours)
    assert worked(since, then, hours) == amount
    assert then >= since
    if amount:
        assert worked(since, then - timedelta(microseconds=1), hours) < amount


@given(since=moments, weeks=st.integers(0, 8))
def test_any_full_week_has_its_hours_where_the_clock_is_never_changed(since, weeks):
    assert worked(since, since + timedelta(weeks=weeks), OFFICE) == weeks * 40 * HOUR


@given(hours=hours())
def test_what_is_said_is_read_back(hours):
    assert working_time(str(hours), hours.zone) == hours


@pytest.mark.parametrize(
    "said",
    [
        "",
        "always",
        "Mon-Fri 17:00-09:00",
        "Mon-Fri 9-17",
        "Mon-Xyz 09:00-17:00",
        "Mon-Fri 09:00-25:00",
        "09:00-17:00",
    ],
)
def test_what_is_no_working_time_is_refused(said):
    with pytest.raises(ValueError, match=r"is no|before|not in tuple|must be in"):
        working_time(said, ZoneInfo("UTC"))


def test_days_may_go_over_the_end_of_the_week():
    assert working_time("Sat-Mon,Wed 10:00-12:00", ZoneInfo("UTC")) == WorkingTime(
        days=frozenset({5, 6, 0, 2}), begins=time(10), ends=time(12), zone=ZoneInfo("UTC")
    )
