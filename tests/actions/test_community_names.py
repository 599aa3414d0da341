"""Communities have names that say who they are, and never a person's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from tests.actions import company

from crosstie.actions import looking, pages, reading
from crosstie.actions.grouping import COMMUNITY
from crosstie.actions.home import Home
from crosstie.actions.pages.community_names import community_names
from crosstie.actions.pages.sight import Sight, sight
from crosstie.record import Account, Openness, Place, Trace

TEAM = 12


def name(team: str, number: int) -> str:
    return f"{team}{number} Berg"


def two_teams() -> Iterator[Trace]:
    """Two teams of twelve, each in a channel of its own: nobody speaks to anyone of the other."""
    for team in "KL":
        for number in range(TEAM):
            yield Account(
                source=company.SOURCE,
                id=f"{team}{number}",
                name=name(team, number),
                address=company.address(name(team, number)),
            )
        yield Place(source=company.SOURCE, id=team, name=f"channel-{team}", openness=Openness.OPEN)
    told = 0
    for team in "KL":
        for number in range(TEAM):
            for step in (1, 2, 3):
                question = company.said(told, f"{team}{number}")
                answer = company.answered(told + 1, f"{team}{(number + step) % TEAM}", question)
                yield msgspec.structs.replace(question, place=team)
                yield msgspec.structs.replace(answer, place=team)
                told += 2


@pytest.fixture
def teams(home: Home) -> Sight:
    reading.read(home, company.plan(list(two_teams())), viewer=company.address(name("K", 0)))
    return sight(home, looking.viewer(home))


def in_groups(seen: Sight, **groups: list[str]) -> Sight:
    """Give everyone a unit of each kind, in the order of the network's rows."""
    units = {kind: np.array(of, dtype=object) for kind, of in groups.items()}
    network = replace(seen.snapshot.network, groups=units)
    return replace(seen, snapshot=replace(seen.snapshot, network=network))


def by_team(seen: Sight, of: dict[str, str], **other: str) -> list[str]:
    """Return the unit of each row by the first letter of the name, or by the whole name."""
    names = [seen.person(row).name for row in range(len(seen.network.persons))]
    return [other.get(each.split()[0], of[each[0]]) for each in names]


def test_without_a_directory_a_community_is_called_after_the_open_place_where_it_meets(
    home: Home, teams: Sight
):
    found = community_names(home, teams)
    assert {one.label for one in found} == {"Around channel-K", "Around channel-L"}
    assert {one.about for one in found} == {"all 12 meet in channel-K", "all 12 meet in channel-L"}


def test_a_community_of_one_department_is_called_after_it(home: Home, teams: Sight):
    seen = in_groups(teams, department=by_team(teams, {"K": "Sales", "L": "Design"}))
    assert {(one.label, one.about) for one in community_names(home, seen)} == {
        ("Around Sales", "all 12 from Sales"),
        ("Around Design", "all 12 from Design"),
    }


def test_a_few_from_elsewhere_are_not_counted(home: Home, teams: Sight):
    seen = in_groups(
        teams, department=by_team(teams, {"K": "Sales", "L": "Design"}, K3="Design", K4="Design")
    )
    about = {one.label: one.about for one in community_names(home, seen)}
    assert about["Around Sales"] == "nearly all from Sales"
    assert about["Around Design"] == "all 12 from Design, nearly all there"


def test_of_a_community_that_is_not_told_of_nobody_is_counted(home: Home, teams: Sight):
    departments = by_team(teams, {"K": "Sales", "L": "Design"}, K3="Design", K4="Design")
    told = in_groups(teams, department=departments)
    found = told.snapshot.groups[COMMUNITY]
    groups = {**told.snapshot.groups, COMMUNITY: replace(found, told=np.zeros_like(found.told))}
    untold = replace(told, snapshot=replace(told.snapshot, groups=groups))
    for seen, about in (
        (told, {"nearly all from Sales", "all 12 from Design, nearly all there"}),
        (untold, {"nearly all from Sales", "all from Design, nearly all there"}),
    ):
        assert {one.about for one in community_names(home, seen)} == about


def test_two_communities_of_one_department_have_two_names(home: Home, teams: Sight):
    seen = in_groups(teams, department=by_team(teams, {"K": "Sales", "L": "Sales"}))
    labels = [one.label for one in community_names(home, seen)]
    assert len(set(labels)) == 2
    assert "Around Sales" in labels


def test_no_community_bears_a_persons_name(home: Home, teams: Sight):
    people = {person.name for person in teams.persons.by_key.values()}
    for one in community_names(home, teams):
        assert not [each for each in people if each in one.label or each in one.about]


def test_the_map_shows_the_names_and_why_a_share_is_withheld(home: Home, teams: Sight):
    view = pages.network_map(home, looking.viewer(home))
    assert {group.label for group in view.groups} == {"Around channel-K", "Around channel-L"}
    assert {person.community for person in view.people} <= {group.label for group in view.groups}
    for group in view.groups:
        assert (group.inside is None) == bool(group.withheld)
