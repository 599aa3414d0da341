"""Nothing that comes from an export steers the terminal: no name, no place, no text, no link, no path."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.actions import company
from tests.cli.calls import run

import crosstie.cli
from crosstie.actions import reading
from crosstie.actions.home import Home
from crosstie.cli import main
from crosstie.harmless import harmless
from crosstie.record import Account, Openness, Place, Trace

RED = "\x1b[31m\x07\x01\x9b\u202e"
ADA, BOB = f"Ada {RED}Berg", f"{RED}Bob Jones"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Bob answers Ada in the open, and every text that their export has is full of signs that steer."""
    question = company.said(
        1, "Ada", text=f"How {RED} does one seal a valve?", link=f"https://x.example/{RED}"
    )
    told: list[Trace] = [
        Account(source=company.SOURCE, id="Ada", name=ADA, address="ada@firm.example"),
        Account(source=company.SOURCE, id="Bob", name=BOB, address=f"bob{RED}@firm.example"),
        Account(source=company.SOURCE, id=f"Cy{RED}", name="", address=""),
        Place(source=company.SOURCE, id="open", name=f"quest{RED}ions", openness=Openness.OPEN),
        question,
        company.answered(2, "Bob", question, text=f"With {RED} grease."),
        company.answered(3, f"Cy{RED}", question, text=f"With {RED} tape."),
    ]
    with Home(tmp_path / "workspace") as home:
        reading.read(home, company.plan(told, path=f"firm{RED}.json"))
    return tmp_path / "workspace"


@pytest.mark.parametrize(
    "words",
    [
        ["circle", "--as", "Ada Berg", "--all"],
        ["circle", "--as", "Ada Berg", "--json"],
        ["circle", "--as", "Bob"],
        ["ledger"],
        ["similar", "How does one seal a valve?", "--as", "ada@firm.example"],
        ["who-knows", "How does one seal a valve?", "--as", "ada@firm.example"],
        ["network"],
        ["forget", "Bob Jonse"],
    ],
    ids=" ".join,
)
def test_no_word_of_an_export_steers_the_terminal(workspace: Path, words: list[str]):
    said = CliRunner().invoke(main, [*words, "--workspace", str(workspace)], color=True)
    written = said.stdout + said.stderr
    for style in ("\x1b[0m", "\x1b[1m", "\x1b[2m"):  # the command's own: bold, dim, and their end
        written = written.replace(style, "")
    assert written
    assert harmless(written) == written


def test_the_question_before_somebody_is_forgotten_neither(workspace: Path):
    said = CliRunner().invoke(main, ["forget", "bob jones", "--workspace", str(workspace)], input="n\n")
    assert harmless(said.output) == said.output


def test_whoever_has_such_a_name_is_found_by_what_is_shown_of_it(workspace: Path):
    seen = json.loads(run("circle", "--as", "Ada [31mBerg", "--workspace", workspace, "--json").stdout)
    assert {one["person"]["name"] for one in seen["contacts"]} == {"[31mBob Jones", "Cy[31m"}


def test_the_command_prints_in_one_place_alone():
    elsewhere = {"show.py"}
    rooms = Path(crosstie.cli.__file__).parent.glob("*.py")
    files = [file for file in rooms if file.name not in elsewhere]
    assert len(files) > 15
    for file in files:
        text = file.read_text("utf-8")
        assert not any(way in text for way in ("click.echo(", "click.secho(", "print(f", ".stdout.write")), (
            file
        )
