"""A workspace's own settings of the network."""

from __future__ import annotations

import pytest

from crosstie.actions import settings, snapshots
from crosstie.actions.home import Home
from crosstie.errors import UsageRefused


def test_a_longer_half_life_keeps_more_ties_active_and_makes_a_snapshot_of_its_own(firm: Home):
    before = snapshots.current(firm)
    settings.keep(firm, {"network.half_life_days": "600"})
    after = snapshots.current(firm)
    assert after.folder != before.folder
    assert after.settings.half_life_days == 600
    assert after.network.ties.contact.sum() > before.network.ties.contact.sum()


def test_the_weight_of_an_act_can_be_set(firm: Home):
    before = snapshots.current(firm).network.ties
    settings.keep(firm, {"act.replied.learned_back": "0.5"})
    after = snapshots.current(firm).network.ties
    assert after.learned.sum() == pytest.approx(before.learned.sum() / 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("network.half_life", "60"),
        ("network.half_life_days", "long"),
        ("network.half_life_days", "0"),
        ("network.smallest_group", "4"),
        ("network.smallest_group", "5.5"),
        ("act.gossiped.contact", "1"),
        ("act.replied.learned_back", "-1"),
    ],
)
def test_what_does_not_exist_or_fit_is_refused_and_not_kept(home: Home, name: str, value: str):
    with pytest.raises(UsageRefused):
        settings.keep(home, {name: value})
    assert settings.chosen(home) == settings.check({})
