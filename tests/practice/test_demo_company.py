"""In the demo company the advice makes sense: what was planted is found, and absence is no alarm."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from tests.practice.kestrel import Kestrel, kestrel_in

from crosstie.advice.colleagues import Colleagues, colleagues_of
from crosstie.advice.introductions import introductions
from crosstie.advice.organisation_introductions import organisation_introductions
from crosstie.people.meeting import MeetingRules
from crosstie.practice.checked import CircleCheck, Sign
from crosstie.practice.circle_check import Presence, circle_check
from crosstie.practice.pairing import pair_up
from crosstie.practice.quarters import errors_of

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def kestrel(tmp_path_factory: pytest.TempPathFactory) -> Kestrel:
    return kestrel_in(tmp_path_factory.mktemp("kestrel"))


@pytest.fixture(scope="module")
def checked(kestrel: Kestrel) -> dict[str, CircleCheck]:
    """Everyone still there, with what the directory says of them and no absence that was told."""
    found = {}
    for person in kestrel.company.people:
        if person.relation != "employee" or person.left_on is not None:
            continue
        row = kestrel.row(person.id)
        found[person.id] = circle_check(
            row,
            quarters=kestrel.quarters,
            presence=Presence(joined_on=person.joined_on, share=1 - len(person.days_off) / 5),
            errors=errors_of(kestrel.networks[-1], row, open_network=kestrel.open_networks[-1]),
        )
    return found


def test_the_shrinking_circle_is_found(kestrel, checked):
    signs = {finding.sign for finding in checked[kestrel.company.truth.planted.shrinking].findings}
    assert Sign.TOO_SMALL in signs


def test_nobody_else_or_hardly_anybody_is_told_that_their_circle_is_too_small(checked):
    told = [
        person for person, check in checked.items() if Sign.TOO_SMALL in {one.sign for one in check.findings}
    ]
    assert len(told) <= 3


def test_parental_leave_that_nobody_told_of_and_newcomers_raise_nothing(kestrel, checked):
    planted = kestrel.company.truth.planted
    for person in (*planted.on_leave, *planted.newcomers):
        assert checked[person].findings == ()
        assert checked[person].withheld


def test_most_of_the_closed_team_is_told_and_few_of_the_others(kestrel, checked):
    closed = kestrel.company.truth.planted.closed_members
    told = {person for person, check in checked.items() if check.findings}
    assert len(told & set(closed)) > len(closed) / 2
    others = checked.keys() - set(closed)
    assert len(told & others) < 0.15 * len(others)


@pytest.fixture(scope="module")
def colleagues(kestrel: Kestrel) -> Colleagues:
    return colleagues_of(
        kestrel.networks[-1],
        kestrel.open_networks[-1].ties,
        places=kestrel.places,
        joined_on={person.id: person.joined_on for person in kestrel.company.people if person.joined_on},
    )


@pytest.fixture(scope="module")
def rules(kestrel: Kestrel) -> MeetingRules:
    staff = [one.id for one in kestrel.company.people if one.relation == "employee" and one.left_on is None]
    opted_out = frozenset({kestrel.company.truth.planted.opted_out})
    return MeetingRules(on=date(2026, 10, 30), joined=frozenset(staff), opted_out=opted_out)


def test_nearly_everyone_gets_three_introductions_and_they_lead_out_of_the_group(kestrel, colleagues, rules):
    department = {person.id: person.department for person in kestrel.company.people}
    found = {
        person: introductions(person, colleagues=colleagues, rules=rules) for person in sorted(rules.joined)
    }
    whole = [person for person, made in found.items() if len(made) == 3]
    assert len(whole) > 0.9 * len(found)
    every = [one for made in found.values() for one in made]
    away = sum(department[one.person] != department[one.candidate] for one in every)
    assert away > 0.5 * len(every)
    assert sum(one.size_gain for one in every) > 0.5 * len(every)
    gone = kestrel.company.truth.planted.opted_out
    assert not found[gone]
    assert all(gone not in (one.candidate, *one.mutual) for one in every)


def test_introductions_of_the_whole_company_leave_nobody_out_and_nobody_with_more_than_three(
    kestrel, colleagues, rules
):
    department = {person.id: person.department for person in kestrel.company.people}
    made = organisation_introductions(dict.fromkeys(rules.joined, 3), colleagues=colleagues, rules=rules)
    times = Counter(person for one in made for person in (one.person, one.candidate))
    able = rules.joined - rules.opted_out
    assert max(times.values()) == 3
    assert sum(times[person] > 0 for person in able) > 0.97 * len(able)
    assert sum(times[person] == 3 for person in able) > 0.9 * len(able)
    assert sum(department[one.person] != department[one.candidate] for one in made) > 0.5 * len(made)
    gone = kestrel.company.truth.planted.opted_out
    assert all(gone not in (one.person, one.candidate, *one.mutual) for one in made)


def test_the_whole_company_is_paired_across_departments_with_strangers(kestrel, rules):
    people = sorted(rules.joined)
    network = kestrel.open_networks[-1]
    known = zip(network.persons[network.ties.learner], network.persons[network.ties.teacher], strict=True)
    found = pair_up(
        people,
        rules=rules,
        group_of={person.id: person.department for person in kestrel.company.people},
        in_contact=[(str(one), str(other)) for one, other in known],
        seed=1,
    )
    assert list(found.unplaced) == [kestrel.company.truth.planted.opted_out]
    pairs = sum(len(list(combinations(meeting.people, 2))) for meeting in found.meetings)
    assert sum(meeting.across for meeting in found.meetings) >= pairs - 2
    assert sum(meeting.strangers for meeting in found.meetings) >= pairs - 2
