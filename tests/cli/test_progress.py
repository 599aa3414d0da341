"""On a terminal, what takes long the first time says what it is at; scripts are told nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cli.calls import TIES, run, tried

from crosstie.cli import main, show

SAID = {
    ("circle",): "Drawing the network",
    ("network",): "Drawing the network",
    ("ideas",): "Finding what people talk of",
    ("routine",): "Comparing questions",
    ("panel", "why?"): "Looking through what was asked before",
    ("similar", "why?"): "Looking through what was asked before",
    ("who-knows", "why?"): "Looking through what was asked before",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("progress")
    (folder / "ties.csv").write_text(TIES)
    tried(folder / "ties.csv", folder / "workspace", "--as", "Ada")
    return folder / "workspace"


@pytest.mark.parametrize("command", SAID, ids=lambda one: one[0])
def test_a_terminal_is_told_what_goes_on(made: Path, command: tuple[str, ...]) -> None:
    arguments = [*command, "--workspace", str(made)]
    on_terminal = CliRunner().invoke(main, arguments, env={"FORCE_COLOR": "1"})
    assert on_terminal.exit_code == 0, on_terminal.output
    assert SAID[command] in on_terminal.stderr
    assert "traces" not in on_terminal.stderr
    assert SAID[command] not in on_terminal.stdout
    assert SAID[command] not in run(*arguments).stderr
    scripted = CliRunner().invoke(main, [*arguments, "--json"], env={"FORCE_COLOR": "1"})
    assert SAID[command] not in scripted.output


def test_what_is_counted_is_told_as_it_grows(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    with show.progress("Reading", quiet=False) as count:
        count(1_000)
        count(200)
    assert "1,200 traces" in capsys.readouterr().err
