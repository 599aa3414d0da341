"""Does a sentence request something? The learned weights beside key words.

Written down before the first run on the test sentences.

Data: Parakweet's EmailIntentDataSet (Apache-2.0), sentences of mails: 3,657 to train and 992 to test, as it
comes. Truth: its labels. Everything (rules, features, penalty) was chosen on the training sentences alone, by
five folds; `--development` shows those folds. The weights that ship were learned from all of them. Test
sentences that also stand among the training sentences, letter by letter, are left out.

Ways: all sentences alike (the commoner answer); a question mark; key words (a question mark, "please",
"could you" and the like); the rules that crosstie falls back to (key words, and an order at the beginning);
the weights. Correctness (accuracy) is compared sentence by sentence, by a paired bootstrap; F1 of requests
stands beside. "Better" is said where the interval lies above 0.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas import requests
from evaluation._learning_requests import FOLDS, TEST, TRAIN, folds, learned, likelihoods, sentences
from evaluation.comparing import difference
from evaluation.task import Result, Table, Task, main

OURS = "learned weights"
RULES = "rules"
KEYWORDS = "key words"


def run(data: Path, development: bool) -> Result:  # noqa: FBT001 - as every task is run
    """Score each way on the folds of the training sentences, or on the test sentences."""
    texts, truth = sentences(data, TRAIN)
    if development:
        likely = _in_folds(texts, truth)
    else:
        known = set(texts)
        given, labels = sentences(data, TEST)
        new = [row for row, text in enumerate(given) if text not in known]
        texts, truth = [given[row] for row in new], labels[new]
        likely = requests.likelihoods(texts)
    ways: dict[str, NDArray[np.bool_]] = {
        "none is a request": np.zeros(len(texts), dtype=np.bool_),
        "a question mark": _by(texts, lambda text: "?" in text),
        KEYWORDS: _by(texts, requests.has_key_words),
        RULES: _by(texts, requests.is_request_by_rule),
        OURS: likely > requests.LIKELY,
    }
    right = {name: (said == truth).astype(np.float64) for name, said in ways.items()}
    table = Table(
        title=f"{len(texts):,} sentences, {int(truth.sum()):,} of them requests",
        rows={
            name: {
                "accuracy": float(right[name].mean()),
                **_f1(said, truth),
                "learned weights better by": None if name == OURS else difference(right[OURS], right[name]),
            }
            for name, said in ways.items()
        },
    )
    over = difference(right[OURS], right[KEYWORDS])
    beyond = difference(right[OURS], right[RULES])
    return Result(
        tables=[table],
        facts={"learned from": len(sentences(data, TRAIN)[0]), "bytes of weights": _size()},
        verdicts=[
            f"Better than key words: {over}.",
            f"Better than the rules that it falls back to: {beyond}.",
        ],
        predictions=[
            json.dumps({"sentence": row, "likelihood": round(float(chance), 4), "request": bool(is_one)})
            for row, (chance, is_one) in enumerate(zip(likely, truth, strict=True))
        ],
    )


def _by(texts: list[str], rule: Callable[[str], bool]) -> NDArray[np.bool_]:
    return np.array([rule(text) for text in texts], dtype=np.bool_)


def _in_folds(texts: list[str], truth: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the likelihood of each training sentence by weights learned from the other folds."""
    fold, likely = folds(len(texts)), np.zeros(len(texts))
    for number in range(FOLDS):
        inside, outside = np.flatnonzero(fold == number), np.flatnonzero(fold != number)
        weights = learned([texts[row] for row in outside], truth[outside])
        likely[inside] = likelihoods(weights, [texts[row] for row in inside])
    return likely


def _f1(said: NDArray[np.bool_], truth: NDArray[np.bool_]) -> dict[str, float]:
    both = float((said & truth).sum())
    precision, recall = both / max(float(said.sum()), 1.0), both / max(float(truth.sum()), 1.0)
    return {
        "precision": precision,
        "recall": recall,
        "F1": 2 * both / max(float(said.sum() + truth.sum()), 1.0),
    }


def _size() -> int:
    return Path(requests.__file__).with_suffix(".npz").stat().st_size


TASK = Task(
    name="requests",
    question="Does a sentence request something?",
    splits=(__doc__ or "").strip(),
    run=run,
)

if __name__ == "__main__":
    main(TASK)
