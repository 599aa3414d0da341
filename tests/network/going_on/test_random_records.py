"""Whatever a small record is and however it grows: going on is refused, or ends as from all rows."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.network.going_on.both_ways import anew, assert_equal, step, step_beside
from tests.network.record import NOON, act

from crosstie.network.going_on.kept import Kept
from crosstie.network.going_on.refusals import CannotGoOn
from crosstie.network.network import Network
from crosstie.record.interaction import Interaction, Kind, KnownHow, Openness

pytestmark = pytest.mark.long

ACCOUNTS = ("ann", "ann2", "bob", "cy", "dee", "robot")

EXAMPLES = int(os.environ.get("EXAMPLES", "6"))
"""Each ties some five times; a change of what is kept deserves hundreds."""

accounts = st.sampled_from(ACCOUNTS)
several = st.lists(accounts, max_size=3, unique=True).map(tuple)


@st.composite
def rows(draw: st.DrawFn) -> list[list[Interaction]]:
    """Steps of a record: mostly one row after the other, some late, some without a time."""
    steps: list[list[Interaction]] = []
    ids: list[str] = []
    hour = 0
    for _ in range(draw(st.integers(2, 3))):
        some: list[Interaction] = []
        for _ in range(draw(st.integers(1, 5))):
            hour += draw(st.integers(0, 3))
            late = draw(st.sampled_from((0, 0, 0, 0, 0, 0, 7)))
            is_timeless = draw(st.integers(0, 15)) == 0
            is_inferred = draw(st.integers(0, 5)) == 0
            fields: dict[str, Any] = {
                "at": None if is_timeless else NOON + timedelta(hours=hour - late),
                "addressed": draw(several),
                "copied": draw(st.sampled_from(((), (), ("dee",)))),
                "mentioned": draw(st.sampled_from(((), (), ("bob", "cy")))),
                "thread": draw(st.sampled_from(("t1", "t2", ""))),
                "replies_to": draw(st.sampled_from(("", "never", "m99", *ids[-4:]))),
                "parent_author": draw(st.sampled_from(("", "", "cy"))),
                "openness": draw(st.sampled_from((Openness.OPEN, Openness.OPEN, Openness.DIRECT))),
                "asks": draw(st.booleans()),
            }
            if is_inferred:
                fields |= {"known_how": KnownHow.INFERRED, "probability": 0.5}
            name = draw(st.sampled_from((f"m{len(ids)}", f"m{len(ids)}", f"z{len(ids)}")))
            kind = draw(
                st.sampled_from((Kind.SAID, Kind.REPLIED, Kind.REPLIED, Kind.THANKED, Kind.MET, Kind.NAMED))
            )
            some.append(act(name, kind, draw(accounts), **fields))
            ids.append(name)
        steps.append(some)
    return steps


@st.composite
def persons(draw: st.DrawFn) -> list[dict[str, str | None]]:
    """Who is who at each of three steps: mostly the same, at times merged, opted out, or known later."""
    person_of: dict[str, str | None] = {name: name for name in ACCOUNTS if name not in {"robot", "ann2"}}
    if draw(st.booleans()):
        person_of["ann2"] = "ann"
    if draw(st.booleans()):
        del person_of["dee"]
    each = [dict(person_of)]
    for _ in range(2):
        change = draw(st.sampled_from((*("",) * 16, "merge", "out", "dee", "new")))
        if change == "merge":
            person_of["cy"] = "bob"
        elif change == "out":
            person_of["bob"] = None
        elif change == "dee":
            person_of["dee"] = "dee"
        elif change == "new":
            person_of["abe"] = "abe"
        each.append(dict(person_of))
    return each


def one_kept(
    before: tuple[Kept, ...], some: list[Interaction], person_of: dict[str, str | None]
) -> tuple[Network, tuple[Kept, ...]]:
    """As `step_beside`, where all is kept in one."""
    network, kept = step(before[0] if before else None, some, person_of)
    return network, (kept,)


@settings(max_examples=EXAMPLES)
@given(rows(), persons(), st.sampled_from((step_beside, one_kept)))
def test_going_on_is_refused_or_ends_as_from_all_rows(
    steps: list[list[Interaction]],
    who: list[dict[str, str | None]],
    tied: Callable[..., tuple[Network, tuple[Kept, ...]]],
) -> None:
    before: tuple[Kept, ...] = ()
    so_far: list[Interaction] = []
    for some, person_of in zip(steps, who, strict=False):
        so_far += some
        whole = anew(so_far, person_of)
        try:
            network, before = tied(before, some, person_of)
            event("went on")
        except CannotGoOn as refused:
            event(refused.why.name)
            network, before = tied((), so_far, person_of)
        assert_equal(network, whole)
