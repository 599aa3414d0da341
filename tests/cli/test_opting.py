"""Opting out and falling out by age, as a user types them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crosstie.cli import main

ROWS = [("from", "to", "at"), ("ada@x.example", "ben@x.example", "2020-01-05T10:00:00Z"),
        ("ben@x.example", "cleo@x.example", "2020-01-06T10:00:00Z")]  # fmt: skip


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "messages.csv"
    with file.open("w", newline="") as opened:
        csv.writer(opened).writerows(ROWS)
    return file


@pytest.fixture
def workspace(tmp_path: Path, table: Path) -> Path:
    folder = tmp_path / "workspace"
    assert tried(table, folder)["people"] == 3
    return folder


def tried(table: Path, workspace: Path, *more: str) -> dict[str, object]:
    result = run("try", table, "--set", "table.openness=open", "--workspace", workspace, "--json", *more)
    assert result.exit_code == 0, result.output
    said: dict[str, object] = json.loads(result.stdout)
    return said


def test_opting_out_and_in_again(table: Path, workspace: Path):
    out = run("opt-out", "ben@x.example", "--workspace", workspace, "--json")
    assert out.exit_code == 0, out.output
    said = json.loads(out.stdout)
    assert (said["is_known"], said["is_changed"]) == (True, True)
    assert said["person"]
    again = tried(table, workspace)
    assert again["people"] == 2
    assert again["sources"][0]["left_out"] == {"opted out": 1}  # type: ignore[index]  # JSON
    assert "decided before" in run("opt-out", "ben@x.example", "--workspace", workspace).stdout
    assert "Let in again" in run("opt-in", "ben@x.example", "--workspace", workspace).stdout
    assert tried(table, workspace)["people"] == 3


def test_a_dry_run_knows_who_opted_out(table: Path, workspace: Path):
    run("opt-out", "ben@x.example", "--workspace", workspace)
    rehearsed = tried(table, workspace, "--dry-run")
    assert rehearsed["sources"][0]["left_out"] == {"opted out": 1}  # type: ignore[index]  # JSON


def test_an_address_nobody_was_read_under_can_opt_out_and_a_name_cannot(workspace: Path):
    result = run("opt-out", "dan@x.example", "--workspace", workspace)
    assert "nobody of it will be" in result.stdout
    refused = run("opt-out", "Dan Nobody", "--workspace", workspace)
    assert refused.exit_code == 2
    assert "An address can opt out before" in refused.stderr


def test_someone_who_opted_out_can_be_forgotten(workspace: Path):
    run("opt-out", "ben@x.example", "--workspace", workspace)
    assert run("forget", "ben@x.example", "--yes", "--workspace", workspace).exit_code == 0


def test_retain_needs_a_limit_and_then_keeps_it(table: Path, workspace: Path):
    refused = run("retain", "--workspace", workspace)
    assert refused.exit_code == 2
    assert "--months 24" in refused.stderr
    first = json.loads(run("retain", "--months", 24, "--workspace", workspace, "--json").stdout)
    assert (first["rows"], first["keep_months"], first["is_erased"]) == (2, 24, True)
    assert first["known_ties"] == 2
    again = run("retain", "--workspace", workspace)
    assert "0 interactions from before" in again.stdout
    read = tried(table, workspace)
    assert read["sources"][0]["left_out"] == {"older than is kept": 2}  # type: ignore[index]  # JSON
    assert read["ties"] == {"active": 0, "known": 2}


def test_an_organisation_without_a_limit_is_proposed_one(table: Path, tmp_path: Path):
    consent = tmp_path / "consent.toml"
    consent.write_text('domains = ["x.example"]\n')
    asked = ("try", table, "--set", "table.openness=open", "--consent", consent, "--no-pages", "--workspace")
    result = run(*asked, tmp_path / "firm")
    assert result.exit_code == 0, result.output
    assert "24 months are proposed" in result.stdout
    run("retain", "--months", 12, "--workspace", tmp_path / "firm")
    assert "proposed" not in run(*asked, tmp_path / "firm").stdout


def test_the_library_has_the_same_three(workspace: Path):
    import crosstie

    with crosstie.open(workspace) as home:
        ben = home.find("ben@x.example")
        assert home.opt_out("ben@x.example").person == ben
        assert ben not in home.network().people["person"].tolist()
        assert ben not in home.names(reason="a test")
        assert home.opt_in("ben@x.example").is_changed
        assert ben in home.network().people["person"].tolist()
        assert home.retain(months=24).rows == 2
        assert home.network().ties["is_known"].all()
