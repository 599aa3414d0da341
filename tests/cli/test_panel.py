"""`crosstie panel` and the library's `panel`: who could sit on it, what each brings, and no figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.actions import company
from tests.actions.test_panels import KNOW, asking_about_gauges
from tests.cli.calls import run

import crosstie
from crosstie.actions import reading
from crosstie.actions.home import Home

TEXT = "How does gauge calibration work?"


@pytest.fixture
def firm(workspace: Path) -> Path:
    with Home(workspace) as home:
        plan = company.plan(list(asking_about_gauges()))
        reading.read(home, plan, viewer=company.address("Ada Berg"))
    return workspace


def test_people_stand_by_name_with_what_they_bring_and_how_it_was_made(firm: Path):
    said = run("panel", TEXT, "-k", "4", "--workspace", firm, "--as", "Ada Berg")
    assert said.exit_code == 0, said.output
    names = [line for line in said.stdout.splitlines() if line in company.NAMES]
    assert len(names) == 4
    assert names == sorted(names)
    assert "  Has answered about this in questions." in said.stdout
    assert "not what anybody thinks" in said.stdout


def test_json_tells_the_same_and_the_library_by_key(firm: Path):
    said = json.loads(run("panel", TEXT, "--workspace", firm, "--as", "Ada Berg", "--json").stdout)
    told = {seat["helper"]["person"]["key"]: seat["helper"]["person"]["name"] for seat in said["seats"]}
    assert {name.split()[0] for name in told.values()} <= set(KNOW)
    with crosstie.open(firm) as home:
        seats = home.panel(TEXT, viewer="Ada Berg")
    assert {one.person for one in seats} == set(told)
    assert not any(name in repr(seats) for name in told.values())


def test_a_quota_that_nobody_meets_is_wrong_usage_with_a_hint(firm: Path):
    said = run("panel", TEXT, "--workspace", firm, "--as", "Ada Berg", "--quota", "Nowhere=1..")
    assert said.exit_code == 2
    assert "there is no such group" in said.stderr
    assert "Hint:" in said.stderr


def test_whoever_does_not_say_who_they_are_is_shown_nobody(tmp_path: Path):
    with Home(tmp_path / "open") as home:
        reading.read(home, company.plan(list(asking_about_gauges())))
    said = run("panel", TEXT, "--workspace", tmp_path / "open")
    assert said.exit_code == 1
    assert not any(name in said.output for name in company.NAMES)
