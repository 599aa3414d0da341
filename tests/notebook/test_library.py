"""The library, as an analyst uses it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import polars as pl
import pytest
from tests.notebook.words import words_in

import crosstie
from crosstie.errors import PersonUnclear, UsageRefused, WorkspaceRefused
from crosstie.notebook.workspace import Workspace

ROWS = """from,to,at,weight
ada@x.example,ben@x.example,2026-01-05T10:00:00Z,1
ben@x.example,ada@x.example,2026-01-06T10:00:00Z,1
ada@x.example,cleo@x.example,2026-03-01T10:00:00Z,1
cleo@x.example,dan@x.example,2026-03-02T10:00:00Z,1
"""


@pytest.fixture
def home(tmp_path: Path):
    file = tmp_path / "messages.csv"
    file.write_text(ROWS)
    with crosstie.open(tmp_path / "workspace") as opened:
        reading = opened.read(file, settings={"openness": "open"})
        assert (reading.read, reading.used) == (4, 4)
        yield opened


def test_people_and_ties_are_frames_that_polars_and_pandas_take(home: Workspace):
    net = home.network()
    assert isinstance(net.people.to_pandas(), pd.DataFrame)
    assert pl.DataFrame(net.people.table).equals(net.people.to_polars())
    assert pl.DataFrame(net.people).height == 4
    assert net.ties.to_polars()["last_at"].dtype == pl.Datetime("us", "UTC")


def test_frames_carry_keys_and_no_names(home: Workspace):
    net = home.network()
    assert "ada" not in words_in(net.people, net.ties)
    assert home.find("ada@x.example") in net.people["person"].tolist()


def test_ties_have_the_agreed_columns_one_row_an_ordered_pair(home: Workspace):
    ties = home.network().ties
    assert ties.columns[:8] == [
        "learner", "teacher", "learned", "turned_to", "contact", "first_at", "last_at", "known_how",
    ]  # fmt: skip
    pairs = list(zip(ties["learner"], ties["teacher"], strict=True))
    assert len(pairs) == len(set(pairs))


def test_times_of_a_frame_are_those_of_the_source(home: Workspace):
    ties = home.network().ties.to_pandas()
    ada, ben = home.find("ada@x.example"), home.find("ben@x.example")
    row = ties[(ties.learner == ada) & (ties.teacher == ben)].iloc[0]
    assert row.first_at == pd.Timestamp("2026-01-05T10:00:00Z")
    assert row.last_at == pd.Timestamp("2026-01-06T10:00:00Z")


def test_an_earlier_date_shows_the_network_of_then(home: Workspace):
    then = home.network(as_of=datetime(2026, 1, 31, tzinfo=UTC))
    dan = home.find("dan@x.example")
    assert then.circle(dan).scores["size"] == 0
    assert home.network().circle(dan).scores["size"] == 1


@pytest.mark.parametrize("day", [date(2026, 3, 1), "2026-03-01"])
def test_a_day_is_taken_to_its_end_as_on_the_command_line(home: Workspace, day: date | str):
    then = home.network(as_of=day)
    assert then.as_of == datetime(2026, 3, 1, 23, 59, 59, 999_999, tzinfo=UTC)
    assert then.circle(home.find("cleo@x.example")).scores["size"] == 1
    assert then.circle(home.find("dan@x.example")).scores["size"] == 0


@pytest.mark.parametrize("day", ["", "soon", "2026-02-30", np.datetime64("2026-03-01"), 20260301])
def test_what_is_no_date_is_refused_with_how_to_write_one(home: Workspace, day: Any):
    with pytest.raises(UsageRefused, match="is no date") as refused:
        home.network(as_of=day)
    assert '"2026-03-31"' in refused.value.hint


def test_a_time_of_day_needs_its_zone(home: Workspace):
    with pytest.raises(UsageRefused, match="no time zone") as refused:
        home.network(as_of=datetime(2026, 3, 1))  # noqa: DTZ001 - this is what is refused
    assert refused.value.hint


def test_the_circle_of_a_key_that_nobody_has_is_refused(home: Workspace):
    with pytest.raises(PersonUnclear, match='the key "Ada"') as refused:
        home.network().circle("Ada")
    assert "find" in refused.value.hint


def test_a_circle_holds_own_ties_and_those_among_contacts(home: Workspace):
    ada = home.find("ada@x.example")
    circle = home.network().circle(ada)
    assert set(circle.contacts["learner"]) | set(circle.contacts["teacher"]) == {
        ada,
        home.find("ben@x.example"),
        home.find("cleo@x.example"),
    }
    assert len(circle.among) == 0


def test_networkx_gets_every_person_and_tie(home: Workspace):
    net = home.network()
    graph = net.to_networkx()
    assert graph.number_of_nodes() == len(net.people)
    assert graph.number_of_edges() == len(net.ties)
    learner, teacher = net.ties["learner"][0], net.ties["teacher"][0]
    assert graph.edges[learner, teacher]["contact"] == net.ties["contact"][0]


def _by_json(graph: nx.DiGraph, file: Path) -> None:
    file.write_text(json.dumps(nx.node_link_data(graph), allow_nan=False))


def _from_json(file: Path) -> nx.DiGraph:
    return nx.node_link_graph(json.loads(file.read_text()))


@pytest.mark.parametrize(
    ("write", "read"),
    [
        (nx.write_graphml, nx.read_graphml),
        (nx.write_gexf, nx.read_gexf),
        (nx.write_gml, nx.read_gml),
        (_by_json, _from_json),
    ],
    ids=["graphml", "gexf", "gml", "json"],
)
def test_what_networkx_got_it_can_write_and_read_again(
    home: Workspace, tmp_path: Path, write: Callable[..., None], read: Callable[..., nx.DiGraph]
):
    graph = home.network().to_networkx()
    write(graph, tmp_path / "network")
    again = read(tmp_path / "network")
    assert set(again) == set(graph)
    for person in graph:
        assert again.nodes[person].items() >= graph.nodes[person].items()
    for pair in graph.edges:
        assert again.edges[pair].items() >= graph.edges[pair].items()


def test_in_a_graph_of_networkx_there_are_plain_values_alone(home: Workspace):
    graph = home.network().to_networkx()
    said = [*graph.nodes.values(), *graph.edges.values(), graph.graph]
    assert {type(value) for one in said for value in one.values()} == {str, int, float, bool}
    assert graph.graph["as_of"] == "2026-03-02T10:00:00Z"
    pair = home.find("ada@x.example"), home.find("ben@x.example")
    assert graph.edges[pair]["first_at"] == "2026-01-05T10:00:00Z"
    assert not any(value != value for one in said for value in one.values())  # noqa: PLR0124 - no NaN
    people = home.network().people
    figures = [name for name in people.columns if people[name].dtype.kind == "f"]
    for row, key in enumerate(people["person"]):
        assert {name for name in figures if name in graph.nodes[key]} == {
            name for name in figures if not np.isnan(people[name][row])
        }
    assert any(name not in graph.nodes[key] for name in figures for key in graph)


def test_what_is_asked_of_a_closed_workspace_is_refused_in_our_words(home: Workspace, tmp_path: Path):
    net = home.network()
    assert len(net.people) == 4
    home.close()
    home.close()
    for asked in (
        home.network,
        lambda: home.find("ada@x.example"),
        lambda: home.read(tmp_path / "messages.csv"),
        lambda: net.topics,
    ):
        with pytest.raises(WorkspaceRefused, match="was closed") as refused:
            asked()
        assert "crosstie.open" in refused.value.hint
    assert len(net.people) == 4
    assert repr(home).endswith(", closed>")


def test_names_need_a_reason_and_the_journal_keeps_it(home: Workspace):
    with pytest.raises(crosstie.CrosstieError, match="only for a reason"):
        home.names(reason=" ")
    names = home.names(reason="invitations to the workshop")
    assert names[home.find("ada@x.example")] == "ada@x.example"
    assert home._home.store.journal_rows()[-1][3] == "invitations to the workshop"


def test_forget_removes_a_person_from_the_frames(home: Workspace):
    key = home.find("cleo@x.example")
    home.forget("cleo@x.example")
    assert key not in set(home.network().people["person"])


def test_scores_stand_beside_their_own_person(home: Workspace):
    people = home.network().people.to_pandas().set_index("person")
    sizes = {name: people.loc[home.find(f"{name}@x.example"), "size"] for name in ("ada", "ben", "dan")}
    assert sizes["ada"] == 2
    assert sizes["dan"] == 1
    assert not np.isnan(sizes["ben"])


def test_a_missing_pandas_is_said_in_our_words(home: Workspace, monkeypatch: pytest.MonkeyPatch):
    import sys

    people = home.network().people
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(crosstie.CrosstieError, match="pandas is not installed"):
        people.to_pandas()


def test_opening_writes_nothing_and_the_first_reading_makes_the_workspace(tmp_path: Path):
    folder, file = tmp_path / "somewhere" / "workspace", tmp_path / "ties.csv"
    file.write_text("from,to,weight\nAda,Ben,3\n")
    with crosstie.open(folder) as home:
        assert "made by the first reading" in repr(home)
        for asked in (home.network, lambda: home.find("Ada"), lambda: home.names(reason="a workshop")):
            with pytest.raises(crosstie.CrosstieError, match="There is no workspace"):
                asked()
        with pytest.raises(crosstie.CrosstieError, match="There is nothing at"):
            home.read(tmp_path / "missing.csv")
        assert not folder.parent.exists()
        assert home.read(file).used == 1
        assert len(home.network().people) == 2
    with crosstie.open(folder, create=False) as home:
        assert home.find("Ada")


def test_a_workspace_that_has_to_be_there_is_refused_at_once_where_it_is_not(tmp_path: Path):
    with pytest.raises(crosstie.CrosstieError, match="There is no workspace"):
        crosstie.open(tmp_path / "misspelt", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_first_reading_that_is_refused_leaves_nothing_and_another_one_can_follow(tmp_path: Path):
    broken, file = tmp_path / "broken.csv", tmp_path / "ties.csv"
    broken.write_text("colour,shape\nred,round\n")
    file.write_text("from,to,weight\nAda,Ben,3\n")
    with crosstie.open(tmp_path / "workspace") as home:
        with pytest.raises(crosstie.CrosstieError, match="does not say who turned to whom"):
            home.read(f"table:{broken}")
        assert not (tmp_path / "workspace").exists()
        assert home.read(file).used == 1


def test_a_setting_that_no_source_has_is_refused_in_the_library_too(home: Workspace, tmp_path: Path):
    with pytest.raises(crosstie.CrosstieError, match='no setting "foo"'):
        home.read(tmp_path / "messages.csv", settings={"mail.foo": "2"})


def test_an_organisation_is_read_by_consent(tmp_path: Path):
    file, agreed = tmp_path / "messages.csv", tmp_path / "consent.toml"
    file.write_text(ROWS)
    agreed.write_text('domains = ["x.example"]\n[direct]\nopted_in = ["ada@x.example", "ben@x.example"]\n')
    with crosstie.open(tmp_path / "workspace") as home:
        with pytest.raises(crosstie.CrosstieError, match="one person or for an organisation"):
            home.read(file, viewer="ada@x.example", consent=agreed)
        assert not (tmp_path / "workspace").exists()
        reading = home.read(file, consent=agreed)
        assert (reading.read, reading.used) == (4, 2)
        assert reading.left_out == {"direct place without agreement": 2}
