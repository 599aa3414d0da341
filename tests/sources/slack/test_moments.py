"""Times of messages, many at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crosstie.sources.slack.parse import moment, moments

GOOD = st.builds("{}.{:06d}".format, st.integers(315_532_700, 4_102_444_900), st.integers(0, 999_999))
ODD = (
    "", "0", "1600000000", "1600000000.5", "01.5", "1.2.3", "1,2", "1e9", "-1", "nan", "²", " 1", "null",
    '"2024-01-01T00:00:00Z"', "9" * 400, "1600000000.000001,1600000000.000002",
)  # fmt: skip


@given(st.lists(GOOD))
def test_the_times_of_a_day_are_those_of_its_messages(stamps):
    assert list(moments(stamps)) == [moment(one) for one in stamps]


@given(st.lists(GOOD, max_size=3), st.sampled_from(ODD), st.lists(GOOD, max_size=3))
def test_an_odd_time_spoils_no_other(before, odd, after):
    stamps = [*before, odd, *after]
    assert list(moments(stamps)) == [moment(one) for one in stamps]
