"""Ten messages "please help me" are no giving, wherever they are written and to whomever."""

from __future__ import annotations

import pytest
from tests.network.record import act, network_of

from crosstie.network.metrics.give import compute as give
from crosstie.network.metrics.was_turned_to import compute as was_turned_to
from crosstie.record.interaction import Kind

TEXT = "Please help me"


@pytest.mark.parametrize(
    "fields", [{}, {"addressed": ("ben",)}, {"mentioned": ("ben", "cleo")}, {"thread": "t"}]
)
def test_ten_requests_score_nothing_as_giving(fields):
    asked = [act(f"m{number}", Kind.SAID, "ada", text=TEXT, asks=True, **fields) for number in range(10)]
    network = network_of(asked, "ada ben cleo")
    assert give(network).tolist() == [0.0, 0.0, 0.0]
    assert was_turned_to(network)[network.index_of("ada")] == 0.0


def test_whoever_answers_them_is_who_gave():
    asked = [act(f"m{number}", Kind.SAID, "ada", text=TEXT, asks=True) for number in range(10)]
    answered = act("r", Kind.REPLIED, "ben", replies_to="m0", parent_author="ada")
    network = network_of([*asked, answered], "ada ben")
    assert give(network).tolist() == [0.0, 1.0]
