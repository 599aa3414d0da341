"""Tables made of a text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that writes a table."""

    def write(text: str) -> Path:
        path = tmp_path / "ties.csv"
        path.write_bytes(text.encode())
        return path

    return write
