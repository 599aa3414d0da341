"""The examples of the page about the API run, against a crosstie as an organisation has it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.house.examples import CHECKER, LOOSELY, commands, examples
from tests.organisation.api_clients import served

from crosstie.actions.organisation import tokens

pytestmark = pytest.mark.anywhere

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "api.md"


@pytest.mark.skipif(shutil.which("curl") is None, reason="the examples call curl, which is not installed")
def test_the_examples_of_the_page_run(firm, ada, ben):
    secret = tokens.make(firm, ada, "the page", ["ask:read", "ask:write"])
    ran = 0
    with served(firm) as address:
        environment = os.environ | {"CROSSTIE": address, "TOKEN": secret}
        for example in examples(PAGE):
            for command, expected in commands(example.text):
                if not command.startswith("curl"):
                    continue
                done = subprocess.run(
                    ["bash", "-euc", command], capture_output=True, text=True, check=True, env=environment
                )
                told = json.dumps(json.loads(done.stdout), ensure_ascii=False)
                assert CHECKER.check_output(expected, told + "\n", LOOSELY), f"{command}\n{told}"
                ran += 1
    assert ran == 5
