"""Does the network say who learned from whom the right way round? A made-up company, where it is known.

**Data**: the demo company of a year, whose people learned from one another in ways of which some leave
traces; it was made without sight of how ties are made of acts. Development: the company of seed 20, which has
been looked at since it was made (docs/explanation/recovery.md). Test: that of seed 21, another company.

**Truth**: pairs of whom in truth one learned from the other and never the other way round. **Inferred** is
every learning edge here, in the sense that nobody stated who learned from whom: it is concluded from replies,
thanks, reviews and meetings, added up over the year without decay. An edge runs the way in which the evidence
is larger; *right* is the share of pairs where that is the true way; 0.5 is chance, and turning every edge
round gives the rest to 1.

* *all that lean*: any difference.
* *clear*: two replies' worth more evidence one way, and three times as much; set on development.

*Share* is how many of all pairs with true one-way learning have such an edge at all. Edges that are inferred
in the other sense, from replies of which no source says whom they answer, there are none in this company.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.comparing import difference
from evaluation.task import Cell, Result, Table, Task, main

DEVELOPMENT_SEED, TEST_SEED = 20, 21
MORE, TIMES = 2.0, 3.0
MUST = 0.9
FOREVER_DAYS = 1e6
CLEAR = "clear"
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """True learning events, and the evidence; (P, P) each, from learner to teacher.

    Attributes:
        true: events.
        learned: evidence from all traces.
    """

    true: Matrix
    learned: Matrix


def known(seed: int) -> Known:
    """Make the company, read its traces as the product does, and tie its people."""
    from crosstie.actions import columns, demo, snapshots
    from crosstie.actions.home import Home
    from crosstie.config import NetworkSettings
    from crosstie.demo import company
    from crosstie.network.tie import tie

    made = company(seed)
    with tempfile.TemporaryDirectory() as folder, Home(Path(folder) / "workspace") as home:
        demo.make(home, seed=seed)
        who = snapshots.persons(home)
        persons, forever = columns.accounts_table(who), NetworkSettings(half_life_days=FOREVER_DAYS)
        with home.record.connect() as connection:
            network = tie(connection, persons=persons, settings=forever)
        by_address = {address: one.key for one in who.by_key.values() for address in one.addresses}
        row = {one.id: network.index_of(by_address[one.address]) for one in made.people}
        true, learned = np.zeros((2, len(row), len(row)))
        for (learner, teacher), events in made.learned_pairs().items():
            true[row[learner], row[teacher]] += events
        learned[network.ties.learner, network.ties.teacher] = network.ties.learned
    return Known(true=true, learned=learned)


def rights(true: Matrix, evidence: Matrix, *, more: float = 0.0, times: float = 1.0) -> NDArray[np.float64]:
    """Return (n,) 1 for each one-way pair with an edge that runs the true way, 0 where it runs the other.

    Args:
        true: (P, P) events.
        evidence: (P, P).
        more: so much more evidence one way makes an edge.
        times: so many times as much.
    """
    above = np.triu_indices(len(true), 1)
    there, back, says, says_back = true[above], true.T[above], evidence[above], evidence.T[above]
    apart = np.abs(says - says_back)
    leans = (apart >= max(more, 1e-9)) & (np.maximum(says, says_back) >= times * np.minimum(says, says_back))
    asked = ((there > 0) ^ (back > 0)) & leans
    found: NDArray[np.float64] = ((there > back) == (says > says_back))[asked].astype(np.float64)
    return found


def run(data: Path, development: bool) -> Result:  # noqa: FBT001 - as `Task` has it
    """Compare the way edges run with the true one; the data folder is not needed."""
    del data
    seed = DEVELOPMENT_SEED if development else TEST_SEED
    found = known(seed)
    one_way = int(((found.true > 0) & (found.true.T == 0)).sum())
    ways = {
        "all that lean": rights(found.true, found.learned),
        CLEAR: rights(found.true, found.learned, more=MORE, times=TIMES),
    }
    rows: dict[str, dict[str, Cell]] = {
        name: {
            "pairs": len(right),
            "share": len(right) / one_way,
            "right": float(right.mean()) if len(right) else None,
            "less chance": difference(right, np.full(len(right), 0.5)) if len(right) else None,
        }
        for name, right in ways.items()
    }
    verdicts = [
        f"{name}: {right.mean():.3f} right of {len(right)} pairs; must {MUST:.2f}: "
        f"{'met' if right.mean() >= MUST else 'not met'}"
        for name, right in ways.items()
        if len(right)
    ]
    return Result(
        tables=[Table(title=f"demo company, seed {seed}: {one_way} pairs of one-way learning", rows=rows)],
        facts={"clear": f"{MORE:g} replies more and {TIMES:g} times as much"},
        verdicts=verdicts,
        predictions=[json.dumps({"way": name, "right": right.tolist()}) for name, right in ways.items()],
    )


TASK = Task(
    name="direction",
    question="Does the network say who learned from whom the right way round?",
    splits=(__doc__ or "").split("\n\n", 1)[1].strip(),
    run=run,
)

if __name__ == "__main__":
    main(TASK)
