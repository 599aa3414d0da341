"""Holidays: what a line says, and that working time and half hours pass them over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crosstie.practice.half_hour import half_hour
from crosstie.practice.holidays import Holiday, days_of, holiday
from crosstie.practice.working_time import after, worked, working_day, working_time

CHRISTMAS = date(2026, 12, 25)
BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = working_time("Mon-Fri 09:00-17:00", BERLIN, days_of([holiday("2026-12-24 - 2027-01-01 Shutdown")]))
HOUR = timedelta(hours=1)


class TestLine:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("2026-12-25", "2026-12-25"),
            ("2026-12-25 Christmas", "2026-12-25 Christmas"),
            (" 25.12.2026:  Erster   Feiertag ", "2026-12-25 Erster Feiertag"),
            ("2026-12-24 - 2027-01-01 Shutdown", "2026-12-24 - 2027-01-01 Shutdown"),
            ("24. 12. 2026 bis 1.1.2027, Betriebsruhe", "2026-12-24 - 2027-01-01 Betriebsruhe"),
            ("2026-12-24\u20132026-12-26", "2026-12-24 - 2026-12-26"),
            ("2026-12-25 - Christmas", "2026-12-25 - Christmas"),
        ],
    )
    def test_it_is_read_and_written_again(self, line, said):
        assert str(holiday(line)) == said
        assert holiday(said) == holiday(line)

    @pytest.mark.parametrize(
        "line",
        [
            "Christmas",
            "",
            "2026-02-30",
            "2026-13-01 x",
            "2026-12-25 - 2026-12-24 backwards",
            "2026-01-01 - 2026-12-31 a year",
            "1026-12-25",
            "9999-12-31",
            "25/12/2026",
            "2026-12-25Christmas",
            "12.25.2026",
        ],
    )
    def test_anything_else_is_refused(self, line):
        with pytest.raises(ValueError, match=r"holiday|day is|month must|far away"):
            holiday(line)

    @given(some.dates(date(2000, 1, 1), date(2099, 1, 1)), some.integers(0, 99), some.text(max_size=30))
    def test_every_holiday_is_written_so_that_it_is_read_again(self, first, days, name):
        made = Holiday(first=first, last=first + timedelta(days=days), name=" ".join(name.split()))
        again = holiday(str(made))
        assert (again.first, again.last) == (made.first, made.last)
        assert len(days_of([again])) == days + 1


class TestWorkingTime:
    def test_none_passes_on_a_free_day(self):
        asked = datetime(2026, 12, 23, 16, 30, tzinfo=BERLIN)
        assert after(asked, HOUR, OFFICE).astimezone(BERLIN) == datetime(2027, 1, 4, 9, 30, tzinfo=BERLIN)
        assert worked(asked, datetime(2027, 1, 4, 12, 0, tzinfo=BERLIN), OFFICE) == timedelta(hours=3.5)
        assert (
            worked(datetime(2026, 12, 25, tzinfo=BERLIN), datetime(2027, 1, 2, tzinfo=BERLIN), OFFICE)
            == timedelta()
        )

    def test_it_is_the_day_of_that_clock(self):
        late = working_time("Mon-Fri 00:00-23:59", ZoneInfo("Pacific/Auckland"), frozenset({CHRISTMAS}))
        assert (
            worked(
                datetime(2026, 12, 24, 11, 0, tzinfo=UTC), datetime(2026, 12, 25, 10, 59, tzinfo=UTC), late
            )
            == timedelta()
        )

    def test_the_next_working_day_is_found_and_a_working_day_stays(self):
        on = datetime(2026, 12, 23, 20, 0, tzinfo=BERLIN)
        assert working_day(on, OFFICE) == on
        for free in (datetime(2026, 12, 24, 3, 0, tzinfo=BERLIN), datetime(2027, 1, 3, 23, 0, tzinfo=BERLIN)):
            assert working_day(free, OFFICE) == datetime(2027, 1, 4, 9, 0, tzinfo=BERLIN)

    def test_where_no_day_is_left_it_says_so(self):
        days = days_of(holiday(f"{day} - {day + timedelta(days=99)}") for day in _hundreds())
        with pytest.raises(ValueError, match="no working day within 2 years"):
            working_day(datetime(2026, 1, 2, tzinfo=UTC), working_time("Mon-Sun 09:00-17:00", BERLIN, days))


def _hundreds() -> list[date]:
    return [date(2026, 1, 1) + timedelta(days=100 * number) for number in range(9)]


@given(some.text(min_size=1, max_size=8))
def test_no_half_hour_is_on_a_free_day_nor_does_one_count_as_a_day_to_wait(seed):
    usual = half_hour(after=date(2026, 12, 23), zone=BERLIN, is_away=lambda _: False, seed=seed)
    free = half_hour(
        after=date(2026, 12, 23), zone=BERLIN, is_away=lambda _: False, seed=seed, free=OFFICE.free
    )
    assert usual is not None
    assert free is not None
    assert free >= datetime(2027, 1, 4, tzinfo=BERLIN)
    assert _working_days(free, frozenset()) == _working_days(usual, frozenset()) + len(
        [day for day in OFFICE.free if day.weekday() < 5]
    )


def _working_days(until: datetime, free: frozenset[date]) -> int:
    days = (until.date() - CHRISTMAS).days
    return sum((CHRISTMAS + timedelta(days=number)).weekday() < 5 for number in range(days))
