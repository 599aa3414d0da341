"""A cell may name several people."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from tests.sources.reading import Reader

from crosstie.errors import SourceRefused
from crosstie.record import Kind
from crosstie.sources import directory
from crosstie.sources.table import SOURCE
from crosstie.sources.table.people import people, person

read = Reader(SOURCE)


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("ben@x.org; cy@x.org;dan@x.org", ["ben@x.org", "cy@x.org", "dan@x.org"]),
        ("ben@example.org, Cy@Example.org", ["ben@example.org", "cy@example.org"]),
        ("Ben <ben@example.org>; Holt, Cy <cy@example.org>;", ["ben@example.org", "cy@example.org"]),
        ('"Holt, Cy" <cy@example.org>, ben@example.org', ["cy@example.org", "ben@example.org"]),
        ("Berg, Ada; Holt, Cy", ["Berg, Ada", "Holt, Cy"]),
        ("Holt, Cy", ["Holt, Cy"]),
        ("Holt, Cy, ben@example.org", ["Holt, Cy, ben@example.org"]),
        ("ben@example.org; BEN@example.org", ["ben@example.org"]),
        ("Ada <the boss>", ["Ada <the boss>"]),
        (" ; ", []),
        ("", []),
        ("07", ["07"]),
    ],
)  # fmt: skip
def test_semicolons_part_people_and_commas_part_addresses(cell: str, named: list[str]) -> None:
    assert [one.id for one in people(cell)] == named


def test_the_name_before_an_address_is_its_name() -> None:
    ada = person('"Berg, Ada"  <Ada@example.org>')

    assert ada is not None
    assert (ada.id, ada.name, ada.address) == ("ada@example.org", "Berg, Ada", "ada@example.org")


def _table(folder: Path, text: str) -> Path:
    path = folder / "log.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_three_recipients_in_a_cell_are_addressed_by_one_act(tmp_path: Path) -> None:
    path = _table(
        tmp_path,
        "sender,recipients,date\n"
        "ada@x.example,bob@x.example;Cy <cy@x.example>;ada@x.example;dan@x.example,2024-01-01\n",
    )

    found = read(path, openness="open")

    (act,) = found.acts.values()
    assert (act.kind, act.addressed) == (Kind.SAID, ("bob@x.example", "cy@x.example", "dan@x.example"))
    assert {one.id: one.name for one in found.accounts.values()} == {
        "ada@x.example": "", "bob@x.example": "", "cy@x.example": "Cy", "dan@x.example": "",
    }  # fmt: skip
    assert (found.ledger.used, found.ledger.read) == (1, 1)


def test_rows_of_several_recipients_go_on_a_message_and_count_as_rows(tmp_path: Path) -> None:
    cells = ("b@x.example,c@x.example", "c@x.example,d@x.example", "b@x.example")
    rows = "".join(f"a;{cell};2024-01-01\n" for cell in cells)

    found = read(_table(tmp_path, f"from;to;at\n{rows}"), openness="open")

    assert [act.addressed for act in found.acts.values()] == [("b@x.example", "c@x.example", "d@x.example")]
    assert found.ledger.used == 2
    assert dict(found.ledger.left_out) == {"recipient named twice in one message": 1}


def test_several_named_in_a_row_are_each_named_as_strongly(tmp_path: Path) -> None:
    (act,) = read(_table(tmp_path, "ego,alters,weight\nada,ben; cy,3\n"), to_column="alters").acts.values()

    assert (act.kind, act.addressed, act.strength) == (Kind.NAMED, ("ben", "cy"), 3.0)


def test_the_first_of_several_is_the_one_who_is_answered(tmp_path: Path) -> None:
    path = _table(tmp_path, "from,to,at,kind\na,b; c,2024-01-01,replied\n")

    (act,) = read(path, openness="open").acts.values()

    assert (act.parent_author, act.addressed) == ("b", ("b", "c"))


def test_a_list_in_parquet_names_each_of_it(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    duckdb.sql(
        "COPY (SELECT 'ada' AS sender, ['ben', 'Holt, Cy', NULL] AS recipient, DATE '2024-01-01' AS date, "
        "{'n': 1} AS other UNION ALL SELECT 'ben', [], DATE '2024-01-02', NULL "
        f"UNION ALL SELECT 'cy', NULL, DATE '2024-01-02', NULL ORDER BY 1) TO '{path}' (FORMAT parquet)"
    )

    found = read(path, openness="open")

    assert [act.addressed for act in found.acts.values()] == [("ben", "Holt, Cy")]
    assert dict(found.ledger.left_out) == {"no recipient": 2}
    assert found.ledger.notes['column left unread: "other"'] == 1


@pytest.mark.parametrize(
    ("sender", "recipient", "named"),
    [
        ("{'n': 'ada'}", "'ben'", "sender"),
        ("['ada']", "'ben'", "sender"),
        ("'ada'", "[{'n': 'ben'}]", "recipient"),
        ("'ada'", "[['ben']]", "recipient"),
        ("'ada'", "MAP {'n': 'ben'}", "recipient"),
    ],
)
def test_a_nested_column_that_is_needed_is_refused_by_name(
    tmp_path: Path, sender: str, recipient: str, named: str
) -> None:
    path = tmp_path / "log.parquet"
    duckdb.sql(f"COPY (SELECT {sender} AS sender, {recipient} AS recipient) TO '{path}' (FORMAT parquet)")

    with pytest.raises(SourceRefused, match=f'"{named}"') as refused:
        read(path)
    assert refused.value.hint


def test_a_directory_takes_no_nested_column_either(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    duckdb.sql(f"COPY (SELECT 1 AS id, {{'n': 'Sales'}} AS department) TO '{path}' (FORMAT parquet)")

    with pytest.raises(SourceRefused, match='"department"'):
        Reader(directory.SOURCE)(path)
