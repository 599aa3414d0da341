"""A circle's estimated figures say between what they lie, and are withheld where there is too little."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.calls import run, tried


def figures(tmp_path: Path, months: tuple[int, ...]) -> dict[str, dict[str, Any]]:
    """Return the figures of Ada, who wrote to seven others in each of these months, to some more."""
    file = tmp_path / "ties.csv"
    rows = [
        f"Ada,P{other},2026-{month:02}-0{other}T{10 + hour}:00:00Z,1"
        for month in months
        for other in range(1, 8)
        for hour in range(other)
    ]
    file.write_text("\n".join(["from,to,at,weight", *rows]) + "\n")
    workspace = tmp_path / "workspace"
    tried(file, workspace, "--as", "Ada", "--no-pages")
    said = json.loads(run("circle", "--workspace", workspace, "--as", "Ada", "--json").stdout)
    return {figure["name"]: figure for figure in said["figures"]}


def test_over_some_months_an_estimate_has_its_interval(tmp_path: Path) -> None:
    found = figures(tmp_path, (1, 2, 3, 4))
    assert found["constraint"]["value"] is not None
    assert "likely between" in found["constraint"]["basis"]
    assert "likely" not in found["size"]["basis"]


def test_of_no_contacts_it_is_not_said_over_how_long(tmp_path: Path) -> None:
    file, staff = tmp_path / "ties.csv", tmp_path / "staff.csv"
    rows = [f"Ben,Cleo,2026-{month:02}-05T10:00:00Z,open" for month in (1, 4)]
    file.write_text("\n".join(["from,to,at,openness", *rows]) + "\n")
    staff.write_text("id,name,email,department,manager\n1,Ada Berg,ada@x.example,Sales,\n")
    given = ("--workspace", tmp_path / "workspace", "--as", "Ada Berg", "--json")
    assert run("try", file, staff, *given).exit_code == 0
    said = json.loads(run("circle", *given).stdout)
    assert said["months"] == []  # they begin with the first of her own
    assert {figure["basis"] for figure in said["figures"]} == {"on 0 contacts"}


def test_of_a_first_week_nothing_is_estimated(tmp_path: Path) -> None:
    found = figures(tmp_path, (4,))
    assert found["size"]["value"] == 7
    assert found["constraint"]["value"] is None
    assert "less than two months" in found["constraint"]["sentence"]
