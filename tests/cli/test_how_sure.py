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


def test_of_a_first_week_nothing_is_estimated(tmp_path: Path) -> None:
    found = figures(tmp_path, (4,))
    assert found["size"]["value"] == 7
    assert found["constraint"]["value"] is None
    assert "less than two months" in found["constraint"]["sentence"]
