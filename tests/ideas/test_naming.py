"""Names of people are no words to search by."""

from __future__ import annotations

import pytest

from crosstie.ideas import Names

NAMES = Names(["Ada Berg", "Will  Mark", "Jean-Luc Péan"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada knows the ledger", ["knows", "the", "ledger"]),
        ("ask Ada Berg's team", ["ask", "team"]),
        ("@Ada Berg will it mark?", ["will", "it", "mark?"]),
        ("@**Ada Berg** and <@U0123> and @ada.b say yes", ["and", "and", "say", "yes"]),
        ("mail ada@firm.example or https://firm.example/ada", ["mail", "or"]),
        ("thanks Jean-Luc, thanks PÉAN", ["thanks", "-", ",", "thanks"]),
        ("Adamant and Bergen stay", ["Adamant", "and", "Bergen", "stay"]),
    ],
)
def test_mentions_addresses_and_names_are_left_out(text, words):
    assert NAMES.without(text).split() == words


def test_without_names_only_mentions_and_addresses_go():
    assert Names().without("Ada wrote @ben").split() == ["Ada", "wrote"]
