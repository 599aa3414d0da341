"""Acts and sums as compiled code works them out are, to the last bit, those that SQL works out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import numpy as np
import pytest
from tests.network import ties_by_sql
from tests.network.record import NOON, act, persons_of, record_of

from crosstie.config import NetworkSettings
from crosstie.errors import UsageRefused
from crosstie.network import tie as tying
from crosstie.network.acts import ACTS, with_weights
from crosstie.network.network import NO_TIME
from crosstie.record.interaction import Interaction, Kind, KnownHow, Openness

SETTINGS = NetworkSettings()
HALF_LIFE = SETTINGS.half_life_days * tying.MICROSECONDS_A_DAY
PERSONS: dict[str, str | None] = {f"a{number}": f"p{number // 2}" for number in range(16)} | {"nobody": None}
LONG_AGO = datetime(1951, 3, 2, 12, 0, 0, 123_456, tzinfo=UTC)


def made_up(seed: int, messages: int) -> list[Interaction]:
    """Whatever a source may say: two accounts of one person, robots, doubled names, no time or an old one."""
    dice = np.random.default_rng(seed)
    accounts = [*PERSONS, "robot", "another robot"]

    def some(most: int) -> tuple[str, ...]:
        return tuple(dice.choice(accounts, size=int(dice.integers(0, most))))

    made = [
        act(f"first{n}", Kind.SAID, accounts[n], at=LONG_AGO - timedelta(days=1), thread=f"t{n}", asks=True)
        for n in range(0, 9, 2)
    ] + [
        act(f"back{n}", Kind.REPLIED, accounts[n], at=NOON, thread=f"t{n}", parent_author=accounts[9 - n])
        for n in range(9)
    ]
    for number in range(messages):
        at = NOON + timedelta(minutes=int(dice.integers(300_000)), microseconds=int(dice.integers(10**6)))
        if dice.random() < 0.1:
            at = LONG_AGO - timedelta(microseconds=int(dice.integers(10**7)))
        fields: dict[str, Any] = {
            "at": None if dice.random() < 0.1 else at,
            "addressed": some(2) if dice.random() < 0.7 else some(14),
            "copied": some(4),
            "mentioned": some(3),
            "thread": f"t{dice.integers(9)}" if dice.random() < 0.5 else "",
            "replies_to": f"m{dice.integers(messages)}" if dice.random() < 0.5 else "",
            "parent_author": str(dice.choice(accounts)) if dice.random() < 0.3 else "",
            "openness": list(Openness)[int(dice.integers(3))],
            "asks": [None, False, True][int(dice.integers(3))],
            "strength": float(dice.choice([1.0, 3.0, 0.7, 40_000.0])),
        }
        if dice.random() < 0.3:
            fields |= {"known_how": KnownHow.INFERRED, "probability": float(dice.choice([0.3, 0.5, 0.9]))}
        kind = list(Kind)[int(dice.integers(len(Kind)))]
        made.append(act(f"m{number}", kind, str(dice.choice(accounts)), **fields))
    return made


def acts_and_sums(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    ties_by_sql.make_acts(connection)
    return {
        "acts": ties_by_sql.acts(connection, "tie_strongest"),
        "by sql": ties_by_sql.acts(connection, "sql_strongest"),
        "sums": ties_by_sql.sums(connection, HALF_LIFE),
    }


@pytest.mark.parametrize("seed", range(8))
def test_acts_and_sums_are_those_of_sql(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    summed: dict[str, Any] = {}
    show = tying._show_pairs
    monkeypatch.setattr(
        tying, "_show_pairs", lambda connection, sums: (summed.update(sums), show(connection, sums))
    )
    monkeypatch.setattr(tying, "ACTS_AT_ONCE", 200 if seed % 2 else tying.ACTS_AT_ONCE)
    found: list[dict[str, Any]] = []
    acts = with_weights({"copied.contact": 0.0, "met.learned": 3.3}) if seed % 3 == 0 else ACTS
    tying.tie(
        record_of(made_up(seed, 40 if seed < 4 else 400)),
        persons=persons_of(PERSONS),
        settings=SETTINGS,
        acts=acts,
        also=(lambda connection: found.append(acts_and_sums(connection)),),
    )
    (seen,) = found
    assert seen["acts"] == seen["by sql"]
    assert len(seen["acts"]) > 30
    for place, (low, high) in enumerate(zip(summed["low"].tolist(), summed["high"].tolist(), strict=True)):
        expected = seen["sums"].pop((low, high))
        assert {name: summed[name][place].item() for name in expected} == expected
    assert not seen["sums"]


def test_more_than_can_be_summed_is_refused() -> None:
    rows = [act("m", Kind.NAMED, "a0", addressed=("a2",), strength=1e7)]
    with pytest.raises(UsageRefused, match="weights of one pair"):
        tying.tie(record_of(rows), persons=persons_of(PERSONS), settings=SETTINGS)


def test_without_any_act_there_are_no_ties() -> None:
    network = tying.tie(
        record_of([act("m", Kind.SAID, "a0", at=None)]), persons=persons_of(PERSONS), settings=SETTINGS
    )
    assert len(network.ties) == 0
    assert NO_TIME not in network.ties.last_at
