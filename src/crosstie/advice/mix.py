"""A learned mix of features: which of the people who could answer did, over many earlier questions.

A logistic regression over candidates, question by question (McFadden's conditional logit): the chance that
the candidate with features x is one who answers is proportional to exp(w·x). Only differences within a
question count, so that nothing has to be said of how often questions are answered at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STEPS = 50
_SMALL = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One earlier question: C candidates, and who of them answered.

    Attributes:
        features: (C, F) standardised within the question (`standardised`).
        answered: (C,) whether this candidate did; at least one is true.
    """

    features: NDArray[np.float64]
    answered: NDArray[np.bool_]


def standardised(
    features: NDArray[np.float64], least: NDArray[np.float64] | float = _SMALL
) -> NDArray[np.float64]:
    """Return (C, F) features with mean 0 and deviation 1 over the candidates; 0 where all are alike.

    Args:
        features: (C, F).
        least: (F,) a deviation taken to be that large at least: among a few people who answered within
            minutes of one another, those minutes say nothing.
    """
    if not len(features):
        return features
    made: NDArray[np.float64] = (features - features.mean(axis=0)) / np.maximum(features.std(axis=0), least)
    return made


def learned(choices: Sequence[Choice], *, penalty: float, prior: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the (F,) weights that make the earlier answers likeliest, pulled towards `prior`.

    Maximises the sum over questions of the log chance that it is one of those who answered, less
    ``penalty / 2 * |w - prior|²``: who asks is helped by one of them, and need not find them all. Each step
    is one of Newton's, halved where it has to be, with the chances among those who answered held (McLachlan
    and Krishnan 2008, the EM algorithm), so that no step makes it worse. It starts from the prior, and there
    is no seed.

    Args:
        choices: earlier questions.
        penalty: L2; the larger, the closer to the prior.
        prior: (F,) weights to start from and to stay near.
    """
    weights = prior.copy()
    value, slope, curve = _look(choices, weights, penalty, prior)
    for _ in range(_STEPS):
        step = np.linalg.solve(curve, slope)
        scale = 1.0
        while True:
            tried = _look(choices, weights + scale * step, penalty, prior)
            if tried[0] >= value or scale < _SMALL:
                break
            scale /= 2
        gain = tried[0] - value
        weights = weights + scale * step
        value, slope, curve = tried
        if gain < _SMALL * max(1, len(choices)):
            break
    return weights


def _look(
    choices: Sequence[Choice], weights: NDArray[np.float64], penalty: float, prior: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Return the value, its gradient and its negative Hessian at these weights."""
    away = weights - prior
    value = -0.5 * penalty * float(away @ away)
    slope = -penalty * away
    curve = penalty * np.eye(len(weights))
    for choice in choices:
        features = choice.features
        scores, theirs = features @ weights, features[choice.answered]
        chances, total = _chances(scores)
        among_them, of_them = _chances(scores[choice.answered])
        mean = chances @ features
        value += of_them - total
        slope = slope + among_them @ theirs - mean
        curve = curve + (features * chances[:, None]).T @ features - np.outer(mean, mean)
    return value, slope, curve


def _chances(scores: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Return the chance of each, and the log of the sum of exp(score)."""
    top = scores.max()
    chances: NDArray[np.float64] = np.exp(scores - top)
    total = chances.sum()
    return chances / total, float(top + np.log(total))
