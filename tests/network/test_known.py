"""Known ties whose evidence is gone, among those that have some."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from arro3.core import Array, DataType, Table
from tests.network.record import NOON, act, persons_of, record_of, row

from crosstie.config import NetworkSettings
from crosstie.network.known import KnownTie, falling
from crosstie.network.network import NO_EVIDENCE, NO_TIME, Network
from crosstie.network.tie import tie
from crosstie.record.interaction import Kind

PEOPLE = {name: name for name in ("ada", "ben", "cleo")}


def us(time: datetime) -> int:
    return round(time.timestamp() * 1_000_000)


LONG_AGO = us(NOON - timedelta(days=900))


def table(*ties: KnownTie) -> Table:
    columns = dict(zip(KnownTie._fields, zip(*ties, strict=True), strict=True))
    return Table.from_pydict(
        {
            name: Array(list(column), DataType.int64() if name.endswith("_at") else DataType.utf8())
            for name, column in columns.items()
        }
    )


def known(learner: str, teacher: str, relation: str = "contact", known_how: str = "stated") -> KnownTie:
    return KnownTie(learner, teacher, relation, known_how, LONG_AGO, LONG_AGO + 1)


def tied(*ties: KnownTie, acts: Any = (), people: Any = None) -> Network:
    return tie(
        record_of(acts), persons=persons_of(people or PEOPLE), settings=NetworkSettings(), known=table(*ties)
    )


def test_a_pair_without_evidence_is_known_without_weight_and_open_to_nobody_else():
    network = tied(known("ada", "ben"))
    for one, other in (("ada", "ben"), ("ben", "ada")):
        found = row(network, one, other)
        assert found["known"]
        assert found["stated"]
        assert not found["active"]
        assert not found["is_open"]
        assert (found["contact"], found["learned"], found["evidence"]) == (0.0, 0.0, NO_EVIDENCE)
        assert (found["first_at"], found["last_at"]) == (LONG_AGO, LONG_AGO + 1)
    assert row(network, "ada", "cleo") == {}


def test_a_pair_that_has_evidence_keeps_it_and_reaches_further_back():
    said = act("1", Kind.SAID, "ada", addressed=("ben",))
    without = tie(record_of([said]), persons=persons_of(PEOPLE), settings=NetworkSettings())
    network = tied(known("ada", "ben"), known("ben", "cleo"), acts=[said])
    before, after = row(without, "ada", "ben"), row(network, "ada", "ben")
    same = ("contact", "known_contact", "turned_to", "learned", "last_at", "active", "known", "evidence")
    assert [after[name] for name in same] == [before[name] for name in same]
    assert after["first_at"] == LONG_AGO
    assert before["is_open"]
    assert not after["is_open"]
    assert row(network, "cleo", "ben")["known"]


def test_a_tie_that_never_had_a_time_gets_that_of_the_known_one():
    named = act("1", Kind.NAMED, "ada", addressed=("ben",), at=None)
    assert row(tied(known("ada", "cleo"), acts=[named]), "ada", "ben")["first_at"] == NO_TIME
    assert row(tied(known("ada", "ben"), acts=[named]), "ada", "ben")["first_at"] == LONG_AGO


def test_what_was_inferred_is_not_known():
    assert not row(tied(known("ada", "ben", known_how="inferred")), "ada", "ben")["known"]
    assert not row(tied(known("ada", "ben", relation="turned_to")), "ada", "ben")["known"]


def test_accounts_of_one_person_and_of_nobody_make_no_tie():
    people = {"ada": "ada", "ben": "ada", "cleo": None, "dan": "dan"}
    network = tied(known("ada", "ben"), known("ada", "cleo"), known("dan", "stranger"), people=people)
    assert len(network.ties) == 0
    assert network.persons.tolist() == ["ada", "dan"]


def test_an_account_without_a_person_ties_nobody_and_still_has_its_messages_answered():
    acts = [
        act("1", Kind.SAID, "cleo", thread="t"),
        act("2", Kind.REPLIED, "ada", thread="t", at=NOON + timedelta(hours=1)),
        act("3", Kind.REPLIED, "ben", thread="t", at=NOON + timedelta(hours=2)),
        act("4", Kind.SAID, "ada", addressed=("ben", "cleo")),
    ]
    people = {"ada": "ada", "ben": "ben", "cleo": None}
    network = tie(record_of(acts), persons=persons_of(people), settings=NetworkSettings())
    assert row(network, "ben", "ada")["known_contact"] == pytest.approx(0.5)
    assert row(network, "ben", "ada")["turned_to"] == 0


def test_what_falls_is_directed_spans_its_evidence_and_stops_at_the_date():
    acts = [
        act("1", Kind.SAID, "ben", addressed=("ada",), asks=True, at=NOON),
        act("2", Kind.SAID, "ben", addressed=("ada",), asks=True, at=NOON + timedelta(days=1)),
        act("3", Kind.SAID, "ben", addressed=("ada",), asks=True, at=NOON + timedelta(days=9)),
        act("4", Kind.SAID, "cleo", addressed=("ada",), asks=True, at=NOON + timedelta(days=9)),
    ]
    found: list[KnownTie] = []
    tie(
        record_of(acts),
        persons=persons_of(PEOPLE),
        settings=NetworkSettings(),
        also=(lambda tying: found.extend(falling(tying, NOON + timedelta(days=2))),),
    )
    last = us(NOON + timedelta(days=1))
    assert found == [
        KnownTie("ada", "ben", "contact", "stated", us(NOON), last),
        KnownTie("ben", "ada", "turned_to", "stated", us(NOON), last),
    ]
