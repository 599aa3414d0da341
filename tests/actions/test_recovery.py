"""How well the network recovers what is true in the demo company, direction included.

The company was written without sight of the tying. The page `docs/explanation/recovery.md` holds the
figures, and is wrong when they differ from what is measured here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from crosstie.actions import columns, demo, settings, snapshots
from crosstie.actions.corrections import standing
from crosstie.actions.home import Home
from crosstie.actions.tying import tied_at
from crosstie.config import NetworkSettings
from crosstie.demo import Company
from crosstie.network.communities import NO_COMMUNITY, communities, matched
from crosstie.network.network import Network
from crosstie.network.tie import tie

pytestmark = pytest.mark.long

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "recovery.md"
FOREVER = NetworkSettings(half_life_days=1e6)
"""Truth of a whole year is compared with all evidence of that year, so nothing fades."""


@dataclass(frozen=True, slots=True)
class Compared:
    """True events and what the network says, (P, P) from learner to teacher."""

    true: np.ndarray
    learned: np.ndarray
    one_way: np.ndarray

    def recall_of_pairs(self) -> float:
        return float((self.learned[self.true > 0] > 0).mean())

    def recall_of_events(self) -> float:
        return float(self.true[self.learned > 0].sum() / self.true.sum())

    def precision_of_pairs(self) -> float:
        return float((self.true[self.learned > 0] > 0).mean())

    def precision_at_two(self) -> float:
        """Of pairs with evidence worth two replies or more, the share that is true."""
        return float((self.true[self.learned >= 2] > 0).mean())

    def direction(self, leaning: float = 1e-9) -> float:
        """Of pairs who truly learned one way only and whose evidence leans, how many lean the true way."""
        above = np.triu_indices(len(self.true), 1)
        there, back = self.true[above], self.true.T[above]
        says, says_back = self.learned[above], self.learned.T[above]
        asked = ((there > 0) ^ (back > 0)) & (np.abs(says - says_back) >= leaning)
        return float(((there > back) == (says > says_back))[asked].mean())

    def one_way_said(self) -> tuple[float, float]:
        """Of pairs who learned one way only: of how many a direction is said, and how often the true one."""
        truly = (self.true > 0) & (self.true.T == 0)
        right, wrong = (self.one_way & truly).sum(), (self.one_way & truly.T).sum()
        return float((right + wrong) / truly.sum()), float(right / (right + wrong))

    def rank_of_giving(self) -> float:
        """Spearman correlation of what people truly gave with what the network says they gave."""
        from scipy.stats import spearmanr

        return float(spearmanr(self.true.sum(axis=0), self.learned.sum(axis=0)).statistic)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with Home(tmp_path_factory.mktemp("demo") / "workspace") as opened:
        demo.make(opened)
        yield opened


@pytest.fixture(scope="module")
def network(home: Home) -> Network:
    with home.record.connect() as connection:
        return tie(connection, persons=columns.accounts_table(snapshots.persons(home)), settings=FOREVER)


@pytest.fixture(scope="module")
def compared(home: Home, network: Network, kestrel: Company) -> Compared:
    by_address = {
        address: person.key
        for person in snapshots.persons(home).by_key.values()
        for address in person.addresses
    }
    row = {person.id: network.index_of(by_address[person.address]) for person in kestrel.people}
    true, learned = np.zeros((2, len(network.persons), len(network.persons)))
    for (learner, teacher), events in kestrel.learned_pairs().items():
        true[row[learner], row[teacher]] += events
    learned[network.ties.learner, network.ties.teacher] = network.ties.learned
    one_way = np.zeros(true.shape, dtype=bool)
    one_way[network.ties.learner, network.ties.teacher] = network.ties.one_way
    return Compared(true, learned, one_way)


def shown(compared: Compared) -> dict[str, str]:
    return {
        "true learning events whose pair has evidence that way": f"{compared.recall_of_events():.0%}",
        "true learner-teacher pairs with evidence that way": f"{compared.recall_of_pairs():.0%}",
        "pairs with any evidence that are true": f"{compared.precision_of_pairs():.0%}",
        "pairs with evidence worth two replies or more that are true": f"{compared.precision_at_two():.0%}",
        "one-way pairs whose evidence leans the true way": f"{compared.direction():.0%}",
        "the same, where it leans by three replies or more": f"{compared.direction(3.0):.0%}",
        "one-way pairs of which crosstie says a direction": f"{compared.one_way_said()[0]:.0%}",
        "the same, the true one": f"{compared.one_way_said()[1]:.0%}",
        "rank correlation of what people gave": f"{compared.rank_of_giving():.2f}",
    }


def test_everyone_of_the_company_is_one_person(home: Home, kestrel: Company):
    assert len(snapshots.persons(home).by_key) == len(kestrel.people)


def test_most_true_learning_leaves_evidence_that_is_found(compared: Compared):
    assert compared.recall_of_events() > 0.8
    assert compared.recall_of_pairs() > 0.7


def test_the_direction_of_learning_is_recovered(compared: Compared):
    assert compared.direction() > 0.72
    assert compared.direction(3.0) > compared.direction()


def test_nine_in_ten_directions_that_are_said_are_the_true_ones(compared: Compared):
    said, right = compared.one_way_said()
    assert right >= 0.9
    assert said > 0.15


def test_a_reader_with_every_tie_reversed_fails(compared: Compared):
    turned = Compared(compared.true, compared.learned.T, compared.one_way.T)
    assert turned.direction() < 0.28
    assert turned.one_way_said()[1] < 0.1
    assert turned.recall_of_events() < compared.recall_of_events()


def test_much_evidence_is_right_far_more_often_than_chance(compared: Compared):
    pairs = len(compared.true) * (len(compared.true) - 1)
    by_chance = (compared.true > 0).sum() / pairs
    assert compared.precision_at_two() > 5 * by_chance


def test_the_page_states_what_is_measured(compared: Compared):
    rows = dict(re.findall(r"^\| (.+?) \| ([\d.]+%?) \|$", PAGE.read_text("utf-8"), re.MULTILINE))
    assert rows == shown(compared)


def test_silos_show_as_less_contact_than_chance(home: Home, network: Network, kestrel: Company):
    from crosstie.network.flows import flows

    persons = snapshots.persons(home)
    units = np.array(
        [persons.by_key[key].groups.get("department", "") for key in network.persons], dtype=object
    )
    found = flows(network, units)
    one, other = (found.groups.index(name) for name in kestrel.truth.planted.silos)
    between = found.contact / np.maximum(found.expected_contact, 1e-9)
    off = between[~np.eye(len(found.groups), dtype=bool)]
    assert between[one, other] < np.median(off)


def test_the_shrinking_circle_is_the_first_thing_its_owner_hears(home: Home, kestrel: Company):
    from crosstie.actions import looking, pages

    (address,) = [person.address for person in kestrel.people if person.id == kestrel.truth.planted.shrinking]
    seen = pages.circle(home, looking.find(home, address).key)
    assert "has shrunk" in seen.headline.sentence


def test_people_on_leave_are_raised_no_warning_on_decay_alone(home: Home, kestrel: Company):
    from crosstie.actions import looking, pages

    away = {person.address for person in kestrel.people if person.id in kestrel.truth.planted.on_leave}
    for address in away:
        seen = pages.circle(home, looking.find(home, address).key)
        assert "has shrunk" not in seen.headline.sentence


def test_nine_in_ten_people_keep_their_community_from_month_to_month(home: Home) -> None:
    who, chosen = snapshots.persons(home), settings.chosen(home)
    months = [
        tied_at(
            home, who, datetime(2026, month, 1, tzinfo=UTC), chosen=chosen, corrections=standing(home, who)
        )
        for month in (3, 6, 7, 9, 10)
    ]
    before = communities(months[0], seed=20)
    for network in months[1:]:
        now = matched(communities(network, seed=20), before)
        both = (now != NO_COMMUNITY) & (before != NO_COMMUNITY)
        assert both.mean() > 0.8
        assert np.mean(now[both] == before[both]) >= 0.9
        before = now
