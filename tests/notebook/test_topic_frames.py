"""Topics in the library: frames by opaque keys."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from tests.actions import company, moving
from tests.actions.test_topics import told
from tests.notebook.words import words_in

import crosstie
from crosstie.actions import reading
from crosstie.actions.home import Home
from crosstie.notebook.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path):
    with Home(tmp_path / "workspace") as home:
        reading.read(home, company.plan(told()))
    with crosstie.open(tmp_path / "workspace") as opened:
        yield opened


def test_frames_say_what_is_talked_of_by_whom_and_what_ties_are_about(workspace: Workspace):
    net = workspace.network()
    people = set(net.people["person"].tolist())
    assert net.topics.columns == ["topic", "label", "words", "conversations", "people"]
    assert net.topics["conversations"].sum() == 60
    assert set(net.talks_of["person"].tolist()) <= people
    assert set(net.about["learner"].tolist()) | set(net.about["teacher"].tolist()) <= people
    assert set(net.talks_of["topic"].tolist()) | set(net.about["topic"].tolist()) <= set(
        net.topics["topic"].tolist()
    )


def test_frames_carry_no_names(workspace: Workspace):
    net = workspace.network()
    words = words_in(net.topics, net.conversations, net.talks_of, net.about)
    assert set(net.topics["words"][0].split(", ")) <= words
    assert not words.intersection(" ".join(company.NAMES).lower().split())


def test_what_a_tie_is_about_is_no_more_than_the_tie(workspace: Workspace):
    net = workspace.network()
    ties = set(zip(net.ties["learner"].tolist(), net.ties["teacher"].tolist(), strict=True))
    assert set(zip(net.about["learner"].tolist(), net.about["teacher"].tolist(), strict=True)) <= ties
    assert np.all(net.about["weight"] > 0)


def test_a_table_of_ties_has_no_topics(tmp_path: Path):
    file = tmp_path / "ties.csv"
    file.write_text("from,to,weight\nAda,Ben,3\nBen,Cleo,1\n")
    with crosstie.open(tmp_path / "other") as opened:
        opened.read(file)
        net = opened.network()
        assert len(net.topics) == len(net.conversations) == len(net.talks_of) == len(net.about) == 0
        assert len(net.flows) == len(net.group_topics) == len(net.variety) == 0


def test_what_came_up_and_was_taken_up_was_new_and_stayed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with Home(tmp_path / "firm") as home:
        reading.read(home, company.plan([*moving.told(), *moving.at_home("Works")]))
    with crosstie.open(tmp_path / "firm") as opened:
        net = opened.network()
        rows = net.conversations.to_pandas().sort_values("first_at")
        label = dict(zip(net.topics["topic"].tolist(), net.topics["label"].tolist(), strict=True))
    lathes = rows[rows["topic"].map(label) == "lathes"]
    assert lathes["novelty_90"].iloc[0] == pytest.approx(1)
    assert lathes["resonance_90"].iloc[0] > 0
    assert lathes["novelty_30"].iloc[-1] < 1
    assert np.isnan(rows["novelty_7"].iloc[0])
    assert (rows["people"] >= 1).all()


def test_what_moved_between_groups_is_a_frame_of_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with Home(tmp_path / "moving") as home:
        reading.read(home, company.plan([*moving.told(), *moving.at_home("Works")]))
    with crosstie.open(tmp_path / "moving") as opened:
        net = opened.network()
        (row,) = net.flows.to_pandas().to_dict("records")
        assert (row["label"], row["giver"], row["taker"]) == ("sensors", "Design", "Sales")
        assert row["people"] % 5 == 0
        (row,) = net.group_topics.to_pandas().to_dict("records")
        assert row == {"kind": "department", "group": "Works", "label": "lathes"}
        assert set(net.variety["group"].tolist()) <= {"Design", "Sales", "Works"}
        assert np.all(net.variety["low"] <= net.variety["high"])
