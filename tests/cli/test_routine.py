"""`crosstie routine`, the part of `crosstie ideas` that hangs on few, and the library's."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.actions import company
from tests.actions.test_at_risk import told
from tests.actions.test_routine import asking
from tests.advice.recurring import ANSWERS
from tests.cli.calls import run

import crosstie
from crosstie.actions import reading, settings
from crosstie.actions.home import Home
from crosstie.errors import NotShown

ADA = company.address("Ada Berg")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("routine") / "workspace"
    with Home(folder) as home:
        reading.read(home, company.plan(list(asking())), viewer=ADA)
    return folder


@pytest.fixture(scope="module")
def hanging(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hanging") / "workspace"
    with Home(folder) as home:
        reading.read(home, company.plan(told("Ada")), viewer=ADA)
        settings.keep(home, {"network.smallest_group": "5"})
    return folder


def test_what_comes_again_stands_with_its_answer_ones_own_share_and_everybodys(asked: Path):
    said = run("routine", "--workspace", asked, "--as", ADA)
    assert said.exit_code == 0, said.output
    assert "Asked 5 times since 12 March 2026, in questions." in said.stdout
    assert ANSWERS["badge"] in said.stdout
    assert "Of 33 questions that you answered, 1 was like one" in said.stdout
    assert "Only you see this." in said.stdout
    assert "quarter from 01 October 2026: 0%" in said.stdout
    assert "alike are seldom the same" in said.stdout


def test_a_draft_is_printed_alone_and_one_that_is_not_there_is_refused(asked: Path):
    said = run("routine", "--draft", "1", "--workspace", asked, "--as", ADA)
    assert said.stdout.startswith("# ")
    assert said.stdout.endswith("in questions.*\n")
    refused = run("routine", "--draft", "9", "--workspace", asked, "--as", ADA)
    assert refused.exit_code == 2
    assert "There is no question number 9 to be seen." in refused.stderr


def test_whoever_does_not_say_who_they_are_reads_the_share_alone(tmp_path: Path):
    with Home(tmp_path / "open") as home:
        reading.read(home, company.plan(list(asking())))
    said = run("routine", "--workspace", tmp_path / "open")
    assert said.exit_code == 0, said.output
    assert "quarter from 01 October 2026" in said.stdout
    assert not any(name in said.output for name in company.NAMES)
    assert not any(answer in said.output for answer in ANSWERS.values())
    with crosstie.open(tmp_path / "open") as opened, pytest.raises(NotShown):
        opened.routine()


def test_json_tells_the_same_and_the_library_without_names(asked: Path):
    told = json.loads(run("routine", "--workspace", asked, "--as", ADA, "--json").stdout)
    assert told.keys() == {"recurring", "own", "everybody"}
    with crosstie.open(asked) as home:
        found, quarters = home.routine(viewer=ADA), home.routine_shares()
    assert [one.times for one in found] == [one["times"] for one in told["recurring"]["questions"]] == [5, 4]
    assert [one.answer.text for one in found] == list(ANSWERS.values())
    assert not any(name in repr(found) for name in company.NAMES)
    assert np.asarray(quarters["share"]).tolist() == [0.0, 0.0]


def test_topics_that_hang_on_few_stand_under_ideas_and_on_whom_for_them_alone(hanging: Path):
    said = run("ideas", "--workspace", hanging, "--as", ADA)
    assert "conversations answered in the last half year by one person" in said.stdout
    assert "hangs on you; only you see this. You could pair with" in said.stdout
    with crosstie.open(hanging) as home:
        frame = home.at_risk()
        keys = [home.find(name) for name in company.NAMES]
    assert set(np.asarray(frame["by"]).tolist()) == {"one person"}
    assert not any(key in str(np.asarray(frame[name]).tolist()) for key in keys for name in frame.columns)
