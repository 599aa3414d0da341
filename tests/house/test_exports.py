"""A room's public names are its `__all__`: sorted, without doubles, and really there."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import crosstie

PACKAGES = ["crosstie"] + [
    found.name
    for found in pkgutil.walk_packages(crosstie.__path__, "crosstie.")
    if found.ispkg and "migrations" not in found.name
]


def _in_order(names: list[str]) -> list[str]:
    """Constants first, then types, then functions, as ruff sorts them."""

    def rank(name: str) -> tuple[int, str]:
        bare = name.lstrip("_")
        return (0 if bare.isupper() and len(bare) > 1 else 1 if bare[:1].isupper() else 2, name)

    return sorted(names, key=rank)


@pytest.mark.parametrize("name", PACKAGES)
def test_what_a_room_exports_is_sorted_and_there(name):
    module = importlib.import_module(name)
    exported = list(getattr(module, "__all__", []))
    assert exported == _in_order(exported)
    assert len(exported) == len(set(exported))
    for public in exported:
        assert getattr(module, public) is not None


@pytest.mark.parametrize("name", PACKAGES)
def test_a_room_says_what_it_is(name):
    text = importlib.import_module(name).__doc__ or ""
    assert text.strip().endswith((".", ")", "`"))
    assert "Being built" not in text
