from __future__ import annotations

from pathlib import Path

import pytest

from crosstie.record import Record


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "record")
