"""Who may be brought together with whom on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from crosstie.people.meeting import Bar, MeetingRules, PastMeeting, Stage, standing

TODAY = date(2026, 6, 1)
RULES = MeetingRules(on=TODAY, joined=frozenset({"ada", "ben", "cleo", "dan"}))


def _met(*people: str, days_ago: int, stage: Stage = Stage.MET) -> PastMeeting:
    return PastMeeting(people=people, on=TODAY - timedelta(days=days_ago), stage=stage)


def test_whoever_did_not_join_or_opted_out_meets_nobody_and_the_two_are_not_told_apart():
    found = standing(replace(RULES, opted_out=frozenset({"dan"})))
    assert found.free == {"ada", "ben", "cleo"}
    assert found.bar("dan") is found.bar("eve") is Bar.NOT_TAKING_PART
    assert not found.may_meet("ada", "dan")
    assert not found.may_meet("ada", "eve")
    assert found.may_meet("ada", "ben")


def test_nobody_meets_themselves():
    assert not standing(RULES).may_meet("ada", "ada")


def test_a_pause_lasts_to_its_last_day_or_without_end():
    until = {"ada": TODAY, "ben": TODAY - timedelta(days=1), "cleo": None}
    found = standing(replace(RULES, paused=until))
    assert found.bar("ada") is found.bar("cleo") is Bar.PAUSED
    assert found.bar("ben") is None


def test_one_who_does_not_want_the_other_is_enough_in_either_order():
    found = standing(replace(RULES, do_not_pair=frozenset({("ben", "ada")})))
    assert not found.may_meet("ada", "ben")
    assert not found.may_meet("ben", "ada")
    assert found.may_meet("ben", "cleo")


def test_the_same_two_are_not_brought_together_for_ninety_days_whatever_came_of_it():
    for stage in Stage:
        assert not standing(replace(RULES, past=(_met("ada", "ben", days_ago=89, stage=stage),))).may_meet(
            "ada", "ben"
        )
        assert standing(replace(RULES, past=(_met("ada", "ben", days_ago=90, stage=stage),))).may_meet(
            "ben", "ada"
        )


def test_a_trio_keeps_all_three_of_its_pairs_apart():
    found = standing(replace(RULES, past=(_met("ada", "ben", "cleo", days_ago=10),)))
    assert not any(found.may_meet(*pair) for pair in (("ada", "ben"), ("ada", "cleo"), ("ben", "cleo")))
    assert found.may_meet("ada", "dan")


def test_the_cap_counts_what_was_asked_within_thirty_days_and_not_what_was_only_shown():
    asked = (_met("ada", "ben", days_ago=3, stage=Stage.ASKED), _met("ada", "cleo", days_ago=29))
    assert standing(replace(RULES, past=asked)).bar("ada") is Bar.AT_CAP
    assert standing(replace(RULES, past=asked)).bar("ben") is None
    for other in (
        _met("ada", "cleo", days_ago=30),
        _met("ada", "cleo", days_ago=1, stage=Stage.SUGGESTED),
    ):
        assert standing(replace(RULES, past=(asked[0], other))).bar("ada") is None


def test_a_person_may_set_their_own_cap():
    past = (_met("ada", "ben", days_ago=3),)
    found = standing(replace(RULES, past=past, caps={"ada": 1, "ben": 3, "cleo": 0}))
    assert [found.bar(person) for person in ("ada", "ben", "cleo")] == [Bar.AT_CAP, None, Bar.AT_CAP]


def test_a_pair_that_met_long_ago_may_meet_again_and_is_known_to_have_met():
    found = standing(replace(RULES, past=(_met("ada", "ben", days_ago=400),)))
    assert found.may_meet("ada", "ben")
    assert frozenset({"ada", "ben"}) in found.before
