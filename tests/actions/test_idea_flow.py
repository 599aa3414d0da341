"""Which topics moved, from the record to what is read: found where it was so, and of groups alone."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.actions import company, moving

from crosstie.actions import flow_files, idea_flow, opting, reading, settings, snapshots
from crosstie.actions.home import Home
from crosstie.actions.idea_flow import idea_flow_of, ideas_page


@pytest.fixture(scope="module", autouse=True)
def _places_are_topics() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "sklearn", None)
        patch.setitem(sys.modules, "scipy", None)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("moving") / "firm"
    with Home(made) as home:
        reading.read(home, company.plan(moving.told()))
        flow_files.current(home)
    return made


@pytest.fixture
def firm(folder: Path) -> Iterator[Home]:
    with Home(folder) as home:
        yield home


@pytest.fixture
def own_firm(folder: Path, tmp_path: Path) -> Iterator[Home]:
    """One to decide things in."""
    shutil.copytree(folder, tmp_path / "firm")
    with Home(tmp_path / "firm") as home:
        yield home


def test_a_topic_that_went_by_contact_is_shown_from_where_it_came(
    firm: Home, monkeypatch: pytest.MonkeyPatch
):
    secrets: list[bytes] = []

    def without_noise(count: int, *, secret: bytes, cell: str) -> int:
        secrets.append(secret)  # each workspace has another one, and by it another noise
        return count

    monkeypatch.setattr(idea_flow, "noisy_count", without_noise)
    view = idea_flow_of(firm)
    assert [(one.label, one.giver, one.taker) for one in view.flows] == [("sensors", "Design", "Sales")]
    (flow,) = view.flows
    assert flow.people == 20  # 21, in fives
    assert secrets == [firm.keyring.secret]
    assert flow.by_chance <= flow.people  # both are told in fives
    assert flow.given_from <= flow.taken_from
    assert flow.given_from.day == view.until.day == 1


def test_a_topic_that_everybody_came_to_at_some_time_is_not(tmp_path: Path):
    with Home(tmp_path / "firm") as home:
        reading.read(home, company.plan(moving.told(by_contact=False, seed=2)))
        view = idea_flow_of(home)
        assert view.flows == ()
        assert view.tested > 0


def test_what_a_group_alone_talks_of_stands_with_it(tmp_path: Path):
    with Home(tmp_path / "firm") as home:
        reading.read(home, company.plan([*moving.told(), *moving.at_home("Works")]))
        (talk,) = idea_flow_of(home).talks
        assert (talk.kind, talk.group, talk.topics) == ("department", "Works", ("lathes",))


def test_what_four_of_a_group_talk_of_is_told_of_nobody(tmp_path: Path):
    with Home(tmp_path / "firm") as home:
        reading.read(home, company.plan([*moving.told(), *moving.at_home("Works", people_of_it=4)]))
        assert idea_flow_of(home).talks == ()


def test_it_is_the_same_on_another_day_of_the_month(own_firm: Home):
    before = idea_flow_of(own_firm)
    as_of = snapshots.current(own_firm).network.as_of
    own_firm.as_of = as_of.replace(day=28)
    assert idea_flow_of(own_firm) == before


def test_nobody_stands_in_it_or_in_its_file(firm: Home):
    told = str(ideas_page(firm))
    (file,) = firm.folder.rglob("flows.json")
    told += file.read_text()
    who = snapshots.persons(firm).by_key.values()
    assert len(who) == 3 * moving.EACH
    assert not any(one.key in told or one.name in told for one in who)


def test_groups_below_the_smallest_size_are_in_nothing(own_firm: Home):
    settings.keep(own_firm, {"network.smallest_group": str(moving.EACH + 1)})
    view = idea_flow_of(own_firm)
    assert (view.flows, view.talks, view.varieties) == ((), (), ())


def test_it_goes_when_somebody_opts_out_and_is_made_without_them(own_firm: Home):
    (before,) = own_firm.folder.rglob("flows.json")
    opting.opt_out(own_firm, "sales-03@firm.example")
    assert not before.exists()
    assert idea_flow_of(own_firm).tested > 0
    assert len(list(own_firm.folder.rglob("flows.json"))) == 1


def test_without_groups_and_texts_there_is_nothing(open_firm: Home):
    found = flow_files.current(open_firm)
    assert (found.flows, found.talks, found.varieties) == ((), (), ())
