from __future__ import annotations

import importlib.util
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.sources.reading import Reader

from crosstie.sources.discourse import SOURCE

_spec = importlib.util.spec_from_file_location("forum_samples", Path(__file__).with_name("samples.py"))
assert _spec is not None
assert _spec.loader is not None
_samples: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_samples)


@pytest.fixture(scope="session")
def read() -> Reader:
    return Reader(SOURCE)


@pytest.fixture
def samples() -> Any:
    return _samples


@pytest.fixture
def forum(tmp_path, read) -> Callable[..., Any]:
    """Read a folder of these posts, one a file, with other files beside them."""

    folders = itertools.count()

    def reading(*posts: Any, files: dict[str, Any] | None = None, **how: Any) -> Any:
        named = {f"posts/{number:04}.json": post for number, post in enumerate(posts)}
        return read(_samples.write(tmp_path / f"forum-{next(folders)}", {**named, **(files or {})}), **how)

    return reading
