"""Whoever would find out of a flow whether one person took something up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.insight.made_up import Firm, firm, handed_on

from crosstie.insight.idea_flow import Flow, FlowSettings, idea_flows
from crosstie.insight.uptake import Cells, Users
from crosstie.privacy import Kind, showable_kinds
from crosstie.privacy.noise import in_steps, noisy_count

SETTINGS = FlowSettings(most_worlds=9_999)


def found(made: Firm, *kinds: Kind) -> list[Flow]:
    kinds = kinds or (made.kind,)
    flows = idea_flows(
        made.uses,
        made.contacts,
        kinds,
        shown=showable_kinds(kinds, 10),
        ids=made.ids,
        seed=1,
        settings=SETTINGS,
    )
    return list(flows.found)


PLANTED = handed_on(firm(2), 0, 0, 1)


def without(made: Firm, people: list[int]) -> Kind:
    """Return the kind with some people in no group."""
    group = made.kind.group.copy()
    group[people] = -1
    return replace(made.kind, group=group)


def test_a_group_of_nine_neither_gives_nor_takes():
    assert found(PLANTED)
    assert not found(PLANTED, without(PLANTED, list(range(11))))
    assert not found(PLANTED, without(PLANTED, list(range(20, 31))))


def test_every_flow_shown_has_five_people_on_either_side_and_nobody_is_over_half():
    checked = 0
    for seed in range(20):
        made = handed_on(firm(seed), 0, 0, 1, seed=seed)
        for flow in found(made):
            taker, giver = pairs_of(made, flow)
            assert len(np.unique(taker)) >= 5
            assert len(np.unique(giver)) >= 5
            assert np.unique(giver, return_counts=True)[1].max() <= len(giver) / 2
            checked += 1
    assert checked >= 10


def test_what_one_person_handed_on_to_all_is_not_shown():
    """Everybody of the second group had it from one person of the first."""
    made = PLANTED
    contacts = made.contacts
    group = made.kind.group
    across = (group[contacts.person] == 0) != (group[contacts.other] == 0)
    source = int(np.flatnonzero(group == 0)[0])
    kept = ~across | (contacts.person == source) | (contacts.other == source)
    star = np.arange(20, 40)
    dominated = replace(
        made,
        contacts=replace(
            contacts,
            person=np.concatenate([contacts.person[kept], star, np.full(20, source)]),
            other=np.concatenate([contacts.other[kept], np.full(20, source), star]),
            since=np.concatenate([contacts.since[kept], np.zeros(40, dtype=np.int64)]),
        ),
    )
    assert not [one for one in found(handed_on(dominated, 0, 0, 1)) if (one.giver, one.taker) == (0, 1)]


def test_two_months_that_differ_by_one_person_do_not_tell_of_them():
    """Each of the taking group leaves in turn: nobody's going is seen for certain in what is shown.

    The month names the noise, so the later count is no function of the earlier one: for each of them, some
    other draw of noise would have shown the same although they had not been counted.
    """
    (flow,) = [one for one in found(PLANTED) if (one.giver, one.taker) == (0, 1)]
    secret = b"0123456789abcdef"
    shown = {
        count: {in_steps(noisy_count(count, secret=secret, cell=f"{draw}")) for draw in range(400)}
        for count in (flow.people, flow.people - 1)
    }
    assert shown[flow.people] == shown[flow.people - 1]
    assert noisy_count(9, secret=secret, cell="a") == noisy_count(9, secret=secret, cell="a")


def test_noise_is_as_likely_up_as_down_and_as_wide_as_it_says():
    drawn = np.array([noisy_count(0, secret=b"0123456789abcdef", cell=str(one)) for one in range(4_000)])
    assert abs(drawn.mean()) < 0.1
    exact, beside = np.mean(drawn == 0), np.mean(drawn == 1)
    assert 0.42 < exact < 0.5
    assert 0.3 < beside / exact < 0.44


def test_a_department_hides_the_team_that_would_tell_of_its_rest():
    """Three of the taking department are in no team: what they had from the others could be subtracted."""
    made = PLANTED
    teams = without(made, [20, 21, 22])
    flows = found(made, made.kind, teams)
    assert {one.kind for one in flows} <= {0}


def pairs_of(made: Firm, flow: Flow) -> tuple[np.ndarray, np.ndarray]:
    """Return who took it up, beside everybody they may have had it from, found anew and slowly."""
    uses, contacts, group = made.uses, made.contacts, made.kind.group
    of_topic = uses.topic == flow.topic
    used_at = dict(zip(uses.person[of_topic].tolist(), uses.at[of_topic].tolist(), strict=True))
    soon = SETTINGS.soon_days * 86_400_000_000
    met: dict[int, dict[int, int]] = {}
    rows = zip(contacts.person.tolist(), contacts.other.tolist(), contacts.since.tolist(), strict=True)
    for person, other, since in rows:
        if (
            group[person] == flow.taker
            and group[other] == flow.giver
            and person in used_at
            and other in used_at
        ):
            met.setdefault(person, {})[other] = max(since, used_at[other])
    taker, giver = [], []
    for person, others in met.items():
        first, at = min(others.values()), used_at[person]
        if first < at <= first + soon and at >= SETTINGS.run_in_days * 86_400_000_000:
            for other, when in others.items():
                if when < at:
                    taker.append(person)
                    giver.append(other)
    assert len(set(taker)) == flow.people
    return np.array(taker), np.array(giver)


def test_cells_without_pairs_are_none():
    none = np.empty(0, dtype=np.int64)
    users = Users(
        person=np.arange(3),
        at=np.arange(3),
        begins=np.zeros(3, dtype=np.int64),
        ends=np.full(3, 9),
        taker=none,
        giver=none,
        since=none,
        counts_from=0,
        soon=1,
    )
    cells = Cells.possible(users, Kind(group=np.array([0, 1, 1]), count=2))
    assert len(cells) == 0
    assert cells.people(users.at[None, :]).shape == (1, 0)
    assert [len(one) for one in cells.pairs()] == [0, 0]
