"""`crosstie.measure`: any frame of ties in, one row a person out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from arro3.core import Table

import crosstie

TIES: dict[str, list[Any]] = {
    "from": ["ada", "ada", "ben", "cleo", "cleo", "dan"],
    "to": ["ben", "cleo", "cleo", "ada", "cleo", "ada"],
    "weight": [1.0, 2.0, 1.5, 1.0, 9.0, 0.0],
}


def test_a_frame_has_one_row_a_person_in_the_order_of_keys() -> None:
    found = crosstie.measure(TIES)
    assert found["person"].tolist() == ["ada", "ben", "cleo", "dan"]
    asked_for = (
        "size",
        "strength",
        "give",
        "get",
        "reciprocity",
        "effective_size",
        "constraint",
        "clustering",
    )
    assert set(asked_for) < set(found.columns)
    assert found["size"].tolist() == [2, 2, 2, 0]
    assert found["get"].tolist() == [3.0, 1.5, 1.0, 0.0]
    assert found["give"].tolist() == [1.0, 1.0, 3.5, 0.0]
    assert np.isnan(found["constraint"][3])
    assert (found.counted.self_loops, found.counted.without_weight, found.counted.rows) == (1, 1, 6)


@pytest.mark.parametrize(
    "frame",
    [pd.DataFrame(TIES), pl.DataFrame(TIES), Table.from_arrow(pl.DataFrame(TIES)), TIES],
    ids=["pandas", "polars", "arrow", "mapping"],
)
def test_every_kind_of_frame_says_the_same(frame: Any) -> None:
    found, expected = crosstie.measure(frame), crosstie.measure(TIES)
    assert pl.DataFrame(found).equals(pl.DataFrame(expected), null_equal=True)


def test_a_stream_that_can_be_read_once_is_read_once() -> None:
    stream = Table.from_arrow(pl.DataFrame(TIES)).to_reader()
    assert len(crosstie.measure(stream)) == 4


def test_whole_numbers_stay_numbers_and_columns_have_any_name() -> None:
    frame = pl.DataFrame({"a": [3, 3, 10], "b": [10, 1, 1], "times": [1, 2, 3]})
    found = crosstie.measure(frame, source="a", target="b", weight="times", measures=["size", "strength"])
    assert found.columns == ["person", "size", "strength"]
    assert found["person"].tolist() == [1, 3, 10]
    assert found["strength"].tolist() == [5.0, 3.0, 4.0]
    assert crosstie.measure(frame, source="a", target="b", weight=None)["strength"].tolist() == [2, 2, 2]


def test_groups_are_asked_for_where_they_are_needed() -> None:
    with pytest.raises(crosstie.CrosstieError, match="group_diversity"):
        crosstie.measure(TIES, measures=["group_diversity"])
    found = crosstie.measure(TIES, measures=["group_diversity"], groups={"ada": "x", "ben": "y", "cleo": "y"})
    assert found["group_diversity"][0] == pytest.approx(1.0)
    assert "group_diversity" not in crosstie.measure(TIES).columns


def test_no_ties_are_nobody() -> None:
    empty: dict[str, list[Any]] = {"from": [], "to": [], "weight": []}
    assert len(crosstie.measure(empty)) == 0
    assert (
        len(
            crosstie.measure(
                pl.DataFrame(empty, schema={"from": pl.String, "to": pl.String, "weight": pl.Float64})
            )
        )
        == 0
    )


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ({"from": ["a"], "weight": [1]}, 'no column "to"'),
        ({"from": ["a", None], "to": ["b", "c"], "weight": [1, 1]}, 'Row 2 has nobody in "from"'),
        ({"from": ["a", ""], "to": ["b", "c"], "weight": [1, 1]}, "Row 2"),
        ({"from": ["a"], "to": ["b"], "weight": [-1]}, "negative"),
        ({"from": ["a"], "to": ["b"], "weight": [float("nan")]}, "no number"),
        ({"from": ["a"], "to": ["b"], "weight": ["many"]}, "many"),
        ({"from": [1.5], "to": [2], "weight": [1]}, "float"),
        (7, "no table"),
    ],
)
def test_what_cannot_be_measured_is_refused_in_words(frame: Any, said: str) -> None:
    with pytest.raises(crosstie.CrosstieError, match=said):
        crosstie.measure(frame)
    if isinstance(frame, dict) and len({len(column) for column in frame.values()}) == 1 and "to" in frame:
        with pytest.raises(crosstie.CrosstieError, match=said):
            crosstie.measure(pd.DataFrame(frame))
        with pytest.raises(crosstie.CrosstieError, match=said):
            crosstie.measure(pl.DataFrame(frame))


def test_adjusted_figures_stand_beside_those_of_about_the_same_size() -> None:
    pairs = [(low, high) for low in range(30) for high in range(low) if (low * high) % 7 in (1, 3)]
    frame = {
        "from": [low for low, _ in pairs],
        "to": [high for _, high in pairs],
        "weight": [1.0] * len(pairs),
    }
    found = crosstie.measure(frame, adjusted=True)
    assert "constraint_adjusted" in found.columns
    assert "size_adjusted" not in found.columns
    assert np.nanmin(found["constraint_adjusted"]) >= 0


def test_intervals_stand_beside_what_is_estimated() -> None:
    pairs = [(low, high) for low in range(30) for high in range(low) if (low * high) % 7 in (1, 3)]
    frame = pl.DataFrame(pairs, schema=["from", "to"], orient="row")
    found = crosstie.measure(frame, weight=None, intervals=True)
    assert "constraint_low" in found.columns
    assert "size_low" not in found.columns
    known = ~np.isnan(found["constraint_low"])
    assert known.any()
    assert (found["constraint_low"] <= found["constraint"])[known].all()
    assert (found["constraint"] <= found["constraint_high"])[known].all()
