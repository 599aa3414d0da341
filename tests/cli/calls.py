"""The command called as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from crosstie.cli import main

TIES = "from,to,weight\nAda,Ben,3\nBen,Cleo,1\nAda,Cleo,5\nCleo,Ada,2\nDan,Ada,4\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def tried(table: Path, workspace: Path, *more: str) -> dict[str, Any]:
    result = run("try", table, "--workspace", workspace, "--json", *more)
    assert result.exit_code == 0, result.output
    said: dict[str, Any] = json.loads(result.stdout)
    return said
