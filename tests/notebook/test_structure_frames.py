"""How sure figures are, and what is measured of ties, groups and the whole, as an analyst sees it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

import crosstie
from crosstie.notebook.workspace import Workspace

PEOPLE = [f"p{number}@x.example" for number in range(24)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("structure")
    rows = ["from,to,at,weight"]
    for at, one in enumerate(PEOPLE):
        near = [PEOPLE[at // 12 * 12 + (at + step) % 12] for step in (1, 2, 3)] + [PEOPLE[(at + 12) % 24]] * (
            at % 3 == 0
        )
        for day, other in enumerate(near):
            rows += [f"{one},{other},2026-0{month}-{day + 1:02}T10:00:00Z,2" for month in (1, 2, 3)]
    (folder / "ties.csv").write_text("\n".join(rows) + "\n")
    units = [f"{one},{'Sales' if at < 12 else 'Build'}" for at, one in enumerate(PEOPLE)]
    (folder / "people.csv").write_text("\n".join(["email,department", *units]) + "\n")
    with crosstie.open(folder / "workspace") as opened:
        opened.read(folder / "people.csv")
        opened.read(folder / "ties.csv", settings={"openness": "open"})
        yield opened


def test_intervals_and_adjusted_figures_have_a_row_a_person(home: Workspace):
    net = home.network()
    assert net.intervals["person"].tolist() == net.people["person"].tolist()
    known = ~np.isnan(net.intervals["constraint_low"])
    assert known.any()
    assert (net.intervals["constraint_low"] <= net.people["constraint"])[known].all()
    assert (net.people["constraint"] <= net.intervals["constraint_high"])[known].all()
    assert "size_low" not in net.intervals.columns
    ranked = net.adjusted["effective_size"]
    assert ((ranked >= 0) & (ranked <= 1) | np.isnan(ranked)).all()


def test_the_whole_is_a_few_figures(home: Workspace):
    whole = home.network().whole
    assert whole["people"] == 24
    assert whole["components"] == 1
    assert whole["modularity"] > 0.3
    assert 0 < whole["density"] < 1


def test_groups_large_enough_have_figures_with_intervals(home: Workspace):
    groups = home.network().groups("department")
    assert groups["group"].tolist() == ["Build", "Sales"]
    assert (groups["outside_low"] <= groups["outside"]).all()
    assert (groups["outside"] < groups["outside_expected"]).all()
    with pytest.raises(crosstie.CrosstieError, match="continent"):
        home.network().groups("continent")


def test_groups_stand_beside_shuffled_ones(home: Workspace):
    found = home.network().mixing("department")
    assert found["figure"].tolist() == ["ei_index", "assortativity"]
    assert found["value"][0] < found["low"][0]
    assert found["value"][1] > found["high"][1]
    assert (found["chance"] < 0.01).all()


def test_communities_keep_their_number_from_an_earlier_date(home: Workspace):
    now, before = home.network(), home.network(as_of=datetime(2026, 2, 15, tzinfo=UTC))
    found = now.communities(before)
    assert len(found) == 24
    assert np.mean(found["community"] == found["before"]) > 0.8


def test_ties_are_measured_row_by_row(home: Workspace):
    net = home.network()
    found = net.tie_measures
    assert found["learner"].tolist() == net.ties["learner"].tolist()
    assert found.columns[2:] == ["weight", "direction", "mutuality", "overlap", "age_days", "silent_days"]
    assert (found["age_days"] >= found["silent_days"]).all()


def test_what_ties_carry_is_measured_where_they_have_times(home: Workspace):
    people = home.network().people
    assert (people["bandwidth"][people["size"] > 0] > 0).all()


def test_names_stay_out_of_it(home: Workspace, tmp_path: Path):
    net = home.network()
    text = str(net.intervals.to_pandas().to_dict()) + str(net.tie_measures.to_pandas().to_dict())
    assert "x.example" not in text
