"""What is compiled beforehand is all that a first snapshot needs, and what looks along its ties."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.long

COMPARING = """
import sys
from pathlib import Path

import numpy as np
from numba.core.dispatcher import Dispatcher
from tests.actions import company, test_inferring

from crosstie.actions import compiling, reading, snapshots
from crosstie.actions.home import Home
from crosstie.advice.spreading import spread
from crosstie.network.circles import circles_of


def compiled():
    own = [module for name, module in sys.modules.items() if name.startswith("crosstie.")]
    found = [one for module in own for one in vars(module).values() if isinstance(one, Dispatcher)]
    return {(one.py_func.__qualname__, str(types)) for one in found for types in one.signatures}


compiling.compile_all()
beforehand = compiled()
with Home(Path(sys.argv[1])) as home:
    reading.read(home, company.plan([*test_inferring.told(), *company.traces()]))
    network = snapshots.current(home).network
    assert network.ties.learned.any()
    spread(np.eye(len(network.persons)), circles_of(network))
assert beforehand
assert compiled() == beforehand, compiled() - beforehand
"""


def test_a_snapshot_needs_nothing_that_is_not_compiled_beforehand(tmp_path):
    subprocess.run([sys.executable, "-c", COMPARING, str(tmp_path / "home")], check=True)
