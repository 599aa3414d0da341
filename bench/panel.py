"""How long does choosing 12 of 10,000 people take? Beside a plain MMR, and greedy without laziness.

    .venv/bin/python bench/panel.py [--people 10000] [--seats 12] [--views 512]

Made-up people: three kinds of groups, communities, three places each, and a view of half of them. MMR has
the same views and no groups. Milliseconds are processor time of one core, the best of five; beside them what
each panel is worth by our own measure, so that it is seen what the shorter way costs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.choosing import chosen
from crosstie.advice.panel import Candidates, PanelSettings, knowing, panel
from crosstie.advice.quotas import Limits
from crosstie.advice.variety import Covered, Variety, variety

TIMES = 5
MIX = 0.7


def pool(people: int, width: int) -> Candidates:
    """Return made-up candidates."""
    dice = np.random.default_rng(20)
    views = dice.normal(size=(people, width)).astype(np.float32)
    views[dice.random(people) < 0.5] = 0
    places = Covered(
        unit=dice.permuted(np.tile(np.arange(40), (people, 1)), axis=1)[:, :3],
        share=dice.dirichlet(np.ones(3), people),
    )
    return Candidates(
        score=dice.normal(size=people) * 2,
        load=np.zeros(people),
        is_near=dice.random(people) < 0.05,
        groups={
            kind: np.array([f"{kind} {unit}" for unit in dice.integers(0, units, people)], dtype=object)
            for kind, units in (("department", 30), ("team", 600), ("location", 12))
        },
        community=dice.integers(0, 50, people),
        places=places,
        views=views,
    )


def best_of(run: Callable[[], Sequence[int]]) -> tuple[float, Sequence[int]]:
    """Return the seconds of the quickest run, and what it found."""
    seconds, found = [], run()
    for _ in range(TIMES):
        start = time.process_time()
        found = run()
        seconds.append(time.process_time() - start)
    return min(seconds), found


def mmr(know: NDArray[np.float64], views: NDArray[np.float32], seats: int) -> list[int]:
    """Return the plain maximal marginal relevance panel."""
    length = np.linalg.norm(views, axis=1, keepdims=True)
    unit = np.divide(views, length, out=np.zeros_like(views), where=length > 0)
    nearest, panel = np.full(len(know), -1.0), [int(np.argmax(know))]
    while len(panel) < seats:
        nearest = np.maximum(nearest, unit @ unit[panel[-1]])
        score = MIX * know - (1 - MIX) * nearest
        score[panel] = -np.inf
        panel.append(int(np.argmax(score)))
    return panel


def eager(worth: Variety, seats: int) -> list[int]:
    """Return the greedy panel, everybody looked at for every seat."""
    rows, panel = np.arange(len(worth)), list[int]()
    for _ in range(seats):
        gains = worth.gains(rows, *worth.with_chosen(panel))
        gains[panel] = -np.inf
        panel.append(int(np.argmax(gains)))
    return panel


def main() -> None:
    """Measure, and print a line a way."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--seats", type=int, default=12)
    parser.add_argument("--views", type=int, default=512)
    given = parser.parse_args()
    candidates, how = pool(given.people, given.views), PanelSettings()
    know = knowing(candidates.score, seats=given.seats, settings=how)
    assert candidates.community is not None
    assert candidates.places is not None
    assert candidates.views is not None
    covered = [Covered.by_unit(units.tolist()) for units in candidates.groups.values()]
    covered += [Covered.by_unit(candidates.community.astype(str).tolist()), candidates.places]
    worth = variety(
        know,
        covered,
        candidates.views,
        seats=given.seats,
        weights=(how.knowing, how.covering, how.views),
        again=how.again,
    )
    views = candidates.views
    everybody = Limits(
        seats=given.seats,
        near_seats=given.seats,
        is_near=np.zeros(given.people, dtype=np.bool_),
        group=np.full(given.people, -1),
    )
    ways: dict[str, Callable[[], Sequence[int]]] = {
        "ours, from columns to panel": lambda: [one.row for one in panel(candidates, seats=given.seats)],
        "ours, the choice alone": lambda: chosen(worth, everybody),
        "greedy, not lazy, no exchange": lambda: eager(worth, given.seats),
        "MMR over views": lambda: mmr(know, views, given.seats),
    }
    print(f"{given.people:,} candidates, {given.seats} seats, views of {given.views} numbers\n")
    for name, run in ways.items():
        seconds, found = best_of(run)
        print(f"{name:32} {seconds * 1000:7.1f} ms   worth {worth.value(found):.3f}")


if __name__ == "__main__":
    main()
