"""The year of the invented company may end this week."""

from __future__ import annotations

from datetime import date, timedelta

from crosstie.demo import Company
from crosstie.record import Entry, Interaction


def test_the_year_moves_by_whole_weeks_so_that_it_ends_in_the_last_seven_days(kestrel: Company):
    day = date(2027, 3, 10)
    by = timedelta(weeks=(day - kestrel.ends_on).days // 7)
    assert timedelta(0) <= day - (kestrel.ends_on + by) < timedelta(weeks=1)
    for before, after in zip(kestrel.traces(), kestrel.traces_until(day), strict=True):
        if isinstance(before, Interaction) and isinstance(after, Interaction):
            assert before.at is not None
            assert after.at == before.at + by
            assert (after.external_id, after.text, after.actor) == (
                before.external_id,
                before.text,
                before.actor,
            )
        elif isinstance(before, Entry) and isinstance(after, Entry) and before.joined_on:
            assert date.fromisoformat(after.joined_on) == date.fromisoformat(before.joined_on) + by
        else:
            assert before == after


def test_on_its_last_day_nothing_moves(kestrel: Company):
    assert list(kestrel.traces_until(kestrel.ends_on)) == list(kestrel.traces())
