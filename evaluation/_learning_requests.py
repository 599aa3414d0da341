"""Learn the weights of `crosstie.ideas.requests` from the training sentences, and write them as numbers.

    .venv/bin/python -m evaluation._learning_requests --data ../shared/data

Nothing of the test sentences is looked at. The strength of the penalty was chosen by five folds of the
training sentences (`docs/explanation/evaluation/requests.md`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas import requests
from evaluation.task import DATA
from evaluation.unpacking import unpacked

ARCHIVE = "email-intent.tar.xz"
TRAIN, TEST = "Ask0729-fixed.txt", "testSet-qualifiedBatch-fixed.txt"
PENALTY = 1.0
FOLDS, SEED = 5, 20
_STEPS = 127  # of a signed byte


def sentences(data: Path, name: str) -> tuple[list[str], NDArray[np.bool_]]:
    """Return the sentences of one file of the data, and whether each requests something."""
    with unpacked(data / ARCHIVE) as folder:
        lines = next(folder.rglob(name)).read_text(encoding="utf-8", errors="replace").splitlines()
    rows = [line.partition("\t") for line in lines]
    rows = [row for row in rows if row[0] in {"Yes", "No"}]
    return [row[2].strip() for row in rows], np.array([row[0] == "Yes" for row in rows])


def learned(given: list[str], is_request: NDArray[np.bool_]) -> dict[str, NDArray[np.generic]]:
    """Return weights as signed bytes, their scale and the constant, by logistic regression."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    found = [requests.places(sentence) for sentence in given]
    starts = np.cumsum([0, *(len(places) for places in found)])
    column = np.concatenate([np.array(places, dtype=np.int64) for places in found])
    matrix = csr_matrix((np.ones(len(column)), column, starts), shape=(len(given), requests.PLACES))
    model = LogisticRegression(C=PENALTY, solver="liblinear", random_state=SEED, max_iter=500)
    model.fit(matrix, is_request)
    weight = model.coef_[0]
    scale = np.abs(weight).max() / _STEPS
    return {
        "weight": np.round(weight / scale).astype(np.int8),
        "scale": np.array(scale),
        "constant": np.array(model.intercept_[0]),
    }


def likelihoods(weights: dict[str, NDArray[np.generic]], given: list[str]) -> NDArray[np.float64]:
    """Return how likely each sentence is to request something, by weights just learned."""
    weight = weights["weight"].astype(np.float64) * float(weights["scale"])
    sums = np.array([weight[requests.places(sentence)].sum() for sentence in given])
    return np.asarray(1 / (1 + np.exp(-(sums + float(weights["constant"])))), dtype=np.float64)


def folds(count: int) -> NDArray[np.int64]:
    """Return (n,) the fold of each sentence, by chance, the same every time."""
    return np.random.default_rng(SEED).permutation(count) % FOLDS


def main() -> None:
    """Learn from all training sentences and write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA)
    weights = learned(*sentences(parser.parse_args().data, TRAIN))
    file = Path(requests.__file__).with_suffix(".npz")
    np.savez_compressed(file, allow_pickle=False, **weights)
    print(f"{file}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
