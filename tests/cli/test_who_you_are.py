"""Who `--as` means is settled before anything is read, and all commands agree on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.calls import run

ANN = "ann@firm.example"


def letter(number: int, sender: str, to: str) -> str:
    return (
        f"From x@y Mon Mar  2 00:00:00 2026\nMessage-ID: <{number}@x>\nFrom: {sender}\nTo: {to}\n"
        f"Date: Mon, 2 Mar 2026 10:0{number}:00 +0000\n\nhello\n\n"
    )


@pytest.fixture
def box(tmp_path: Path) -> Path:
    path = tmp_path / "box.mbox"
    pairs = (("Zoe Zest <zoe@x.example>", f"Ann Able <{ANN}>"), ("zoe@x.example", "Cal <cal@x.example>"))
    path.write_text("".join(letter(number, *pair) for number, pair in enumerate(pairs)))
    return path


def test_a_full_name_reads_what_the_address_does_and_opens_the_same_circle(box: Path, workspace: Path):
    given = ("try", box, "--workspace", workspace, "--as", "Ann Able", "--json")
    rehearsed = run(*given, "--dry-run")
    assert rehearsed.stderr == ""
    assert json.loads(rehearsed.stdout)["sources"][0]["used"] == 1
    read = run(*given)
    assert read.exit_code == 0, read.output
    assert json.loads(read.stdout)["sources"][0]["used"] == 1
    for who in ([], ["--as", "ann able"], ["--as", ANN]):
        seen = run("circle", "--workspace", workspace, "--json", *who)
        assert json.loads(seen.stdout)["viewer"]["name"] == "Ann Able"


def test_a_name_of_two_is_refused_and_leaves_nothing_behind(box: Path, tmp_path: Path):
    workspace, other = tmp_path / "new" / "workspace", tmp_path / "other.mbox"
    other.write_text(letter(5, "Ann Able <able@x.example>", "zoe@x.example"))
    refused = run("try", other, box, "--workspace", workspace, "--as", "Ann Able", "--no-pages")
    assert refused.exit_code == 2
    assert f"Ann Able <able@x.example>; Ann Able <{ANN}>" in refused.stderr
    assert refused.stdout == ""
    assert not workspace.parent.exists()
