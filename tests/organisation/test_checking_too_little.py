"""Circle check is withheld, with its reason, where the record or the firm is too small."""

from __future__ import annotations

from datetime import date

import pytest
from tests.organisation import large_firm

from crosstie.actions import quarters
from crosstie.actions.organisation import asking, checking, work

pytestmark = pytest.mark.anywhere


def test_a_record_of_two_months_says_that_it_takes_nine(firm, ada):
    checking.make(firm, {})
    view = checking.check(firm, ada)
    assert view.withheld == ("There is too little to say yet: it takes nine months of traces.",)


def test_a_small_firm_has_too_few_to_compare_with(home):
    large_firm.read(home, 20)
    viewer = large_firm.joined(home, 0)
    checking.make(home, {})
    assert checking.check(home, viewer).withheld == ("There are too few colleagues here to compare with.",)


def test_a_source_that_was_not_read_lately_is_not_taken_for_silence(home):
    large_firm.read(home, 20)
    asking.ask(home, large_firm.joined(home, 0), "Is anybody there?", {})
    work.work_once(home)
    assert home.record.latest().date() > date(2026, 11, 1)
    checking.make(home, {})
    circles = quarters.newest(home)
    assert circles is not None
    assert circles.quarters[-1].ends_on == date(2026, 10, 19)
