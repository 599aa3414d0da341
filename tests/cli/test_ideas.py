"""`crosstie ideas`: what people talk of, and never who."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from tests.actions import company, moving
from tests.actions.test_topics import told
from tests.cli.calls import run

from crosstie.actions import reading
from crosstie.actions.home import Home


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ideas") / "workspace"
    with Home(folder) as home:
        reading.read(home, company.plan(told()), viewer=company.address("Ada Berg"))
    return folder


def test_topics_come_with_their_counts_and_places(workspace: Path):
    result = run("ideas", "--workspace", workspace)
    assert result.exit_code == 0, result.output
    assert "conversations of 12 people, mostly in" in result.output
    assert "60 conversations in open places" in result.output
    assert not any(re.search(rf"\b{name.split()[0]}\b", result.output) for name in company.NAMES)


def test_the_same_as_json(workspace: Path):
    said = json.loads(run("ideas", "--workspace", workspace, "--json").stdout)
    assert {"topics", "hidden", "conversations", "without", "smallest_group", "is_by_place"} <= said.keys()
    assert {"id", "label", "words", "conversations", "people", "places"} == said["topics"][0].keys()


def test_a_workspace_without_talk_says_so(tmp_path: Path, table: Path):
    assert run("try", table, "--workspace", tmp_path / "other", "--json").exit_code == 0
    result = run("ideas", "--workspace", tmp_path / "other")
    assert "Nothing is talked of by 10 people or more." in result.output
    assert "pip install" not in result.output


def test_the_library_that_finds_topics_is_named_only_where_it_is_missing(
    tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch
):
    assert run("try", table, "--workspace", tmp_path / "other", "--json").exit_code == 0
    monkeypatch.setitem(sys.modules, "sklearn", None)
    result = run("ideas", "--workspace", tmp_path / "other")
    assert 'Hint: pip install "crosstie[ideas]"' in result.output


def test_what_a_group_talks_of_more_than_others_stands_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with Home(tmp_path / "firm") as home:
        reading.read(home, company.plan([*moving.told(), *moving.at_home("Works")]))
    result = run("ideas", "--workspace", tmp_path / "firm")
    assert "Group topics\n  Works: lathes\n" in result.output
    said = json.loads(run("ideas", "--workspace", tmp_path / "firm", "--json").stdout)
    assert said["between"]["talks"] == [{"kind": "department", "group": "Works", "topics": ["lathes"]}]
