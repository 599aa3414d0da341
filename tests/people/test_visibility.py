"""The gate for ties."""

from __future__ import annotations

import numpy as np

from crosstie.people import Viewer, may_see_ties

PERSONS = np.array(["ada", "ben", "cleo"], dtype=object)
ENDS = (np.array([0, 1, 1], dtype=np.int32), np.array([1, 2, 0], dtype=np.int32))
IS_OPEN = np.array([False, False, True])


def seen(viewer: Viewer, is_open: np.ndarray = IS_OPEN) -> list[bool]:
    return [bool(one) for one in may_see_ties(viewer, PERSONS, ENDS, is_open)]


def test_ones_own_ties_are_seen_whatever_their_evidence():
    assert seen(Viewer(person="ada"))[0] is True


def test_a_closed_tie_between_two_others_is_not_seen():
    assert seen(Viewer(person="ada"))[1] is False


def test_an_open_tie_between_two_others_is_seen():
    assert seen(Viewer(person="ada"), np.array([False, True, True]))[1] is True


def test_an_outsider_and_nobody_see_no_tie_between_people():
    assert seen(Viewer(person="eve")) == seen(Viewer(person="")) == [False, False, False]


def test_an_outsider_who_claims_to_have_read_everything_still_sees_nothing():
    assert seen(Viewer(person="eve", read_everything=True)) == [False, False, False]


def test_who_was_at_every_place_that_was_read_sees_every_tie():
    assert seen(Viewer(person="ada", read_everything=True)) == [True, True, True]
