"""The same record gives the same network to the last bit, however its rows lie and are worked through."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from tests.network.record import NOON, act, persons_of, record_of

from crosstie.config import NetworkSettings
from crosstie.network import tie as tying
from crosstie.network.network import Network, Ties
from crosstie.record.interaction import Interaction, Kind, KnownHow, Openness

PEOPLE = [f"person{number}" for number in range(12)]


def made_up(messages: int) -> list[Interaction]:
    generator = np.random.default_rng(11)

    def some(most: int) -> tuple[str, ...]:
        return tuple(
            generator.choice([*PEOPLE, "robot"], size=int(generator.integers(0, most)), replace=False)
        )

    made = [
        act(f"first{number}", Kind.SAID, PEOPLE[number], at=NOON, thread=f"t{number}", asks=True)
        for number in range(10)
    ] + [
        act(f"back{number}", Kind.REPLIED, PEOPLE[number], thread=f"t{number}", parent_author=PEOPLE[-1])
        for number in range(10)
    ]
    for number in range(messages):
        kind = list(Kind)[int(generator.integers(len(Kind)))]
        fields_: dict[str, Any] = {
            "at": NOON + timedelta(minutes=int(generator.integers(100_000))),
            "addressed": some(5),
            "copied": some(3),
            "mentioned": some(3),
            "thread": f"t{generator.integers(20)}" if generator.random() < 0.5 else "",
            "replies_to": f"m{generator.integers(messages)}" if generator.random() < 0.5 else "",
            "openness": list(Openness)[int(generator.integers(3))],
            "asks": bool(generator.random() < 0.3),
        }
        if generator.random() < 0.2:
            fields_ |= {"known_how": KnownHow.INFERRED, "probability": float(generator.uniform(0.1, 1.0))}
        made.append(act(f"m{number}", kind, str(generator.choice(PEOPLE)), **fields_))
    return made


def tied(interactions: list[Interaction], *, threads: int = 1, also: Any = ()) -> Network:
    connection = record_of(interactions)
    connection.execute(f"SET threads = {threads}")
    persons = persons_of({name: name for name in PEOPLE})
    return tying.tie(connection, persons=persons, settings=NetworkSettings(), also=also)


def assert_same(one: Network, other: Network) -> None:
    for field in fields(Ties):
        assert np.array_equal(getattr(one.ties, field.name), getattr(other.ties, field.name)), field.name


def test_the_order_of_the_rows_and_the_number_of_threads_change_nothing() -> None:
    interactions = made_up(300)
    once = tied(interactions)
    assert len(once.ties) > 100
    assert (once.ties.learned > 0).sum() > 50
    shuffled = [interactions[row] for row in np.random.default_rng(5).permutation(len(interactions))]
    assert_same(once, tied(shuffled, threads=2))


def test_summing_part_by_part_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    interactions = made_up(200)
    once = tied(interactions)
    monkeypatch.setattr(tying, "ACTS_AT_ONCE", 50)
    assert_same(once, tied(interactions))


def test_rows_are_sorted_both_ways_with_the_same_contact() -> None:
    ties = tied(made_up(200)).ties
    key = ties.learner.astype(np.int64) * len(PEOPLE) + ties.teacher
    assert (np.diff(key) > 0).all()
    back = np.searchsorted(key, ties.teacher.astype(np.int64) * len(PEOPLE) + ties.learner)
    assert np.array_equal(key[back], ties.teacher.astype(np.int64) * len(PEOPLE) + ties.learner)
    for name in ("contact", "known_contact", "first_at", "last_at", "stated", "active", "known", "is_open"):
        column = getattr(ties, name)
        assert np.array_equal(column, column[back]), name


def test_what_is_derived_beside_the_ties_sees_the_single_acts() -> None:
    seen: list[tuple[Any, ...]] = []

    def look(connection: Any) -> None:
        seen.extend(
            connection.execute(
                "SELECT tie_act.name, sum(tie_strongest.share * contact) FROM tie_strongest "
                "JOIN tie_act ON tie_act.number = 31 - ((rank >> 1) & 31) GROUP BY ALL"
            ).fetchall()
        )

    network = tied(made_up(200), also=(look,))
    assert sum(contact for _, contact in seen) == pytest.approx(network.ties.known_contact.sum() / 2)
    assert {"told", "copied", "replied", "replied_in_thread", "wrote_back", "met"} <= {
        name for name, _ in seen
    }


def test_tying_loads_no_compiler() -> None:
    code = "import crosstie.network.tie, crosstie.network.metrics, sys; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_connection_is_left_as_it_was() -> None:
    connection = record_of(made_up(20))
    settings = "SELECT current_setting('preserve_insertion_order'), current_setting('disabled_optimizers')"
    before = connection.execute(settings).fetchall()
    tying.tie(connection, persons=persons_of({name: name for name in PEOPLE}), settings=NetworkSettings())
    assert connection.execute(settings).fetchall() == before
    assert (
        connection.execute("SELECT view_name FROM duckdb_views() WHERE view_name LIKE 'tie%'").fetchall()
        == []
    )
