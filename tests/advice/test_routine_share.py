"""How much of what is asked was asked before: by whole quarters, withheld where few ask, and the trend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from crosstie.advice.routine import Links
from crosstie.advice.routine_share import (
    Put,
    QuarterShare,
    Trend,
    by_quarter,
    known_from,
    repeated,
    trend,
)

START = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 3 * 366


def _put(share_at, *, askers: int = 20, a_day: int = 1) -> Put:
    """Questions each day, of which every so many were asked before, by the share of their day."""
    rows = [(day, row) for day in range(DAYS) for row in range(a_day)]
    owed, was_before = 0.0, []
    for day, _row in rows:
        owed += share_at(day / DAYS)
        was_before.append(owed >= 1)
        owed -= owed >= 1
    return Put(
        at=np.array([int((START + timedelta(days=day)).timestamp() * 1e6) for day, _ in rows]),
        asker=np.arange(len(rows)) % askers,
        is_repeated=np.array(was_before),
    )


def _width(one: QuarterShare) -> float:
    return (one.high or 0.0) - (one.low or 0.0)


SINCE, UNTIL = date(2024, 1, 1), date(2027, 1, 1)


def test_whole_quarters_of_the_calendar_are_shown_with_their_interval():
    shown = by_quarter(_put(lambda _: 0.25), since=date(2024, 2, 1), until=date(2024, 12, 31), smallest=10)
    assert [one.begins_on for one in shown] == [date(2024, 4, 1), date(2024, 7, 1)]
    for one in shown:
        assert one.share == pytest.approx(0.25, abs=0.02)
        assert None not in {one.share, one.low, one.high}
        assert (one.low or 0.0) < (one.share or 0.0) < (one.high or 0.0)


def test_the_interval_is_as_wide_as_few_people_make_it():
    few = by_quarter(_put(lambda _: 0.25, askers=10), since=SINCE, until=UNTIL, smallest=10)[0]
    many = by_quarter(_put(lambda _: 0.25, askers=80), since=SINCE, until=UNTIL, smallest=10)[0]
    assert _width(few) > _width(many) > 0


@pytest.mark.parametrize(
    "asker", [np.arange(DAYS) % 9, np.where(np.arange(DAYS) % 5 < 3, 0, np.arange(DAYS) % 20)]
)
def test_a_quarter_of_fewer_than_the_smallest_group_or_mostly_of_one_is_withheld(asker):
    put = _put(lambda _: 0.25)
    put = Put(at=put.at, asker=asker, is_repeated=put.is_repeated)
    shown = by_quarter(put, since=SINCE, until=UNTIL, smallest=10)
    assert shown
    assert {one.share for one in shown} == {None}
    assert trend(put, since=SINCE, until=UNTIL, smallest=10) is None


def test_a_quarter_with_few_questions_is_withheld():
    put = _put(lambda _: 0.25)
    thin = Put(at=put.at[::6], asker=put.asker[::6], is_repeated=put.is_repeated[::6])
    assert {one.share for one in by_quarter(thin, since=SINCE, until=UNTIL, smallest=5)} == {None}


def test_a_share_that_rises_is_said_to_rise_and_one_that_stands_is_not_settled():
    rising = trend(_put(lambda t: 0.1 + 0.5 * t), since=SINCE, until=UNTIL, smallest=10)
    level = trend(_put(lambda _: 0.3), since=SINCE, until=UNTIL, smallest=10)
    assert rising is not None
    assert level is not None
    assert rising.a_year == pytest.approx(0.5 / 3, abs=0.03)
    assert rising.is_settled
    assert rising.low > 0
    assert not level.is_settled
    assert level.low <= 0 <= level.high


def test_a_trend_takes_twelve_months():
    assert trend(_put(lambda t: t), since=date(2026, 3, 1), until=UNTIL, smallest=10) is None


def _by_month(again: Sequence[int], questions: int = 20) -> Put:
    """Return so many questions of twenty people a month from January 2024 on, the first of them repeats."""
    months = np.repeat(np.arange(len(again)), questions)
    place = np.tile(np.arange(questions), len(again))
    at = (np.datetime64("2024-01", "M") + months).astype("datetime64[us]").astype(np.int64)
    return Put(at=at, asker=place % 20, is_repeated=place < np.array(again)[months])


def _trend(again: Sequence[int], questions: int = 20) -> Trend | None:
    until = date(2024 + len(again) // 12, 1 + len(again) % 12, 1)
    return trend(_by_month(again, questions), since=SINCE, until=until, smallest=10)


@pytest.mark.parametrize("few", [9, 24 * 20 - 9])
def test_with_fewer_than_ten_that_came_again_or_did_not_nothing_is_said_of_a_trend(few):
    at_once = [min(20, max(0, few - 20 * month)) for month in range(24)]
    assert _trend(at_once) is None
    one_nearer_half = [*at_once[:-1], at_once[-1] + 1] if few < 20 else [19, *at_once[1:]]
    assert _trend(one_nearer_half) is not None


def test_months_that_are_all_alike_leave_the_doubt_that_chance_leaves():
    alike = _trend([2] * 24)
    assert alike is not None
    years = (np.arange(24) - 11.5) / 12
    by_chance = np.sqrt(0.1 * 0.9 / (20 * (years**2).sum()))
    assert alike.high == pytest.approx(-alike.low)
    assert alike.high > 1.96 * by_chance


def test_months_that_hang_together_leave_more_doubt_than_the_same_months_in_turn():
    in_runs, in_turn = _trend([*[2] * 6, *[8] * 12, *[2] * 6]), _trend([2, 8, 8, 2] * 6)
    assert in_runs is not None
    assert in_turn is not None
    assert in_runs.high - in_runs.low > 1.5 * (in_turn.high - in_turn.low)


@pytest.mark.parametrize(("months", "a_month"), [(12, 1.5), (12, 6.0), (24, 1.0)])
def test_where_nothing_rises_hardly_anything_is_said_to(months, a_month):
    dice = np.random.default_rng(4)
    told = [_trend(dice.binomial(20, a_month / 20, months).tolist()) for _ in range(300)]
    said = [one for one in told if one is not None]
    assert len(said) > 200
    assert sum(one.is_settled for one in said) <= 0.05 * len(said)


@settings(max_examples=20)
@given(some.permutations(range(20)))
def test_who_has_which_number_makes_no_difference(renamed):
    put = _put(lambda _: 0.25)
    other = Put(at=put.at, asker=np.array(renamed)[put.asker], is_repeated=put.is_repeated)
    for show in (partial(by_quarter, smallest=10), partial(trend, smallest=10)):
        assert show(put, since=SINCE, until=UNTIL) == show(other, since=SINCE, until=UNTIL)


def test_what_was_asked_long_before_does_not_count():
    day = 86_400_000_000
    found = Links(
        looked_at=np.array([1, 2, 3]),
        question=np.array([2, 3]),
        earlier=np.array([1, 1]),
        nearness=np.array([1.0, 1.0]),
    )
    assert repeated(found, np.array([0, 100 * day, 200 * day])).tolist() == [False, True, False]


def test_the_half_year_before_the_first_day_is_known():
    assert known_from(START) == date(2024, 7, 2)
