from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.sources.reading import Reader

from crosstie.sources.stackexchange import SOURCE

_spec = importlib.util.spec_from_file_location("dump_samples", Path(__file__).with_name("samples.py"))
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
def dump(tmp_path, read) -> Callable[..., Any]:
    """Read a dump of these posts and comments, with the people of the sample."""

    def reading(
        *posts: dict[str, Any],
        comments: tuple[dict[str, Any], ...] = (),
        votes: tuple[dict[str, Any], ...] = (),
        **how: Any,
    ) -> Any:
        tables = {
            "Users": _samples.PEOPLE,
            "Posts": list(posts),
            "Comments": list(comments),
            "Votes": list(votes),
        }
        return read(_samples.write(tmp_path / "dump", tables), **how)

    return reading
