"""How likely people are to know a matter, beyond whether they would be the ones to answer."""

from __future__ import annotations

import numpy as np
import pytest

from crosstie.advice.activity import NEVER, Activity
from crosstie.advice.experts import FALLBACK, likeliest
from crosstie.advice.knowing import knowing, units_that_answered
from crosstie.advice.votes import Votes
from crosstie.config import AdviceSettings

PEOPLE = 6


def _activity() -> Activity:
    return Activity(
        at=0,
        answers=np.full(PEOPLE, 5),
        recent=np.ones((PEOPLE, 3)),
        to_others=np.zeros(PEOPLE),
        last_at=np.full(PEOPLE, NEVER),
        helped_at=np.full(PEOPLE, NEVER),
        pair=np.arange(PEOPLE),
        in_place=np.ones((PEOPLE, 3)),
    )


def _voted(near: str = "", like: str = "") -> Votes:
    """Return votes for those whose places stand in `near`; a question like this one for those in `like`."""
    votes = np.zeros((PEOPLE, 3))
    votes[[int(one) for one in near], 0] = 1.0
    alike = np.zeros(PEOPLE)
    alike[[int(one) for one in like]] = 0.5
    return Votes(votes=votes, like=alike, near=(), place="", touched=np.zeros(PEOPLE))


def _units(units: str) -> dict[str, np.ndarray]:
    return {"department": np.array([one.strip() for one in units], dtype=object)}


def _beyond(voted: Votes, *, units: str = "", favour_like: float = 0.0, favour_groups: float = 0.0):
    """Return what is added to the mix, for each of the people."""
    who, active = np.arange(PEOPLE), _activity()
    groups = _units(units) if units else None
    settings = AdviceSettings(favour_like=favour_like, favour_groups=favour_groups)
    found = knowing(active, voted, None, who, weights=FALLBACK, settings=settings, groups=groups)
    return found - likeliest(active, voted, None, who, weights=FALLBACK)


def test_with_nothing_favoured_it_is_the_mix():
    assert _beyond(_voted("01", "2"), units="aabbcc") == pytest.approx(np.zeros(PEOPLE))


def test_who_answered_questions_like_it_or_near_it_comes_forward():
    more = _beyond(_voted("0", "1"), favour_like=0.3)
    assert more[0] > more[2] < more[1]
    assert more[2:] == pytest.approx(more[2])


def test_whose_colleagues_answered_comes_forward_and_not_by_their_own_answers():
    # Of a, two answered; of b, one; of c, nobody.
    more = _beyond(_voted("013"), units="aaabbc", favour_groups=0.75)
    assert more[2] > more[0] == pytest.approx(more[1])
    assert more[4] > more[3] == pytest.approx(more[5])
    assert more[2] > more[4]


def test_who_belongs_to_no_group_has_no_colleagues():
    more = _beyond(_voted("01"), units="a a   ", favour_groups=0.75)
    assert more[1] == pytest.approx(more[3])
    assert _beyond(_voted("01"), favour_groups=0.75) == pytest.approx(np.zeros(PEOPLE))


def test_of_several_kinds_of_groups_the_mean_counts_and_it_is_taken_over_everybody():
    two = _units("aabbbb") | {"location": _units("xyxyxy")["department"]}
    settings = AdviceSettings(favour_like=0.0, favour_groups=1.0)
    found = [
        knowing(
            _activity(), _voted("0"), None, np.array(who), weights=FALLBACK, settings=settings, groups=two
        )
        for who in ([1, 2, 3], [1, 2, 3, 0])
    ]
    # The colleague need not be among those who could sit on the panel.
    for one in found:
        assert one[0] > one[1] > one[2]


def test_units_in_which_only_oneself_answered_are_not_named():
    groups = _units("aabb c") | {"location": _units("xyxyxy")["department"]}
    assert units_that_answered(_voted("0"), 0, groups) == ()
    assert units_that_answered(_voted("0"), 1, groups) == ("a",)
    assert units_that_answered(_voted("04"), 2, groups) == ("x",)
    assert units_that_answered(_voted("1235"), 4, groups) == ("x",)
    assert units_that_answered(_voted(), 1, groups) == ()


def test_of_nobody_nothing_is_said():
    found = knowing(
        _activity(),
        _voted(),
        None,
        np.zeros(0, dtype=np.int64),
        weights=FALLBACK,
        settings=AdviceSettings(),
        groups=_units("aabbcc"),
    )
    assert len(found) == 0
