"""The command, as a user types it."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import click
import pytest
from tests.cli.calls import run, tried

from crosstie.cli import main


def test_try_prints_one_object_with_the_agreed_keys(table: Path, workspace: Path):
    said = tried(table, workspace)
    keys = ["sources", "people", "accounts", "places", "interactions", "ties", "from", "to"]
    assert list(said) == keys
    assert list(said["places"]) == ["open", "members", "direct"]
    assert list(said["ties"]) == ["active", "known"]
    assert said["sources"] == [{"kind": "table", "path": str(table), "read": 5, "used": 5, "left_out": {}}]
    assert said["people"] == 4
    assert said["interactions"] == {"total": 5, "named": 5}
    assert said["ties"] == {"active": 4, "known": 4}


def test_a_setting_of_a_source_is_obeyed(table: Path, workspace: Path):
    said = tried(table, workspace, "--set", "table.tie_from=2")
    (source,) = said["sources"]
    assert source["used"] == 4
    assert sum(source["left_out"].values()) == 1


def test_a_dry_run_writes_nothing(table: Path, workspace: Path):
    result = run("try", table, "--workspace", workspace, "--dry-run", "--json")
    assert json.loads(result.stdout)["sources"][0]["used"] == 5
    assert not workspace.exists()


def test_a_dry_run_names_whom_a_misspelt_viewer_could_be_as_the_reading_does(table: Path, workspace: Path):
    given = ("try", table, "--workspace", workspace, "--as", "Adda")
    read = run(*given)
    for form in ([], ["--json"]):
        rehearsed = run(*given, "--dry-run", *form)
        assert rehearsed.exit_code == 0
        assert rehearsed.stderr == read.stderr
        assert "Did you mean: Ada" in rehearsed.stderr
    assert json.loads(rehearsed.stdout)["near"] == ["Ada"]
    assert run("try", table, "--workspace", workspace, "--as", "Ada", "--dry-run").stderr == ""


def test_a_missing_path_is_wrong_usage_with_a_hint(workspace: Path):
    result = run("try", "nowhere.zip", "--workspace", workspace)
    assert result.exit_code == 2
    assert 'There is nothing at "nowhere.zip".' in result.stderr
    assert "Hint:" in result.stderr


def test_an_unknown_setting_is_refused_before_anything_is_read(table: Path, workspace: Path):
    result = run("try", table, "--workspace", workspace, "--set", "tabel.tie_from=2")
    assert result.exit_code == 2
    assert not workspace.exists()


@pytest.mark.parametrize(
    "setting", ["mail.foo=2", "table.tiefrom=2", "tiefrom=2", "network.half_live_days=3"]
)
def test_a_setting_that_nobody_has_is_refused_whatever_is_read(table: Path, workspace: Path, setting: str):
    result = run("try", table, "--workspace", workspace, "--set", setting)
    assert result.exit_code == 2
    near = {"m": "Its settings:", "t": "Did you mean tie_from?", "n": "Did you mean network.half_life_days"}
    assert near[setting[0]] in result.stderr
    assert not workspace.exists()


def test_the_viewer_must_be_someone(table: Path, workspace: Path):
    result = run("try", table, "--workspace", workspace, "--as", "Adda", "--json")
    assert result.exit_code == 2
    assert "Did you mean: Ada" in result.stderr
    assert "(" not in result.stderr.partition("Did you mean")[2], "the keys of a workspace that is not kept"


def test_a_misspelt_viewer_leaves_no_new_workspace_and_no_old_one_is_touched(table: Path, tmp_path: Path):
    workspace = tmp_path / "somewhere" / "workspace"
    assert run("try", table, "--workspace", workspace, "--as", "Adda", "--json").exit_code == 2
    assert not workspace.parent.exists()
    workspace.mkdir(parents=True)
    assert run("try", table, "--workspace", workspace, "--as", "Adda", "--json").exit_code == 2
    assert list(workspace.iterdir()) == []
    tried(table, workspace)
    assert run("try", table, "--workspace", workspace, "--as", "Adda", "--json").exit_code == 2
    assert len(json.loads(run("ledger", "--workspace", workspace, "--json").stdout)["readings"]) == 1


def test_circle_shows_ones_own_and_nobody_elses(table: Path, workspace: Path):
    tried(table, workspace, "--as", "Ada")
    own = run("circle", "--workspace", workspace, "--json")
    assert own.exit_code == 0, own.output
    seen = json.loads(own.stdout)
    assert seen["viewer"]["name"] == "Ada"
    assert sorted(contact["person"]["name"] for contact in seen["contacts"]) == ["Ben", "Cleo", "Dan"]
    other = run("circle", "--workspace", workspace, "--as", "Ben")
    assert other.exit_code == 1
    assert "is that of" in other.stderr


def test_whoever_looks_first_is_told_once_that_the_workspace_is_theirs(table: Path, workspace: Path):
    tried(table, workspace)
    first = run("circle", "--workspace", workspace, "--as", "Ada", "--json")
    assert json.loads(first.stdout)["viewer"]["name"] == "Ada"
    assert first.stderr.count('is that of "Ada" from now on: nobody else can look at it with --as.') == 1
    assert "from now on" not in run("circle", "--workspace", workspace, "--as", "Ada").stderr
    assert "is that of" in run("circle", "--workspace", workspace, "--as", "Ben").stderr


def test_a_command_that_is_refused_leaves_a_workspace_nobodys(table: Path, workspace: Path):
    tried(table, workspace)
    for refused in (["who-knows", "why?", "--place", "nowhere"], ["routine", "--draft", "9"]):
        said = run(*refused, "--workspace", workspace, "--as", "Ada")
        assert said.exit_code != 0
        assert "from now on" not in said.stderr
    assert run("circle", "--workspace", workspace, "--as", "Ben").exit_code == 0


def test_circle_needs_a_viewer(table: Path, workspace: Path):
    tried(table, workspace)
    assert run("circle", "--workspace", workspace).exit_code == 1


def test_network_names_nobody(table: Path, workspace: Path):
    tried(table, workspace, "--as", "Ada")
    for form in ([], ["--json"]):
        result = run("network", "--workspace", workspace, *form)
        assert result.exit_code == 0, result.output
        assert not any(name in result.stdout for name in ("Ben", "Cleo", "Dan"))


def test_network_says_how_its_ties_were_made(table: Path, workspace: Path):
    tried(table, workspace)
    said = json.loads(run("network", "--workspace", workspace, "--json").stdout)["tied"]
    assert {
        "went_on": False,
        "because": "nothing was kept of an earlier tying, or not by this version",
    } in said.values()


def test_ledger_adds_up(table: Path, workspace: Path):
    tried(table, workspace)
    (reading,) = json.loads(run("ledger", "--workspace", workspace, "--json").stdout)["readings"]
    assert reading["read"] == reading["used"] + sum(reading["left_out"].values()) == 5


@pytest.mark.parametrize("ending", [".csv", ".graphml", ".gexf", ".parquet"])
def test_exports_hold_keys_and_no_names(table: Path, workspace: Path, tmp_path: Path, ending: str):
    tried(table, workspace)
    file = tmp_path / f"network{ending}"
    result = run("export", file, "--workspace", workspace, "--json")
    assert result.exit_code == 0, result.output
    assert b"Cleo" not in file.read_bytes()


def test_names_are_exported_only_for_a_reason(table: Path, workspace: Path, tmp_path: Path):
    tried(table, workspace)
    file = tmp_path / "network.graphml"
    assert run("export", file, "--workspace", workspace, "--names").exit_code == 2
    assert run("export", file, "--workspace", workspace, "--names", "--reason", "a workshop").exit_code == 0
    assert "Cleo" in file.read_text()


def test_a_folder_whose_name_a_record_cannot_have_is_refused_before_it_is_made(table: Path, tmp_path: Path):
    refused = run("try", table, "--no-pages", "--workspace", tmp_path / "made" / "a%20b")
    assert refused.exit_code == 1
    assert "per cent sign" in refused.stderr
    assert not (tmp_path / "made").exists()


def test_graphml_and_gexf_are_read_by_networkx(table: Path, workspace: Path, tmp_path: Path):
    import networkx as nx

    timed = tmp_path / "log.csv"
    timed.write_text("from,to,at\nDan,Ben,2026-01-05T10:00:00Z\n")
    tried(table, workspace)
    tried(timed, workspace, "--set", "table.openness=open")
    graphs = []
    for ending, read in ((".graphml", nx.read_graphml), (".gexf", nx.read_gexf)):
        file = tmp_path / f"network{ending}"
        run("export", file, "--workspace", workspace)
        graphs.append(read(file))
    assert [graph.number_of_nodes() for graph in graphs] == [6, 6]
    assert set(graphs[0].edges) == set(graphs[1].edges)


def test_gexf_says_from_when_to_when_a_tie_had_evidence(workspace: Path, tmp_path: Path):
    file, log = tmp_path / "network.gexf", tmp_path / "log.csv"
    log.write_text("from,to,at\nAda,Ben,2026-01-05T10:00:00Z\nAda,Ben,2026-03-01T12:30:00Z\n")
    tried(log, workspace, "--set", "table.openness=open")
    run("export", file, "--workspace", workspace)
    written = file.read_text()
    assert 'timeformat="date"' in written
    assert written.count('start="2026-01-05"') == written.count('end="2026-03-01"') == 2
    assert written.count('for="first_at" value="2026-01-05T10:00:00Z"') == 2
    assert written.count('for="last_at" value="2026-03-01T12:30:00Z"') == 2


def test_an_unknown_ending_is_refused_with_the_known_ones(table: Path, workspace: Path, tmp_path: Path):
    tried(table, workspace)
    result = run("export", tmp_path / "network.xls", "--workspace", workspace)
    assert result.exit_code == 2
    assert ".graphml" in result.stderr


def test_forget_removes_someone(table: Path, workspace: Path):
    tried(table, workspace)
    assert run("forget", "Ben", "--yes", "--workspace", workspace).exit_code == 0
    assert run("forget", "Ben", "--yes", "--workspace", workspace).exit_code == 2
    assert tried(table, workspace)["people"] == 3


def test_every_command_has_help():
    for name, command in main.commands.items():
        assert command.help, name
        options = [option for option in command.params if isinstance(option, click.Option)]
        assert all(option.help for option in options), name


def test_a_folder_of_something_else_is_not_taken_for_a_workspace(table: Path, tmp_path: Path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine")
    result = run("try", table, "--workspace", tmp_path / "other", "--no-pages")
    assert result.exit_code == 1
    assert "is not a workspace" in result.stderr


@pytest.mark.parametrize("path", ["", "~nobody-has-this-home/x", "a" * 5000])
def test_a_path_that_is_none_is_wrong_usage(path: str, workspace: Path):
    result = run("try", path, "--workspace", workspace)
    assert result.exit_code == 2, result.output
    assert "Hint:" in result.stderr
    assert not workspace.exists()


def test_a_port_that_cannot_be_is_wrong_usage(workspace: Path):
    assert run("serve", "--port", "99999", "--workspace", workspace).exit_code == 2


def test_with_as_a_workspace_that_is_not_there_is_not_made(tmp_path: Path):
    result = run("serve", "--workspace", tmp_path / "typo", "--as", "Ada")
    assert result.exit_code == 1
    assert f'There is no workspace in "{tmp_path / "typo"}".' in result.stderr
    assert not (tmp_path / "typo").exists()


def test_an_export_needs_a_folder_outside_the_workspace(table: Path, workspace: Path, tmp_path: Path):
    tried(table, workspace)
    for file in (tmp_path / "missing" / "ties.csv", workspace / "ties.csv"):
        assert run("export", file, "--workspace", workspace).exit_code == 2
        assert not file.exists()


def test_what_the_disk_refuses_is_one_line(table: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("crosstie.actions.snapshots._build", full)
    result = run("try", table, "--workspace", workspace, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "No space left on device" in result.stderr


def test_a_misspelt_viewer_can_be_put_right(table: Path, workspace: Path):
    assert run("try", table, "--workspace", workspace, "--as", "Adda", "--json").exit_code == 2
    assert not workspace.exists()
    tried(table, workspace, "--as", "Ada")


def test_a_relation_that_does_not_exist_makes_no_workspace(table: Path, workspace: Path):
    assert run("try", table, "--workspace", workspace, "--domain", "x.example=boss").exit_code == 2
    assert not workspace.exists()


def test_what_is_read_again_stands_once_in_the_ledger_with_a_line_for_before(table: Path, workspace: Path):
    tried(table, workspace)
    tried(table, workspace)

    printed = run("ledger", "--workspace", workspace).stdout

    assert printed.count(str(table)) == 1
    assert printed.count("read before, on ") == 1


def test_when_one_of_several_is_refused_what_was_read_before_is_kept_and_named(
    table: Path, workspace: Path, tmp_path: Path
):
    broken = tmp_path / "broken.csv"
    broken.write_text("colour,shape\nred,round\n")
    result = run("try", table, f"table:{broken}", "--workspace", workspace)
    assert result.exit_code == 1
    assert f"Kept, as read before: {table}" in result.stderr
    assert len(json.loads(run("ledger", "--workspace", workspace, "--json").stdout)["readings"]) == 2


def test_an_export_of_which_nothing_can_be_read_is_refused(workspace: Path, tmp_path: Path):
    posts = tmp_path / "forum" / "12-general"
    posts.mkdir(parents=True)
    for number in range(3):
        (posts / f"{number}.json").write_text(json.dumps({"id": number, "cooked": "<p>hello</p>"}))
    result = run("try", f"zulip:{posts.parent}", "--workspace", workspace)
    assert result.exit_code == 1
    assert "could be read as" in result.stderr
