"""Does the network say who learned from whom the right way round? Made-up companies, where it is known.

**Data**: the demo company of a year, whose people learned from one another in ways of which some leave
traces; it was made without sight of how ties are made of acts. Development: the companies of seeds 20, 22, 23
and 24. Test: that of seed 21, another company.

**Truth**: pairs of whom in truth one learned from the other and never the other way round. **Inferred** is
every learning edge here, in the sense that nobody stated who learned from whom: it is concluded from replies,
thanks, reviews and meetings, added up over the year without decay. An edge runs the way in which the evidence
is larger; *right* is the share of pairs where that is the true way; 0.5 is chance, and turning every edge
round gives the rest to 1.

* *all that lean*: any difference in what was learned.
* *one way*: what the product says (`crosstie.network.direction`, `is_one_way` of `net.ties` and exports).

*Share* is how many of all pairs with true one-way learning have such an edge at all. Edges that are inferred
in the other sense, from replies of which no source says whom they answer, there are none in this company.

*How far one can get*: boosted trees over all that the traces say of a pair, finer than acts (who answered a
question and who something else, who wrote back to an answer, who was thanked for what, who answered in a
direct conversation), learned on the companies 20, 22, 23 and 24, or on the latter three where 20 is looked
at. They are not in the product. *Sure* is where they say 0.8 or more: nine in ten of such on development.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crosstie.network.direction import EVEN, TIMES
from evaluation._direction_signs import chances, learners, signs, true_pairs
from evaluation.comparing import difference
from evaluation.task import Cell, Result, Table, Task, main

TEST_SEED, LOOKED_AT, LEARNED = 21, 20, (22, 23, 24)
MUST = 0.9
SURE = 0.8
OFTEN = 40
FOREVER_DAYS = 1e6
ONE_WAY = "one way, as the product says it"
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """True learning events, and the evidence; (P, P) each, from learner to teacher.

    Attributes:
        true: events.
        learned: evidence from all traces.
        one_way: 1 where the product says that learning went that way.
    """

    true: Matrix
    learned: Matrix
    one_way: Matrix


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
        true, learned, one_way = np.zeros((3, len(row), len(row)))
        for (learner, teacher), events in made.learned_pairs().items():
            true[row[learner], row[teacher]] += events
        ends = network.ties.learner, network.ties.teacher
        learned[ends], one_way[ends] = network.ties.learned, network.ties.one_way
    return Known(true=true, learned=learned, one_way=one_way)


def rights(true: Matrix, evidence: Matrix, *, least: float = 1e-9) -> NDArray[np.float64]:
    """Return (n,) 1 for each one-way pair with an edge that runs the true way, 0 where it runs the other.

    Args:
        true: (P, P) events.
        evidence: (P, P); NaN is none.
        least: so much more evidence one way makes an edge.
    """
    above = np.triu_indices(len(true), 1)
    there, back = true[above], true.T[above]
    says, says_back = np.nan_to_num(evidence)[above], np.nan_to_num(evidence).T[above]
    asked = ((there > 0) ^ (back > 0)) & (np.abs(says - says_back) >= least)
    found: NDArray[np.float64] = ((there > back) == (says > says_back))[asked].astype(np.float64)
    return found


def every_one_way(found: Known) -> dict[str, str]:
    """Return what is true of all pairs called one way, also where nobody or both learned."""
    said = found.one_way > 0
    there, back = found.true[said] > 0, found.true.T[said] > 0
    shares = {
        "so": there & ~back,
        "each from the other": there & back,
        "the other way": back & ~there,
        "nobody": ~there & ~back,
    }
    return {
        f"of all {said.sum()} called one way, {name}": f"{one.mean():.2f}" for name, one in shares.items()
    }


def run(data: Path, development: bool) -> Result:  # noqa: FBT001 - as `Task` has it
    """Compare the way edges run with the true one; the data folder is not needed."""
    del data
    from crosstie.demo import company

    seed = LOOKED_AT if development else TEST_SEED
    found = known(seed)
    one_way = int(((found.true > 0) & (found.true.T == 0)).sum())
    others = LEARNED if development else (LOOKED_AT, *LEARNED)
    learned = [(signs(made), true_pairs(made)) for made in map(company, others)]
    made = company(seed)
    told, true = signs(made), true_pairs(made)
    by_trees = chances(learned, (told, true))
    ways = {
        "all that lean": rights(found.true, found.learned),
        ONE_WAY: rights(found.true, found.one_way),
        "all that lean, by trees": rights(true, by_trees),
        "sure, by trees": rights(true, by_trees, least=2 * SURE - 1),
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
    given: dict[str, dict[str, Cell]] = {
        name: {"times": times, "by the learner": share}
        for name, (times, share) in learners(told, true).items()
        if times >= OFTEN
    }
    tables = [Table(title=f"demo company, seed {seed}: {one_way} pairs of one-way learning", rows=rows)]
    if development:
        tables.append(Table(title="who of two in one-way learning did what to the other", rows=given))
    return Result(
        tables=tables,
        facts={"clear": f"{TIMES:g} times as much, {EVEN:g} added to both", **every_one_way(found)},
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
