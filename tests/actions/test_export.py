"""An export holds the same keys with names and without, and a name beside each where there is a reason."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import networkx as nx
import pytest
from tests.actions import company

from crosstie.actions import reading, snapshots
from crosstie.actions.export import export, named
from crosstie.actions.home import Home
from crosstie.record import Account, Trace

ODD = "Ada \"the gauge\" <Berg>, & sons; 'x'"
NAMES = ("learner_name", "teacher_name")


READERS: dict[str, Callable[[Path], Any]] = {".graphml": nx.read_graphml, ".gexf": nx.read_gexf}


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Home]:
    """Ben answers Ada, whose name holds odd signs, and so does another Ben Olu, who has another address."""
    question = company.said(1, "Ada")
    told: list[Trace] = [
        Account(source=company.SOURCE, id="Ada", name=ODD, address="ada.berg@firm.example"),
        Account(source=company.SOURCE, id="Ben", name="Ben Olu", address="ben.olu@firm.example"),
        Account(source=company.SOURCE, id="Ben2", name="Ben Olu", address="b.olu@firm.example"),
        *company.places(),
        question,
        company.answered(2, "Ben", question),
        company.answered(3, "Ben2", question),
    ]
    with Home(tmp_path / "workspace") as home:
        reading.read(home, company.plan(told))
        yield home


def both(home: Home, folder: Path, ending: str) -> tuple[Path, Path]:
    """Return the export without names, and the one with them."""
    plain, with_names = folder / f"plain{ending}", folder / f"names{ending}"
    export(home, plain)
    export(home, with_names, names=True, reason="a test")
    return plain, with_names


def rows(file: Path) -> list[dict[str, Any]]:
    if file.suffix == ".csv":
        with file.open(newline="", encoding="utf-8") as text:
            return list(csv.DictReader(text))
    table = duckdb.read_parquet(str(file))
    return [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]


@pytest.mark.parametrize("ending", READERS)
def test_in_a_graph_a_name_is_the_label_of_a_node_that_stays_its_key(firm: Home, tmp_path: Path, ending: str):
    plain, with_names = map(READERS[ending], both(firm, tmp_path, ending))
    assert set(plain) == set(with_names) == set(snapshots.persons(firm).by_key)
    assert set(plain.edges) == set(with_names.edges)
    assert len(plain.edges) > 0
    assert all(plain.nodes[key]["label"] == key for key in plain)
    assert {key: with_names.nodes[key]["label"] for key in with_names} == named(firm, "a test")
    assert ODD in named(firm, "a test").values()


@pytest.mark.parametrize("ending", READERS)
def test_networkx_reads_from_when_to_when_there_was_contact(firm: Home, tmp_path: Path, ending: str):
    graph = READERS[ending](both(firm, tmp_path, ending)[0])
    table = {(row["learner"], row["teacher"]): row for row in rows(both(firm, tmp_path, ".csv")[0])}
    assert len(graph.edges) == len(table) > 0
    for learner, teacher, said in graph.edges(data=True):
        row = table[learner, teacher]
        assert [said["first_at"], said["last_at"]] == [row["first_at"], row["last_at"]]
        if ending == ".gexf":  # as dates, in which every reader takes a tie's time
            assert [said["start"], said["end"]] == [row["first_at"][:10], row["last_at"][:10]]


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_in_a_table_names_stand_in_columns_after_those_that_are_always_there(
    firm: Home, tmp_path: Path, ending: str
):
    plain, with_names = map(rows, both(firm, tmp_path, ending))
    name_of = named(firm, "a test")
    assert len(plain) > 0
    assert list(with_names[0]) == [*plain[0], *NAMES]
    assert [{name: row[name] for name in row if name not in NAMES} for row in with_names] == plain
    for row in with_names:
        assert [row[name] for name in NAMES] == [name_of[row["learner"]], name_of[row["teacher"]]]


@pytest.mark.parametrize("ending", READERS)
def test_two_of_one_name_stay_two(firm: Home, tmp_path: Path, ending: str):
    _, with_names = map(READERS[ending], both(firm, tmp_path, ending))
    assert len([key for key in with_names if with_names.nodes[key]["label"].startswith("Ben Olu")]) == 2


@pytest.mark.parametrize("ending", [*READERS, ".csv", ".parquet"])
def test_a_name_has_no_sign_that_steers_what_shows_it(tmp_path: Path, ending: str):
    question = company.said(1, "Ada")
    told: list[Trace] = [
        Account(source=company.SOURCE, id="Ada", name="\x1b[31mAda\ufffe\n\u202eBerg\x07", address=""),
        Account(source=company.SOURCE, id="Ben", name="\u2067\x01", address=""),
        *company.places(),
        question,
        company.answered(2, "Ben", question),
    ]
    with Home(tmp_path / "workspace") as home:
        reading.read(home, company.plan(told))
        export(home, tmp_path / f"names{ending}", names=True, reason="a test")
        ben = next(key for key, name in named(home, "a test").items() if name == key)  # nothing else is left
    if ending in READERS:
        graph = READERS[ending](tmp_path / f"names{ending}")
        assert {graph.nodes[key]["label"] for key in graph} == {"[31mAda Berg", ben}
    else:
        shown = {row[name] for row in rows(tmp_path / f"names{ending}") for name in NAMES}
        assert shown == {"[31mAda Berg", ben}


FORMULAS = ("=HYPERLINK(1)", "+47 Ada", "-Ada", "@ada")


@pytest.fixture
def formulas(tmp_path: Path) -> Iterator[Home]:
    """Everyone whose name a spreadsheet takes for a formula answers one whose name is plain."""
    question = company.said(1, "Ada")
    told: list[Trace] = [
        Account(source=company.SOURCE, id="Ada", name="Ada Berg", address="ada.berg@firm.example"),
        *company.places(),
        question,
    ]
    for number, name in enumerate(FORMULAS, start=2):
        told.append(Account(source=company.SOURCE, id=name, name=name, address=f"{number}@firm.example"))
        told.append(company.answered(number, name, question))
    with Home(tmp_path / "workspace") as home:
        reading.read(home, company.plan(told))
        yield home


def test_in_csv_a_name_is_no_formula_of_a_spreadsheet(formulas: Home, tmp_path: Path):
    plain, with_names = map(rows, both(formulas, tmp_path, ".csv"))
    shown = {row[name] for row in with_names for name in NAMES}
    assert shown == {"Ada Berg", *(f"'{name}" for name in FORMULAS)}
    assert [row["learner"] for row in with_names] == [row["learner"] for row in plain]
    assert {row["learner"] for row in plain} <= set(snapshots.persons(formulas).by_key)


def test_elsewhere_a_name_stands_as_it_is(formulas: Home, tmp_path: Path):
    _, with_names = map(rows, both(formulas, tmp_path, ".parquet"))
    assert {row[name] for row in with_names for name in NAMES} == {"Ada Berg", *FORMULAS}
    for ending, read in READERS.items():
        _, graph = map(read, both(formulas, tmp_path, ending))
        assert {graph.nodes[key]["label"] for key in graph} == {"Ada Berg", *FORMULAS}
