"""Ctrl-C ends the command without a traceback and with 130, also where a library could not bear it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.calls import tried
from tests.cli.children import child

pytestmark = pytest.mark.long

# Presses Ctrl-C when a function is entered in a file, while some module is being imported.
PRESSED = """
import os, signal, sys

file, name, module, *sys.argv = sys.argv[1:]

def watch(frame, event, arg):
    if event == "call" and frame.f_code.co_name == name and frame.f_code.co_filename.endswith(file):
        found = sys.modules.get(module)
        if not module or (found is not None and found.__spec__._initializing):
            sys.setprofile(None)
            os.kill(os.getpid(), signal.SIGINT)

sys.setprofile(watch)
from crosstie.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("file", "name", "module"),
    [
        ("crosstie/cli/__init__.py", "<module>", ""),  # the command itself is not there yet
        ("crosstie/cli/circle.py", "<module>", "crosstie.cli"),
        ("enum.py", "__call__", "duckdb"),  # it aborts the process if Python's exception comes here
        ("enum.py", "__new__", "click"),
        ("crosstie/actions/looking.py", "looking_as", ""),  # while all goes on
    ],
    ids=lambda value: str(value).replace("/", "."),
)
def test_ctrl_c_ends_quietly_wherever_it_comes(
    table: Path, workspace: Path, file: str, name: str, module: str
):
    tried(table, workspace)
    pressed = child(
        PRESSED, file, name, module, "crosstie", "circle", "--as", "Ada", "--workspace", workspace
    )
    _, said = pressed.communicate(timeout=60)
    assert pressed.returncode == 130
    assert "Traceback" not in said
    assert said.strip() in {"", "Stopped. What was read so far is kept; run the same command to go on."}


def test_an_interrupt_in_code_made_of_a_text_ends_with_130_too():
    """Python remembers it, and would end by the signal, which is another exit code to whoever started it."""
    code = """
import crosstie.cli
from crosstie.__main__ import main

def command():
    try:
        exec("raise KeyboardInterrupt")
    except KeyboardInterrupt:
        raise SystemExit(130)

crosstie.cli.main = command
main()
"""
    ended = child(code)
    _, said = ended.communicate(timeout=60)
    assert (ended.returncode, said) == (130, "")


def test_other_ends_stay_what_they_are():
    for words, code in ((["--version"], 0), (["circle", "--nonsense"], 2)):
        ended = subprocess.run([sys.executable, "-m", "crosstie", *words], capture_output=True, check=False)
        assert ended.returncode == code


def test_where_ctrl_c_is_not_to_be_heeded_it_is_not():
    """As with nohup, or behind a script's ampersand."""
    code = """
import signal, crosstie.cli
signal.signal(signal.SIGINT, signal.SIG_IGN)
from crosstie.__main__ import main
crosstie.cli.main = lambda: print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)
main()
"""
    said, _ = child(code).communicate(timeout=60)
    assert said == "True\n"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
