from __future__ import annotations

import pytest
from tests.sources.reading import Reader

from crosstie.sources.slack import SOURCE


@pytest.fixture(scope="session")
def read() -> Reader:
    return Reader(SOURCE)
