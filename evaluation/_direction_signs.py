"""How far could one get with all that traces say of a pair? Trees that learned; for `direction`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from crosstie.demo import Company
from crosstie.record import Interaction, Kind

SEED = 20
APART = timedelta(days=3)
"""In a direct conversation, what comes after so long a silence answers nothing."""
FEW = 4
Matrix = NDArray[np.float64]
Signs = Mapping[str, Matrix]
"""By the name of a sign, (P, P) how often the one in the row gave it to the one in the column."""


def true_pairs(made: Company) -> Matrix:
    """Return (P, P) true learning events, from learner to teacher."""
    row = {person.id: number for number, person in enumerate(made.people)}
    true = np.zeros((len(row), len(row)))
    for (learner, teacher), events in made.learned_pairs().items():
        true[row[learner], row[teacher]] = events
    return true


def signs(made: Company) -> Signs:
    """Return everything that the traces of a company say of two people, finer than acts: see `_of`."""
    row = {person.id: number for number, person in enumerate(made.people)}
    of_account = {key: row[person] for key, person in made.person_of.items()}
    found: dict[str, Matrix] = defaultdict(lambda: np.zeros((len(row), len(row))))
    acts = [trace for trace in made.traces() if isinstance(trace, Interaction)]
    by_id = {act.external_id: act for act in acts}
    for act in acts:
        who = of_account[act.source, act.actor]
        for name, account in _of(act, by_id):
            other = of_account.get((act.source, account), who)
            if other != who:
                found[name][who, other] += 1
    for who, other in _direct_answers(acts, of_account):
        found["answered directly"][who, other] += 1
    return found


def _of(act: Interaction, by_id: Mapping[str, Interaction]) -> Iterator[tuple[str, str]]:
    """Yield what one act says of its actor, and to whom: how, where, what it asks, what it answers."""
    kind = f"{act.kind} {act.source}"
    if act.kind in {Kind.REPLIED, Kind.THANKED}:
        parent = by_id.get(act.replies_to)
        if parent is not None and act.parent_author:
            before = by_id.get(parent.replies_to)
            is_own = before is not None and before.actor == act.actor
            yield (
                f"{kind} {act.openness} asks {act.asks} of {parent.kind} asking {parent.asks} own {is_own}",
                act.parent_author,
            )
    else:
        alone = "alone" if len(act.addressed) == 1 else "few" if len(act.addressed) <= FEW else "many"
        yield from ((f"{kind} asks {act.asks} {alone}", account) for account in act.addressed)
    yield from (("copied", account) for account in act.copied)
    yield from ((f"mentioned asks {act.asks}", account) for account in act.mentioned)


def _direct_answers(
    acts: Sequence[Interaction], of_account: Mapping[tuple[str, str], int]
) -> Iterator[tuple[int, int]]:
    """Yield who answered whom in a direct conversation, where a question was followed by what is none."""
    latest: dict[str, Interaction] = {}
    for act in acts:
        if act.kind is not Kind.SAID or act.thread or len(act.addressed) != 1 or act.at is None:
            continue
        before = latest.get(act.place)
        is_answer = before is not None and before.asks and not act.asks and before.actor != act.actor
        if is_answer and before is not None and before.at is not None and act.at - before.at < APART:
            yield of_account[act.source, act.actor], of_account[act.source, before.actor]
        latest[act.place] = act


def learners(found: Signs, true: Matrix) -> dict[str, tuple[int, float]]:
    """Return how often each sign was given, and how often by the learner of two in one-way learning."""
    learner = (true > 0) & (true.T == 0)
    asked = learner | learner.T
    return {
        name: (int(times.sum()), float((times * learner).sum() / (times * asked).sum()))
        for name, times in sorted(found.items())
        if (times * asked).any()
    }


def chances(learned: Sequence[tuple[Signs, Matrix]], asked: tuple[Signs, Matrix]) -> Matrix:
    """Return (P, P) how likely learning went from the row's person to the column's and not back, by trees.

    NaN where the two gave no sign.

    Args:
        learned: signs and truth of the companies to learn from.
        asked: of another one; its truth is not looked at.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier  # takes three seconds

    names = sorted({name for found, _ in learned for name in found})
    columns, ways = [], []
    for found, true in learned:
        low, high = np.nonzero((true > 0) & (true.T == 0))
        there, back = _columns(found, names, low, high)
        columns += [np.hstack([there, back]), np.hstack([back, there])]
        ways += [np.ones(len(low)), np.zeros(len(low))]
    trees = HistGradientBoostingClassifier(
        max_iter=200, learning_rate=0.05, max_leaf_nodes=12, min_samples_leaf=30, l2_regularization=5.0,
        random_state=SEED,
    ).fit(np.concatenate(columns), np.concatenate(ways))  # fmt: skip
    found, true = asked
    low, high = np.triu_indices(len(true), 1)
    there, back = _columns(found, names, low, high)
    some = (there.sum(axis=1) + back.sum(axis=1)) > 0
    low, high, there, back = low[some], high[some], there[some], back[some]
    chance = trees.predict_proba(np.hstack([there, back]))[:, 1]
    # Turned round it has to say the rest.
    chance = (chance + 1 - trees.predict_proba(np.hstack([back, there]))[:, 1]) / 2
    made = np.full(true.shape, np.nan)
    made[low, high], made[high, low] = chance, 1 - chance
    return made


def _columns(
    found: Signs, names: Sequence[str], low: NDArray[np.int64], high: NDArray[np.int64]
) -> tuple[Matrix, Matrix]:
    nothing = np.zeros((int(max(low.max(), high.max())) + 1,) * 2)
    every = [found.get(name, nothing) for name in names]
    return np.stack([one[low, high] for one in every], axis=1), np.stack(
        [one[high, low] for one in every], axis=1
    )
