"""The task on requests: what ships is what its script makes, and each way is scored."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from evaluation._learning_requests import TRAIN, learned, sentences

from evaluation import requests as task


def test_what_ships_is_what_the_script_learns(shared_data: Path):
    made = learned(*sentences(shared_data, TRAIN))
    with files("crosstie.ideas").joinpath("requests.npz").open("rb") as opened, np.load(opened) as kept:
        # Other versions of the library end a step elsewhere.
        assert np.abs(made["weight"].astype(int) - kept["weight"].astype(int)).max() <= 1
        assert float(made["scale"]) == pytest.approx(float(kept["scale"]), rel=1e-3)


def test_learned_weights_are_better_than_key_words(shared_data: Path):
    result = task.run(shared_data, False)
    rows = result.tables[0].rows
    assert rows[task.OURS]["learned weights better by"] is None
    better = rows[task.KEYWORDS]["learned weights better by"]
    assert getattr(better, "verdict", "") == "better"
