"""What the command says of a circle, of a network then, and of what it cannot read."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.calls import TIES, run, tried


def two_months(folder: Path) -> Path:
    log = folder / "log.csv"
    log.write_text(
        "from,to,at,openness\n"
        "Ada,Ben,2026-01-05T10:00:00Z,open\n"
        "Ben,Ada,2026-01-06T10:00:00Z,open\n"
        "Ada,Cleo,2026-03-31T22:00:00Z,open\n"
        "Cleo,Ada,2026-03-31T23:00:00Z,open\n"
    )
    return log


def test_an_earlier_day_shows_what_was_so_at_its_end(workspace: Path, tmp_path: Path):
    log = two_months(tmp_path)
    tried(log, workspace, "--as", "Ada")

    def circle(*more: str) -> list[str]:
        seen = json.loads(run("circle", "--workspace", workspace, "--json", *more).stdout)
        return sorted(contact["person"]["name"] for contact in seen["contacts"])

    assert circle() == ["Ben", "Cleo"]
    assert circle("--as-of", "2026-03-30") == ["Ben"]
    assert circle("--as-of", "2026-03-31") == ["Ben", "Cleo"]
    assert "As of 30 March 2026" in run("circle", "--workspace", workspace, "--as-of", "2026-03-30").stdout
    whole = run("network", "--workspace", workspace, "--as-of", "2026-01-31", "--json")
    assert json.loads(whole.stdout)["ties"] == {"active": 1, "known": 1}
    assert tried(log, workspace, "--as", "Ada", "--as-of", "2026-01-31")["ties"]["known"] == 1
    file = tmp_path / "then.csv"
    run("export", file, "--workspace", workspace, "--as-of", "2026-01-31")
    assert len(file.read_text().splitlines()) == 1 + 2
    assert run("circle", "--workspace", workspace, "--as-of", "soon").exit_code == 2
    assert circle() == ["Ben", "Cleo"]


def test_the_day_beside_a_contact_is_that_of_any_contact_and_says_so(workspace: Path, tmp_path: Path):
    tried(two_months(tmp_path), workspace, "--as", "Ada")
    everyone = run("circle", "--workspace", workspace, "--all").stdout
    assert "  Ben: you were in the same exchange, last in touch on 06 January 2026" in everyone
    assert "  Cleo: you were in the same exchange, last in touch on 31 March 2026" in everyone


def test_a_long_circle_says_how_many_more_there_are_and_how_to_see_them(workspace: Path, tmp_path: Path):
    ties = tmp_path / "many.csv"
    ties.write_text("from,to,weight\n" + "".join(f"Ada,Person {number:02},3\n" for number in range(20)))
    tried(ties, workspace, "--as", "Ada")
    short = run("circle", "--workspace", workspace).stdout
    assert "and 8 more (--all names everyone)" in short
    assert short.count("Person") == 12 + short.split("People in my circle")[0].count("Person")
    everyone = run("circle", "--workspace", workspace, "--all").stdout
    assert all(f"  Person {number:02}: you turned to them\n" in everyone for number in range(20))
    assert "--all" not in everyone


def test_what_cannot_be_said_of_few_contacts_is_said_once(table: Path, workspace: Path):
    tried(table, workspace, "--as", "Dan")
    said = run("circle", "--workspace", workspace).stdout
    assert said.count("With 1 active contact") == 1
    assert "not enough to say" in said


def test_two_people_of_one_name_are_told_apart(workspace: Path, tmp_path: Path):
    staff, log = tmp_path / "staff.csv", tmp_path / "log.csv"
    staff.write_text(
        "id,name,email,department,manager\n1,Ann Lee,ann@x.example,Sales,\n2,Ann Lee,lee@x.example,Legal,1\n"
        "3,Ada Berg,ada@x.example,Sales,1\n"
    )
    log.write_text("from,to,weight\nada@x.example,ann@x.example,3\nada@x.example,lee@x.example,3\n")
    result = run("try", staff, log, "--workspace", workspace, "--as", "ada@x.example", "--json")
    assert result.exit_code == 0, result.output
    said = run("circle", "--workspace", workspace).stdout
    assert "Ann Lee (Sales)" in said
    assert "Ann Lee (Legal)" in said


def test_someone_is_known_by_the_id_that_their_source_gives_them(workspace: Path, tmp_path: Path):
    export = tmp_path / "slack"
    (export / "help").mkdir(parents=True)
    (export / "channels.json").write_text(json.dumps([{"id": "C1", "name": "help"}]))
    people = [
        {"id": id_, "name": name, "real_name": name} for id_, name in (("U01ABC", "Ada"), ("U02", "Ben"))
    ]
    (export / "users.json").write_text(json.dumps(people))
    said = [
        {"type": "message", "user": "U01ABC", "ts": "1767607200.0001", "text": "<@U02> which seal?"},
        {"type": "message", "user": "U02", "ts": "1767607260.0001", "text": "<@U01ABC> the green one"},
    ]
    (export / "help" / "2026-01-05.json").write_text(json.dumps(said))
    tried(export, workspace, "--as", "u01abc")
    for own in ("", "U01ABC", "Ada"):
        seen = run("circle", "--workspace", workspace, "--json", *(["--as", own] if own else []))
        assert json.loads(seen.stdout)["viewer"]["name"] == "Ada"
    assert run("forget", "U02", "--yes", "--workspace", workspace).exit_code == 0


def test_a_dry_run_says_which_interactions_would_come_of_it(workspace: Path, tmp_path: Path):
    staff, mail = tmp_path / "staff.csv", tmp_path / "box.mbox"
    staff.write_text("id,name,email,department,manager\n1,Ann Lee,ann@x.example,Sales,\n")
    mails = [
        f"From ann@x.example Mon Mar  2 10:0{number}:00 2026\nFrom: ann@x.example\nTo: ben@x.example\n"
        f"Date: Mon, 2 Mar 2026 10:0{number}:00 +0000\nMessage-ID: <{number}@x.example>\n{more}\nHello.\n\n"
        for number, more in enumerate(("", "In-Reply-To: <0@x.example>\n", "In-Reply-To: <1@x.example>\n"))
    ]
    mail.write_text("".join(mails))
    given = ("try", staff, mail, "--workspace", workspace, "--as", "ann@x.example", "--dry-run")
    said = run(*given).stdout
    assert "No interactions: it tells who people are, and in which groups." in said
    assert "3 in direct places" in said
    assert "3 interactions: 1 said, 2 replied" in said
    rehearsed = json.loads(run(*given, "--json").stdout)["sources"]
    assert [one["interactions"] for one in rehearsed] == [{}, {"said": 1, "replied": 2}]


def test_one_record_is_counted_in_the_singular(workspace: Path, tmp_path: Path):
    ties = tmp_path / "ties.csv"
    for rows, said in (("Ada,Ben,3\n", "1 row read"), ("Ada,Ben,3\nBen,Ada,2\n", "2 rows read")):
        ties.write_text("from,to,weight\n" + rows)
        assert said in run("try", ties, "--workspace", workspace, "--dry-run").stdout


def test_sources_that_end_much_earlier_are_named_with_their_last_day(
    table: Path, workspace: Path, tmp_path: Path
):
    log, old = two_months(tmp_path), tmp_path / "old.csv"
    old.write_text("from,to,at,openness\nEve,Ada,2024-02-29T10:00:00Z,open\n")
    tried(old, workspace)
    result = run("try", log, "--workspace", workspace, "--no-pages")
    told = (
        "Some sources end much earlier than the latest: Table of interactions or ties (to 29 February 2024)."
    )
    assert told in result.stdout
    earlier = run("try", log, "--workspace", workspace, "--no-pages", "--as-of", "2024-03-31")
    assert "Some sources end" not in earlier.stdout


def test_where_nobody_is_active_since_sources_ended_the_way_out_is_said(workspace: Path, tmp_path: Path):
    log, old = two_months(tmp_path), tmp_path / "old.csv"
    old.write_text("from,to,at,openness\nEve,Ida,2024-02-29T10:00:00Z,open\n")
    tried(old, workspace, "--as", "Eve")
    way_out = "Nobody in your circle is active any more. To see what was: crosstie try … --as-of 2024-02-29\n"
    assert way_out in run("try", log, "--workspace", workspace, "--as", "Eve", "--no-pages").stdout
    for_scripts = run("try", log, "--workspace", workspace, "--as", "Eve", "--json")
    assert way_out in for_scripts.stderr
    json.loads(for_scripts.stdout)
    then = run("network", "--workspace", workspace, "--as-of", "2024-02-29").stdout
    assert "any more" not in then


def test_a_folder_of_several_tables_is_refused_with_their_names(tmp_path: Path, workspace: Path):
    folder = tmp_path / "tables"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.csv").write_text(TIES)
    result = run("try", folder, "--workspace", workspace)
    assert result.exit_code == 2
    assert "several files in it one by one" in result.stderr
    assert f"crosstie try {folder / 'one.csv'} {folder / 'two.csv'}" in result.stderr


def test_files_that_only_bear_names_of_slacks_are_no_slack_export(tmp_path: Path, workspace: Path):
    for name in ("channels", "users", "groups"):
        (tmp_path / f"{name}.json").write_text("[]")
    result = run("try", tmp_path, "--workspace", workspace)
    assert result.exit_code == 2
    assert "No source recognises" in result.stderr
