"""What the demo company does, for all tests that only read it."""

from __future__ import annotations

import pytest

from crosstie.demo import Company
from crosstie.record import Interaction


@pytest.fixture(scope="session")
def acts(kestrel: Company) -> list[Interaction]:
    return [trace for trace in kestrel.traces() if isinstance(trace, Interaction)]
