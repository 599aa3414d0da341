"""Circle check points out what is so, says why it is silent, and is never raised on decay alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstie.practice.checked import (
    CircleCheck,
    Opening,
    Sign,
    Way,
    WithheldWhy,
    openings,
)
from crosstie.practice.circle_check import CheckSettings, Presence, circle_check
from crosstie.practice.quarters import QUARTER_DAYS, Errors, Quarter

LAST = date(2026, 9, 30)
PEOPLE = 60
LONG_THERE = Presence(joined_on=date(2020, 1, 1))
SURE = Errors(separateness=0.01, group_diversity=0.01)


def _quarter(back: int, **mine: float) -> Quarter:
    """Return a quarter in which all are alike but for small differences, and person 0 as given."""
    spread = np.linspace(0, 1, PEOPLE)
    columns: dict[str, Any] = {
        "size": np.full(PEOPLE, 20) + np.arange(PEOPLE) % 5,
        "met": np.full(PEOPLE, 18),
        "weeks": np.full(PEOPLE, 12),
        "open_size": np.full(PEOPLE, 20),
        "separateness": 0.7 + 0.2 * spread,
        "group_diversity": 2.0 + spread,
    }
    for name, value in mine.items():
        columns[name] = columns[name].copy()
        columns[name][0] = value
    return Quarter(ends_on=LAST - timedelta(days=QUARTER_DAYS * back), **columns)


def _check(*mine: Mapping[str, float], presence=LONG_THERE, errors=SURE) -> CircleCheck:
    plain = {"separateness": 0.8, "group_diversity": 2.5}
    quarters = tuple(_quarter(2 - row, **{**plain, **given}) for row, given in enumerate(mine))
    return circle_check(0, quarters=quarters, presence=presence, errors=errors)


def _signs(found: CircleCheck) -> list[Sign]:
    return [finding.sign for finding in found.findings]


SHRINKING = ({"met": 18}, {"met": 12}, {"met": 5, "size": 9})
CLOSING = ({"separateness": 0.8}, {"separateness": 0.7}, {"separateness": 0.6})
ALIKE = ({"group_diversity": 1.3}, {"group_diversity": 1.3}, {"group_diversity": 1.2})


def test_an_ordinary_circle_gets_no_word_and_nothing_is_withheld():
    assert _check({}, {}, {}) == CircleCheck(findings=(), withheld=())


def test_a_circle_that_really_met_fewer_people_and_is_small_is_too_small():
    (finding,) = _check(*SHRINKING).findings
    assert (finding.sign, finding.now, finding.before, finding.contacts) == (Sign.TOO_SMALL, 5, 18, 9)
    assert "5 people these three months, and with 18 half a year ago" in finding.sentence
    assert finding.months == 9


def test_it_is_never_raised_where_the_circle_only_faded():
    assert _signs(_check({"size": 20}, {"size": 14}, {"size": 9})) == []


def test_it_is_not_raised_where_the_circle_is_not_small_or_the_fall_may_be_chance():
    assert _signs(_check(SHRINKING[0], SHRINKING[1], {"met": 5, "size": 22})) == []
    assert _signs(_check({"met": 9}, {"met": 8}, {"met": 6, "size": 9})) == []


def test_it_is_not_raised_where_everybody_met_fewer():
    quarters = tuple(
        replace(_quarter(2 - row, group_diversity=2.5, **given), met=np.full(PEOPLE, given["met"]))
        for row, given in enumerate(SHRINKING)
    )
    assert _signs(circle_check(0, quarters=quarters, presence=LONG_THERE, errors=SURE)) == []


def test_fewer_weeks_with_a_trace_are_allowed_for():
    fewer = ({"met": 18, "weeks": 13}, {"met": 12, "weeks": 9}, {"met": 7, "size": 9, "weeks": 6})
    assert _signs(_check(*fewer)) == []
    assert _signs(_check(*({**one, "weeks": 13} for one in fewer))) == [Sign.TOO_SMALL]


def test_part_time_is_compared_with_what_part_time_can_hold():
    shrinking = ({"met": 18}, {"met": 12}, {"met": 5, "size": 13})
    assert _signs(_check(*shrinking)) == [Sign.TOO_SMALL]
    assert _signs(_check(*shrinking, presence=replace(LONG_THERE, share=0.6))) == []


def test_a_circle_whose_people_come_to_know_one_another_is_closing():
    (finding,) = _check(*CLOSING).findings
    assert (finding.sign, finding.now, finding.before) == (Sign.CLOSING, 0.6, 0.8)
    assert finding.low == pytest.approx(0.6 - 1.645 * 0.01)
    assert finding.high == pytest.approx(0.6 + 1.645 * 0.01)


def test_one_that_was_always_close_or_opens_again_is_not_closing():
    assert _signs(_check(*({"separateness": 0.6} for _ in range(3)))) == []
    assert _signs(_check({"separateness": 0.8}, {"separateness": 0.5}, {"separateness": 0.6})) == []


def test_a_circle_of_few_groups_that_does_not_widen_is_all_alike():
    (finding,) = _check(*ALIKE).findings
    assert (finding.sign, finding.now, finding.before) == (Sign.ALL_ALIKE, 1.2, 1.3)
    assert "How alike you think is not known here" in finding.sentence
    assert _signs(_check({"group_diversity": 1.1}, {"group_diversity": 1.15}, {"group_diversity": 1.2})) == []


def test_a_figure_that_hangs_on_single_contacts_is_not_pointed_out():
    unsure = Errors(separateness=0.2, group_diversity=1.0)
    assert _signs(_check(*CLOSING, errors=unsure)) == []
    assert _signs(_check(*ALIKE, errors=unsure)) == []
    unknown = Errors(separateness=float("nan"), group_diversity=float("nan"))
    assert _signs(_check(*ALIKE, errors=unknown)) == []


@pytest.mark.parametrize(
    ("similar", "signs"),
    [
        ((0.3, 0.3, 0.3), [Sign.ALL_ALIKE]),
        ((0.1, 0.1, 0.1), []),  # few groups, but they think differently
        ((0.4, 0.4, 0.3), []),  # alike, but less so than before
        ((0.3, float("nan"), 0.3), [Sign.ALL_ALIKE]),  # not known of this person: groups alone
    ],
)
def test_where_it_is_known_the_circle_must_also_think_alike(similar, signs):
    quarters = tuple(
        replace(
            _quarter(2 - row, **given),
            thought_similarity=np.concatenate([[similar[row]], np.linspace(0, 0.25, PEOPLE - 1)]),
        )
        for row, given in enumerate(ALIKE)
    )
    found = circle_check(0, quarters=quarters, presence=LONG_THERE, errors=SURE)
    assert _signs(found) == signs
    if signs and not np.isnan(similar[1]):
        assert "write about much the same things" in found.findings[0].sentence


@pytest.mark.parametrize(
    ("presence", "changes", "why"),
    [
        (Presence(joined_on=date(2026, 1, 15)), {}, WithheldWhy.JOINED_LATELY),
        (
            Presence(absences=((date(2026, 5, 1), date(2026, 6, 10)),)),
            {},
            WithheldWhy.AWAY,
        ),
        (Presence(), {"weeks": 5}, WithheldWhy.FEW_TRACES),
    ],
)
def test_joining_absence_and_few_traces_silence_the_check_with_a_reason(presence, changes, why):
    (withheld,) = (found := _check(*({**one, **changes} for one in SHRINKING), presence=presence)).withheld
    assert found.findings == ()
    assert (withheld.sign, withheld.why) == (None, why)
    assert withheld.sentence


def test_a_holiday_does_not_silence_it_and_a_part_timer_needs_fewer_weeks():
    holiday = Presence(absences=((date(2026, 7, 1), date(2026, 7, 28)),))
    assert _signs(_check(*SHRINKING, presence=holiday)) == [Sign.TOO_SMALL]
    shrinking = (
        {**SHRINKING[0], "weeks": 3},
        {**SHRINKING[1], "weeks": 3},
        {"met": 2, "size": 5, "weeks": 3},
    )
    assert _signs(_check(*shrinking, presence=Presence(share=0.5))) == [Sign.TOO_SMALL]
    assert _check(*shrinking).withheld[0].why is WithheldWhy.FEW_TRACES


def test_with_fewer_than_three_quarters_or_thirty_colleagues_nothing_is_said():
    assert _check({}, {}).withheld[0].why is WithheldWhy.FEW_MONTHS
    quarters = tuple(
        replace(_quarter(2 - row, **given), weeks=np.where(np.arange(PEOPLE) < 30, 12, 0))
        for row, given in enumerate(SHRINKING)
    )
    found = circle_check(0, quarters=quarters, presence=LONG_THERE, errors=SURE)
    assert [one.why for one in found.withheld] == [WithheldWhy.FEW_COLLEAGUES]


def test_a_circle_of_fewer_than_five_is_not_judged_for_what_it_is_like():
    small = {"size": 4, "open_size": 4, "met": 4, "group_diversity": 1.0, "separateness": 0.3}
    found = _check(small, small, small)
    assert found.findings == ()
    assert {(one.sign, one.why) for one in found.withheld} == {
        (sign, WithheldWhy.FEW_CONTACTS) for sign in Sign
    }


def test_a_circle_that_fell_below_five_is_still_called_small():
    found = _check(SHRINKING[0], SHRINKING[1], {"met": 3, "size": 3, "open_size": 3})
    assert _signs(found) == [Sign.TOO_SMALL]
    assert {one.sign for one in found.withheld} == {Sign.CLOSING, Sign.ALL_ALIKE}


def test_without_groups_their_diversity_is_withheld():
    nowhere = {"group_diversity": float("nan")}
    (withheld,) = _check(nowhere, nowhere, nowhere).withheld
    assert (withheld.sign, withheld.why) == (Sign.ALL_ALIKE, WithheldWhy.NO_GROUPS)


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.sampled_from([SHRINKING, CLOSING, ALIKE]))
def test_the_order_of_people_makes_no_difference(seed, mine):
    order = np.random.default_rng(seed).permutation(PEOPLE)
    quarters = tuple(_quarter(2 - row, **given) for row, given in enumerate(mine))
    names = ("size", "met", "weeks", "open_size", "separateness", "group_diversity")
    mixed = tuple(
        replace(quarter, **{name: getattr(quarter, name)[order] for name in names}) for quarter in quarters
    )
    one = circle_check(0, quarters=quarters, presence=LONG_THERE, errors=SURE)
    me = int(np.flatnonzero(order == 0)[0])
    assert circle_check(me, quarters=mixed, presence=LONG_THERE, errors=SURE) == one


def test_the_openings_are_one_of_each_way_beyond_the_usual_groups_where_there_is_one():
    given = [
        Opening(way=Way.ASK, key="ben", group="Build"),
        Opening(way=Way.ASK, key="cleo", group="Care"),
        Opening(way=Way.READ, key="hall", is_new=False),
        Opening(way=Way.READ, key="lab"),
    ]
    found = _check(*ALIKE)
    assert [one.key for one in openings(found, candidates=given, usual_groups=frozenset({"Build"}))] == [
        "cleo",
        "lab",
    ]
    assert [one.key for one in openings(found, candidates=given[:1], usual_groups=frozenset({"Build"}))] == [
        "ben"
    ]
    assert openings(_check({}, {}, {}), candidates=given, usual_groups=frozenset()) == ()


def test_few_traces_are_told_with_what_it_would_take():
    sentence = _check({"weeks": 5}, {"weeks": 5}, {"weeks": 5}).withheld[0].sentence
    assert CheckSettings().present_weeks == 6, "the sentence names it"
    assert "about six weeks of each of the last three quarters" in sentence
