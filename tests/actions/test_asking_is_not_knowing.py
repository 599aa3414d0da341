"""Ten messages "please help me" make nobody someone who knows."""

from __future__ import annotations

from tests.actions import company

from crosstie.actions import reading, snapshots
from crosstie.actions.advising import who_can_help
from crosstie.actions.home import Home
from crosstie.record import Trace


def test_whoever_only_asks_for_help_is_suggested_for_nothing(home: Home):
    told: list[Trace] = [*company.accounts(), *company.places()]
    number = 0
    for week in range(6):
        question = company.said(number, "Hana", days=7 * week, text="How does gauge calibration work?")
        told += [question]
        told += [company.answered(number + 1, "Ben", question, days=7 * week + 0.1, text="By the shelf.")]
        number += 2
    for row in range(10):
        told += [company.said(number + row, "Dan", days=30 + row, text="Please help me: gauge calibration?")]
    reading.read(home, company.plan(told), viewer=company.address("Ada Berg"))
    by_name = {one.name: key for key, one in snapshots.persons(home).by_key.items()}
    for text in ("gauge calibration", "please help me"):
        found = [one.person.name for one in who_can_help(home, by_name["Ada Berg"], text)]
        assert found
        assert all(name.startswith("Ben") for name in found)
