"""Tie the same record from all rows, and step by step from what was kept of the step before."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import duckdb
import numpy as np
from tests.network.record import persons_of

from crosstie.config import NetworkSettings
from crosstie.network.going_on.keeping import Keeping
from crosstie.network.going_on.kept import Kept
from crosstie.network.network import Network, Ties
from crosstie.network.tie import tie
from crosstie.record.columns import columns_of
from crosstie.record.interaction import Interaction

SETTINGS = NetworkSettings()
EXACT = [
    one.name for one in fields(Ties) if one.name not in {"learned", "turned_to", "contact", "known_contact"}
]


def people(names: str) -> dict[str, str | None]:
    """Accounts and persons of the same name."""
    return {name: name for name in names.split()}


def record(rows: Iterable[Interaction]) -> duckdb.DuckDBPyConnection:
    """As `record_of`, in a tenth of the time."""
    every = list(rows)
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("SET TimeZone = 'UTC'")
    connection.register("told", columns_of(every, [0] * len(every)))
    connection.execute("CREATE TEMP TABLE interactions AS SELECT * EXCLUDE (digest) FROM told")
    connection.unregister("told")
    return connection


def anew(rows: Iterable[Interaction], person_of: Mapping[str, str | None]) -> Network:
    return tie(record(rows), persons=persons_of(person_of), settings=SETTINGS)


def step(
    earlier: Kept | None, rows: Iterable[Interaction], person_of: Mapping[str, str | None]
) -> tuple[Network, Kept]:
    """Tie rows that came since, and read what was kept back from the disk."""
    keeping = Keeping(earlier)
    network = tie(record(rows), persons=persons_of(person_of), settings=SETTINGS, keeping=keeping)
    return network, _read_back(keeping.kept())


def step_beside(
    before: tuple[Kept, ...], rows: Iterable[Interaction], person_of: Mapping[str, str | None]
) -> tuple[Network, tuple[Kept, ...]]:
    """As `step`, where what the first one kept stays as it is, and what came since is kept beside it."""
    keeping = Keeping(*before)
    network = tie(record(rows), persons=persons_of(person_of), settings=SETTINGS, keeping=keeping)
    if not before:
        return network, (_read_back(keeping.kept()),)
    return network, (before[0], _read_back(keeping.since()))


def _read_back(kept: Kept) -> Kept:
    with tempfile.TemporaryDirectory() as folder:
        kept.save(Path(folder) / "kept")
        found = Kept.load(Path(folder) / "kept")
    assert found is not None
    return found


def stepwise(steps: Sequence[Iterable[Interaction]], person_of: Mapping[str, str | None]) -> Network:
    """Tie step by step, in both ways of keeping, which end the same."""
    kept: Kept | None = None
    before: tuple[Kept, ...] = ()
    for rows in steps:
        network, kept = step(kept, rows, person_of)
        other, before = step_beside(before, rows, person_of)
    assert_equal(network, other)
    return network


def assert_equal(one: Network, other: Network) -> None:
    """Weights within 1e-9; people, times, marks and evidence exactly."""
    assert one.persons.tolist() == other.persons.tolist()
    assert one.as_of == other.as_of
    assert one.unknown_accounts == other.unknown_accounts
    for name in EXACT:
        assert getattr(one.ties, name).tolist() == getattr(other.ties, name).tolist(), name
    for name in ("learned", "turned_to", "contact", "known_contact"):
        np.testing.assert_allclose(
            getattr(one.ties, name), getattr(other.ties, name), rtol=0, atol=1e-9, err_msg=name
        )
