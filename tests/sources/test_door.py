"""The door: who is outside, who opted out, what is older than is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crosstie.record import Account, Openness
from crosstie.sources import Door, Ledger, Mode

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DIRECT = Openness.DIRECT


def door(**more: object) -> Door:
    given: dict[str, object] = {"inside_domains": frozenset({"firm.example"}), "mode": Mode.ORGANISATION}
    return Door(ledger=Ledger(), **(given | more))  # type: ignore[arg-type]  # the fields are named by the test


@pytest.mark.parametrize(
    ("address", "is_outside"),
    [
        ("ada@firm.example", False),
        ("una@oslo.firm.example", False),
        ("nil@notfirm.example", True),
        ("nil@firm.example.evil.example", True),
        ("nil@example", True),
        ("boss@home.example", False),
        ("U123", False),
        ("", False),
    ],
)
def test_whoever_has_an_address_elsewhere_is_outside(address: str, *, is_outside: bool):
    assert door(inside_addresses=frozenset({"boss@home.example"})).is_outside(address) is is_outside


def test_without_domains_nobody_is_outside():
    assert not door(inside_domains=frozenset()).is_outside("nil@elsewhere.example")


def test_a_conversation_of_outsiders_alone_is_not_read():
    asked = door(opted_in=frozenset({"ada@firm.example"}))
    assert not asked.admits(DIRECT, "", "dm", ["nil@elsewhere.example"])
    assert asked.admits(DIRECT, "", "dm", ["nil@elsewhere.example", "ada@firm.example"])


def test_opting_out_outweighs_having_opted_in():
    asked = door(opted_in=frozenset({"ada@firm.example"}), opted_out=lambda account: account.id == "U1")
    asked.is_viewer(Account(source="chat:x", id="U1", address="ada@firm.example"))
    assert not asked.admits(DIRECT, "", "dm", ["U1"])


def test_records_of_someone_who_opted_out_are_counted_and_not_taken():
    asked = door(opted_out=lambda account: account.id == "U1", oldest=None)
    for one in ("U1", "U2"):
        asked.is_viewer(Account(source="chat:x", id=one))
    assert asked.is_choosy
    assert not asked.takes_from("U1", NOON, count=3)
    assert asked.takes_from("U2", NOON)
    assert asked.ledger.left_out == {"opted out": 3}


def test_records_older_than_is_kept_are_counted_and_not_taken():
    asked = door(oldest=NOON)
    assert not asked.takes_from("U1", NOON - timedelta(seconds=1))
    assert asked.takes_from("U1", NOON)
    assert asked.takes_from("U1", None), "without a time nothing is too old"
    assert asked.ledger.left_out == {"older than is kept": 1}


def test_a_door_that_minds_nothing_says_so():
    assert not door().is_choosy
