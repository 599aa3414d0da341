"""How far do figures move when an act's weight is halved or doubled, and does the short cut say so rightly?

Two answers side by side, on the invented company and on workspaces of one's own: tying anew with each weight
changed, which reads every message again, and `crosstie.network.sensitivity`, which snapshots use. Printed
are, for people with five contacts or more, Spearman's rank correlation with the figures as they are and the
median change.

    python bench/weights.py [WORKSPACE …]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crosstie.actions import columns, snapshots
from crosstie.actions import settings as settings_of
from crosstie.actions.home import Home
from crosstie.network.acts import Act, with_weights
from crosstie.network.metrics.registry import measure
from crosstie.network.network import Network
from crosstie.network.sensitivity import FEWEST_CONTACTS, MEASURES, ByAct, by_act, sensitivity
from crosstie.network.tie import tie


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspaces", nargs="*", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        workspaces = asked.workspaces
        if not workspaces:
            workspaces = [Path(scratch) / "demo"]
            make = [sys.executable, "-m", "crosstie", "demo", "--workspace", workspaces[0], "--no-pages"]
            subprocess.run(make, check=True)
        for folder in workspaces:
            with Home(folder, create=False) as home:
                print(f"\n{folder.name}")
                compare(home)


def compare(home: Home) -> None:
    chosen = settings_of.chosen(home)
    apart: list[ByAct] = []
    half_life = chosen.network.half_life_days
    network = tied(home, chosen.acts, lambda at: apart.append(by_act(at, half_life_days=half_life)))
    cpu = time.process_time()
    quick = sensitivity(apart[0], people=len(network.persons), active_contact=chosen.network.active_contact)
    quick_s = time.process_time() - cpu
    before = measured(network)
    enough = before[:, 0] >= FEWEST_CONTACTS
    print(f"{len(network.persons)} people, {enough.sum()} with {FEWEST_CONTACTS} contacts or more")
    print(f"{'act':<18}{'times':>6}" + "".join(f"{name:>16} {'short cut':>12}" for name in MEASURES))
    cpu = time.process_time()
    for row, (name, factor) in enumerate(zip(quick.act.tolist(), quick.factor.tolist(), strict=True)):
        act = next(one for one in chosen.acts if one.name == name)
        changed = {
            f"{name}.{relation}": factor * getattr(act, relation)
            for relation in ("contact", "turned_to", "learned", "turned_to_back", "learned_back")
        }
        after = measured(tied(home, with_weights(changed, chosen.acts)))
        line = f"{name:<18}{factor:>6g}"
        for one in range(len(MEASURES)):
            here, there = before[enough, one], after[enough, one]
            moved = np.median(np.abs(there - here) / np.abs(here))
            line += f"{spearman(here, there):>9.3f} {moved:>6.1%}"
            line += f"{quick.order[row, one]:>6.3f} {quick.change[row, one]:>6.1%}"
        print(line)
    anew_s = time.process_time() - cpu
    print(f"short cut {quick_s:.2f} CPU seconds, tying anew {anew_s:.1f}")


def tied(home: Home, acts: tuple[Act, ...], *also: object) -> Network:
    who, chosen = snapshots.persons(home), settings_of.chosen(home)
    with home.record.connect() as connection:
        return tie(
            connection,
            persons=columns.accounts_table(who),
            settings=chosen.network,
            acts=acts,
            also=also,  # type: ignore[arg-type]  # each takes the connection
        )


def measured(network: Network) -> NDArray[np.float64]:
    scores = measure(network, MEASURES)
    return np.nan_to_num(np.column_stack([scores[name] for name in MEASURES]))


def spearman(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    from scipy.stats import spearmanr

    return float(spearmanr(one, other).statistic)


if __name__ == "__main__":
    main()
