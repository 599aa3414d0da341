"""Learn what `crosstie.ideas.replies` comes with again: numbers alone, from the training logs (CC BY 4.0).

    OMP_NUM_THREADS=1 .venv/bin/python -m evaluation._learning_replies --data ../shared/data --out learned.npz

How a text is said is learned first, by logistic regressions over its signs; of the training logs each fifth
gets what the others say of it. First trees look at two messages side by side; each half of the training logs
has trees of its own, so that the guess of a log's conversations that the second trees learn from comes from
trees that never saw it. Both learn to share out one message's candidates (softmax over them, its opening
among them; of several true parents any is right). The temperature is then chosen on the development logs, and
nothing else; trees and leaves were, too, by hand. It takes some 5 minutes of one core, 3 GB, and
scikit-learn.

What comes with crosstie was learned before links of more than two hours were left out
(`looking_back.LONGEST`): 1 link in 2,000, so what is learned again differs from it in small digits.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn._loss.loss import HalfSquaredError
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression

from crosstie.ideas.replies.candidates import Candidates, candidates
from crosstie.ideas.replies.conversations import in_conversations
from crosstie.ideas.replies.manner import WAYS, manner
from crosstie.ideas.replies.model import Model, save
from crosstie.ideas.replies.stream import BUCKETS
from crosstie.ideas.replies.trees import Trees, asked, chances
from evaluation._chat_logs import FIRST, Log, logs
from evaluation.unpacking import unpacked

FLOOR = 0.004
FOLDS = 5
PENALTY = 50.0
FIRST_TREES: dict[str, Any] = {"max_iter": 120, "learning_rate": 0.1, "max_leaf_nodes": 31}
SECOND_TREES: dict[str, Any] = {"max_iter": 300, "learning_rate": 0.05, "max_leaf_nodes": 24}
SEED = 20


class Shares(HalfSquaredError):  # type: ignore[misc] # scikit-learn is untyped
    """The loss of sharing out each message's candidates: minus the logarithm of what its true parents get."""

    def __init__(self, sizes: NDArray[np.int64], true: NDArray[np.bool_]) -> None:
        super().__init__()
        self.constant_hessian = False
        self._sizes, self._begins, self._true = sizes, np.cumsum(sizes) - sizes, true

    def fit_intercept_only(self, y_true: object, sample_weight: object = None) -> NDArray[np.float64]:  # noqa: ARG002
        return np.zeros(1)

    def gradient_hessian(  # noqa: PLR0917 - scikit-learn calls it so
        self,
        y_true: object,  # noqa: ARG002
        raw_prediction: NDArray[np.float64],
        sample_weight: object = None,  # noqa: ARG002
        gradient_out: NDArray[np.float32] | None = None,
        hessian_out: NDArray[np.float32] | None = None,
        n_threads: int = 1,  # noqa: ARG002
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        assert gradient_out is not None
        assert hessian_out is not None
        share = self._shared(np.exp(raw_prediction.ravel() - self._each(np.maximum, raw_prediction.ravel())))
        right = self._shared(share * self._true)
        gradient_out[:] = (share - right).reshape(gradient_out.shape)
        hessian_out[:] = np.maximum(share * (1 - share), 1e-4).reshape(hessian_out.shape)
        return gradient_out, hessian_out

    def _each(self, how: np.ufunc, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.repeat(how.reduceat(values, self._begins), self._sizes)

    def _shared(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return values / np.maximum(self._each(np.add, values), 1e-12)


def ways_of(one: Log) -> NDArray[np.bool_]:
    """Return (n, W) which of `manner.WAYS` each message of a log is."""
    at_line = {line: at for at, line in enumerate(one.number)}
    author, found = one.stream.author, np.zeros((len(one.stream), len(WAYS)), np.bool_)
    for earlier, later in one.links:
        if earlier not in at_line or later not in at_line:
            continue
        parent, message = at_line[earlier], at_line[later]
        if parent == message:
            found[message, 0] = True
        elif author[parent] == author[message]:
            found[message, 1] = found[parent, 3] = True
        else:
            found[parent, 2] = True
    return found


def manners(parts: list[Log]) -> NDArray[np.float32]:
    """Return what each sign of a text says of it: logistic regressions, one a way."""
    signs, true = [], []
    for one in parts:
        counts = np.array(one.number) >= FIRST
        true.append(ways_of(one)[counts])
        signs += [
            one.stream.sign[one.stream.sign_at[at] : one.stream.sign_at[at + 1]]
            for at in np.flatnonzero(counts)
        ]
    said = csr_matrix(
        (
            np.ones(sum(map(len, signs)), np.float32),
            np.concatenate(signs),
            np.cumsum([0, *map(len, signs)]),
        ),
        shape=(len(signs), BUCKETS),
    )
    weights = np.zeros((BUCKETS + 1, len(WAYS)), np.float32)
    for way, answers in enumerate(np.concatenate(true).T):
        fitted = LogisticRegression(C=1 / PENALTY, max_iter=60, tol=1e-3).fit(said, answers)
        weights[:-1, way], weights[-1, way] = fitted.coef_[0], fitted.intercept_[0]
    return weights.astype(np.float16).astype(np.float32)


class Rows:
    """Candidates of annotated messages, with which are true."""

    def __init__(self) -> None:
        self.features: list[NDArray[np.float32]] = []
        self.true: list[NDArray[np.bool_]] = []
        self.sizes: list[int] = []

    def add(
        self, one: Log, found: Candidates, features: NDArray[np.float32], kept: NDArray[np.bool_]
    ) -> None:
        """Add the messages of a log that are annotated, if a true parent is among their candidates."""
        number = np.array(one.number)
        for at in np.flatnonzero(number >= FIRST):
            rows = np.arange(found.starts[at], found.starts[at + 1])
            rows = rows[kept[rows]]
            true = np.array([(parent, number[at]) in one.links for parent in number[found.parent[rows]]])
            if true.any():
                self.features.append(features[rows])
                self.true.append(true)
                self.sizes.append(len(rows))

    def fitted(self, least: int, penalty: float, **how: Any) -> Trees:
        """Return trees that share out the candidates."""
        true, sizes = np.concatenate(self.true), np.array(self.sizes)
        fitted = HistGradientBoostingRegressor(
            loss=Shares(sizes, true),
            early_stopping=False,
            min_samples_leaf=least,
            l2_regularization=penalty,
            random_state=SEED,
            **how,
        ).fit(np.concatenate(self.features), np.zeros(len(true)))
        return trees_of(fitted)


def trees_of(fitted: HistGradientBoostingRegressor) -> Trees:
    """Return scikit-learn's trees as arrays, each node before what is left of it."""
    first: list[int] = []
    nodes: list[tuple[int, float, int, bool]] = []

    def walk(rows: NDArray[Any], at: int) -> None:
        row, here = rows[at], len(nodes)
        if row["is_leaf"]:
            nodes.append((-1, row["value"], 0, False))
            return
        nodes.append((0, 0.0, 0, False))
        walk(rows, row["left"])
        right = len(nodes)
        walk(rows, row["right"])
        nodes[here] = (row["feature_idx"], row["num_threshold"], right, bool(row["missing_go_to_left"]))

    for (tree,) in fitted._predictors:  # noqa: SLF001 - scikit-learn has no other door to its trees
        first.append(len(nodes))
        walk(tree.nodes, 0)
    column, value, right, missing = zip(*nodes, strict=True)
    return Trees(
        np.array(first, np.int32),
        np.array(column, np.int32),
        np.array(value, np.float32),
        np.array(right, np.int32),
        np.array(missing, np.bool_),
    )


def second_rows(parts: list[Log], first: list[Trees], said: list[NDArray[np.float32]]) -> Rows:
    """Return what the second trees see; log k gets the guess of the trees of the other half."""
    rows = Rows()
    for at, one in enumerate(parts):
        found = candidates(one.stream, said[at])
        chance = chances(found.starts, asked(found.features, first[(at + 1) % len(first)]))
        features = np.concatenate([found.features, in_conversations(one.stream, found, chance)], axis=1)
        message = np.repeat(np.arange(len(one.stream)), np.diff(found.starts))
        rows.add(one, found, features, (chance >= FLOOR) | (found.parent == message))
    return rows


def temperature(rows: Rows, second: Trees) -> float:
    """Return by what to divide so that the true parents get the most, all in all."""
    said, true = asked(np.concatenate(rows.features), second), np.concatenate(rows.true)
    starts = np.concatenate([[0], np.cumsum(rows.sizes)])

    def lost(by: float) -> float:
        right = np.add.reduceat(chances(starts, said / np.float32(by)) * true, starts[:-1])
        return float(-np.log(np.maximum(right, 1e-9)).mean())

    return min((float(one) for one in np.arange(0.7, 1.8, 0.02)), key=lost)


def main() -> None:
    """Learn and save."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    began = time.process_time()
    with unpacked(given.data / "irc-ubuntu.tar.xz") as folder:
        train, development = (logs(folder / "irc-ubuntu" / part) for part in ("train", "dev"))
    folds = [manners([one for at, one in enumerate(train) if at % FOLDS != fold]) for fold in range(FOLDS)]
    apart = [manner(one.stream, folds[at % FOLDS]) for at, one in enumerate(train)]
    weights = manners(train)
    first = []
    for half in (0, 1):
        rows = Rows()
        for one, said in list(zip(train, apart, strict=True))[half::2]:
            found = candidates(one.stream, said)
            rows.add(one, found, found.features, np.ones(len(found.parent), np.bool_))
        first.append(rows.fitted(50, 1.0, **FIRST_TREES))
    second = second_rows(train, first, apart).fitted(40, 5.0, **SECOND_TREES)
    by = temperature(
        second_rows(development, first[:1], [manner(one.stream, weights) for one in development]), second
    )
    save(given.out, Model(manner=weights, first=first[0], second=second, floor=FLOOR, temperature=by))
    print(
        f"{given.out}: {given.out.stat().st_size / 1000:.0f} kB, temperature {by:.2f}, "
        f"{time.process_time() - began:.0f} CPU seconds"
    )


if __name__ == "__main__":
    main()
