from __future__ import annotations

from pathlib import Path

import pytest
from tests.network.record import act, network_of, row

from crosstie.errors import UsageRefused
from crosstie.network.acts import ACTS, table, with_weights
from crosstie.record.interaction import Kind

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "ties.md"


def test_the_page_on_ties_shows_the_table_that_is_used() -> None:
    assert table() in PAGE.read_text(encoding="utf-8")


def test_every_act_has_a_reason_and_its_own_name() -> None:
    assert len({declared.name for declared in ACTS}) == len(ACTS)
    for declared in ACTS:
        assert declared.reason.endswith(".")
        assert declared.when


def test_every_kind_of_interaction_is_an_act_or_becomes_one() -> None:
    becomes = {Kind.SAID: "told"}
    names = {declared.name for declared in ACTS}
    for kind in Kind:
        assert becomes.get(kind, kind.value) in names


def test_a_changed_weight_changes_the_ties() -> None:
    mention = [act("m", Kind.SAID, "ada", mentioned=("ben",))]
    changed = with_weights({"mentioned.contact": 0.9, "mentioned.learned_back": 0.2})
    network = network_of(mention, "ada ben", acts=changed)
    assert row(network, "ada", "ben")["contact"] == pytest.approx(0.9)
    assert row(network, "ada", "ben")["turned_to"] == pytest.approx(0.3)
    assert row(network, "ben", "ada")["learned"] == pytest.approx(0.2)
    assert row(network_of(mention, "ada ben"), "ada", "ben")["contact"] == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("setting", "weight"),
    [("mentioned", 1.0), ("gossiped.contact", 1.0), ("mentioned.liked", 1.0), ("mentioned.contact", -1.0)],
)
def test_a_weight_that_does_not_exist_or_is_negative_is_refused(setting: str, weight: float) -> None:
    with pytest.raises(UsageRefused) as refused:
        with_weights({setting: weight})
    assert refused.value.hint
