from __future__ import annotations

import pytest
from numba import njit
from numba.core import caching

from crosstie.ideas.compiled import compiled


def twice(number: int) -> int:
    return 2 * number


def test_a_kernel_is_compiled_where_no_folder_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching.CacheImpl, "_locator_classes", [])
    with pytest.raises(RuntimeError):
        njit(cache=True)(twice)
    assert compiled(twice)(21) == 42
