"""Replies that are inferred in a flat channel, and a snapshot that goes on from the one before."""

from __future__ import annotations

import pytest
from tests.actions import company
from tests.actions.test_inferring import as_flat, told

from crosstie.actions import inferring, reading, settings, snapshots
from crosstie.actions.going_on import Tied
from crosstie.actions.home import Home
from crosstie.actions.snapshots import Snapshot
from crosstie.network.going_on.refusals import Anew
from crosstie.record import Interaction, Trace

ACTS = [one for one in told() if isinstance(one, Interaction)]
ELSE: list[Trace] = [one for one in told() if not isinstance(one, Interaction)]


@pytest.fixture
def half(home: Home) -> Home:
    """A flat channel, half of what was said in it read and tied."""
    reading.read(home, company.plan([*ELSE, *ACTS[:4]]))
    snapshots.current(home)
    return home


def read_more(home: Home, more: list[Trace]) -> Snapshot:
    reading.read(home, company.plan([*ELSE, *more]))
    return snapshots.current(home)


def test_what_came_since_in_the_same_channel_asks_for_all_anew(half: Home):
    later = read_more(half, [*ACTS[4:]])
    assert later.tied["whole"] == Tied(went_on=False, because=Anew.INFERRED)


def test_what_came_since_elsewhere_is_gone_on_to(half: Home):
    elsewhere = as_flat(
        company.said(900, "Eve", days=3, place="open", mentioned=("Ada",), addressed=("Ben",))
    )
    later = read_more(half, [elsewhere])
    assert inferring.counted(half, settings.chosen(half)) > 0
    assert later.tied["whole"] == Tied(went_on=True)


def test_where_nothing_is_inferred_the_channel_is_gone_on_to(half: Home):
    settings.keep(half, {"network.inferred_from": "1"})
    assert snapshots.current(half).tied["whole"] == Tied(went_on=False, because=Anew.SETTINGS)
    assert read_more(half, [*ACTS[4:]]).tied["whole"] == Tied(went_on=True)
