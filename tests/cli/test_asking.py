"""`crosstie who-knows`, `crosstie similar` and the library's: open places alone, people through the gate."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.actions import company
from tests.actions.test_advising import SUBJECTS, asking_about_subjects
from tests.actions.test_files import OWNERS, commits, read
from tests.cli.calls import run
from tests.sources.git.histories import build

import crosstie
from crosstie.actions import opting, reading
from crosstie.actions.home import Home
from crosstie.errors import NotShown

TEXT = "gauge calibration?"


@pytest.fixture
def firm(workspace: Path) -> Path:
    with Home(workspace) as home:
        plan = company.plan(list(asking_about_subjects()))
        reading.read(home, plan, viewer=company.address("Ada Berg"))
    return workspace


@pytest.mark.parametrize(("helper", "subject"), SUBJECTS.items())
def test_who_answered_such_questions_comes_first_with_reasons_and_originals(
    firm: Path, helper: str, subject: str
):
    said = run("who-knows", subject, "--workspace", firm, "--as", "Ada Berg")
    assert said.exit_code == 0, said.output
    lines = said.stdout.splitlines()
    assert lines[0].startswith(helper)
    assert lines[1].startswith("  Answered questions like this one in questions, the last on ")
    assert any(subject in line for line in lines[2:])
    assert any(helper in line and " https://" in line for line in lines[2:])
    assert "does not say who knows most" in said.stdout


def test_earlier_questions_stand_with_their_answers(firm: Path):
    said = run("similar", "the printer has no paper", "--workspace", firm, "--as", "Ada Berg")
    assert said.exit_code == 0, said.output
    assert said.stdout.splitlines()[0] == "How does printer paper work?"
    assert "  About printer paper" in said.stdout
    assert "Dan Wu in questions" in said.stdout


def test_json_tells_the_same_and_the_library_by_key(firm: Path):
    viewer = ("--workspace", firm, "--as", "Ada Berg", "--json")
    people = json.loads(run("who-knows", TEXT, *viewer).stdout)["people"]
    before = json.loads(run("similar", TEXT, *viewer).stdout)["questions"]
    with crosstie.open(firm) as home:
        known = home.who_knows(TEXT, viewer="Ada Berg")
        earlier = home.similar(TEXT, viewer="Ada Berg")
    assert [one.person for one in known] == [one["person"]["key"] for one in people]
    assert [list(one.reasons) for one in known] == [one["reasons"] for one in people]
    assert [one.text for one in earlier] == [one["question"]["text"] for one in before]
    assert not any(one["person"]["name"] in repr((known, earlier)) for one in people)


def test_a_place_is_called_by_its_name_and_an_unknown_one_is_refused(firm: Path):
    said = run("who-knows", TEXT, "--place", "questions", "--workspace", firm, "--as", "Ada Berg")
    assert said.exit_code == 0, said.output
    for place in ("nowhere", "members"):  # a closed place is as unknown as one that is not there
        said = run("who-knows", TEXT, "--place", place, "--workspace", firm, "--as", "Ada Berg")
        assert said.exit_code == 1
        assert f'called "{place}"' in said.stderr
        assert "Hint:" in said.stderr


def test_nothing_found_is_said(firm: Path, workspace: Path):
    said = run("similar", "quaternions", "--workspace", firm, "--as", "Ada Berg")
    assert (said.exit_code, said.stdout) == (0, "Nothing like it was answered in open places so far.\n")
    with Home(workspace) as home:
        for name in company.NAMES:
            if name != "Ada Berg":
                opting.opt_out(home, company.address(name))
    said = run("who-knows", TEXT, "--workspace", firm, "--as", "Ada Berg")
    assert said.exit_code == 0, said.output
    assert said.stdout.startswith("Nobody was found")
    assert not any(name in said.output for name in company.NAMES)


@pytest.mark.parametrize("command", ["who-knows", "similar", "panel"])
def test_without_a_text_nobody_is_looked_for(firm: Path, command: str):
    said = run(command, "  ", "--workspace", firm, "--as", "Ada Berg")
    assert said.exit_code == 2
    assert "The question is empty." in said.stderr


@pytest.mark.parametrize("command", ["who-knows", "similar"])
def test_whoever_does_not_say_who_they_are_is_shown_nobody(tmp_path: Path, command: str):
    with Home(tmp_path / "open") as home:
        reading.read(home, company.plan(list(asking_about_subjects())))
    said = run(command, TEXT, "--workspace", tmp_path / "open")
    assert said.exit_code == 1
    assert "Only someone who takes part can ask." in said.stderr
    assert not any(name in said.output for name in company.NAMES)
    with crosstie.open(tmp_path / "open") as opened, pytest.raises(NotShown):
        opened.similar(TEXT)


def test_a_path_is_told_by_who_changed_or_reviewed_it(workspace: Path, tmp_path: Path):
    with Home(workspace) as home:
        read(home, build(tmp_path / "widgets", list(commits())))
    asked = ("who-knows", "drivers/usb/core/hub.c", "--workspace", workspace, "--as", "Ada Berg")
    said = run(*asked)
    assert said.exit_code == 0, said.output
    owner, reviewer = OWNERS["drivers/usb/core"]
    first, *lines = said.stdout.splitlines()
    assert first in {owner, reviewer}
    assert any(line.startswith("  Changed drivers/usb/core/hub.c in widgets, the last") for line in lines)
    people = json.loads(run(*asked, "--json").stdout)["people"]
    files = {tuple(one["files"]) for one in people[0]["evidence"]}
    assert files == {("drivers/usb/core/hub.c",)}
    with crosstie.open(workspace) as home:
        (known, *_) = home.who_knows("drivers/usb/core/hub.c", viewer="Ada Berg")
    assert {one.files for one in known.evidence} == files
