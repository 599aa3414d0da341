"""`crosstie measure`: CSV, Parquet and GraphML in, one row a person out, no workspace."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import networkx as nx
import pytest
from tests.cli.calls import run


def people(output: str) -> dict[str, dict[str, str]]:
    return {row["person"]: row for row in csv.DictReader(output.splitlines())}


def test_a_table_is_measured_and_what_became_of_its_rows_is_said(table: Path, tmp_path: Path) -> None:
    result = run("measure", table, "--measures", "size,strength,constraint")
    assert result.exit_code == 0, result.output
    rows = people(result.stdout)
    assert list(rows) == ["Ada", "Ben", "Cleo", "Dan"]
    assert rows["Ada"]["strength"] == "14.0"
    assert "4 people, 5 ties of 5 rows" in result.stderr
    assert not list(tmp_path.glob("*workspace*"))


def test_json_has_the_people_and_the_counts(table: Path) -> None:
    said = json.loads(run("measure", table, "--json", "--measures", "size").stdout)
    assert said["people"][0] == {"person": "Ada", "size": 3.0}
    assert said["counted"]["ties"] == 5


def test_parquet_and_graphml_say_the_same_as_csv(table: Path, tmp_path: Path) -> None:
    parquet = tmp_path / "ties.parquet"
    duckdb.sql(f"COPY (FROM read_csv('{table}')) TO '{parquet}' (FORMAT parquet)")
    graph = nx.DiGraph()
    for line in table.read_text().splitlines()[1:]:
        one, other, weight = line.split(",")
        graph.add_edge(one, other, weight=float(weight))
    nx.write_graphml(graph, tmp_path / "ties.graphml")
    expected = people(run("measure", table).stdout)
    assert people(run("measure", parquet).stdout) == expected
    assert people(run("measure", tmp_path / "ties.graphml").stdout) == expected


def test_graphml_without_direction_counts_each_edge_once(tmp_path: Path) -> None:
    file = tmp_path / "ties.graphml"
    nx.write_graphml(nx.path_graph(3), file)
    result = run("measure", file, "--weight", "-", "--measures", "strength")
    assert [row["strength"] for row in people(result.stdout).values()] == ["1.0", "2.0", "1.0"]


def test_a_default_weight_stands_where_an_edge_has_none(tmp_path: Path) -> None:
    file = tmp_path / "ties.graphml"
    file.write_text(
        '<graphml><key id="k" for="edge" attr.name="weight"><default>2</default></key>'
        '<graph edgedefault="directed"><edge source="a" target="b"/>'
        '<edge source="b" target="c"><data key="k">5</data></edge></graph></graphml>'
    )
    result = run("measure", file, "--measures", "strength")
    assert [row["strength"] for row in people(result.stdout).values()] == ["2.0", "7.0", "5.0"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<graphml><graph", "damaged"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><graphml/>', "document type"),
        (
            '<graphml><graph><edge source="a" target="b" directed="false"/></graph></graphml>',
            "mixes",
        ),
        ('<graphml><graph edgedefault="directed"><edge source="a"/></graph></graphml>', "two ends"),
    ],
)
def test_a_graphml_that_cannot_be_read_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "ties.graphml"
    file.write_text(text)
    result = run("measure", file)
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = run("measure", tmp_path / "nothing.csv")
    assert result.exit_code == 2
    assert "no file" in result.stderr


def test_groups_come_from_a_table_beside(table: Path, tmp_path: Path) -> None:
    groups = tmp_path / "groups.csv"
    groups.write_text("person,team\nAda,red\nBen,blue\nCleo,blue\nDan,red\n")
    result = run("measure", table, "--groups", groups, "--measures", "group_diversity")
    assert people(result.stdout)["Ben"]["group_diversity"]
    assert run("measure", table, "--measures", "group_diversity").exit_code == 2
