"""Conversations that talk of the same: clusters of their words, folded into fewer dimensions (LSA)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.topics.features import Rows, Vocabulary

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

DIMENSIONS = 100
MOST_FITTED = 30_000
"""More conversations than these are drawn from by chance; the others are assigned."""

FEWEST_TOPICS, MOST_TOPICS = 2, 300
_AT_ONCE = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Where texts lie, T topics among them; a text and a topic are as near as the cosine between them.

    Attributes:
        axes: (V, D) what each word adds; None where the words themselves are the axes.
        centres: (T, D) the topics, each of length 1.
    """

    axes: NDArray[np.float32] | None
    centres: NDArray[np.float32]

    def places(self, rows: Rows, weight: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return (R, D) where texts lie, each of length 1; 0 for texts without a known word.

        Args:
            rows: the texts.
            weight: one an entry, of `Vocabulary.weighed`.
        """
        if self.axes is None:
            raise TypeError("texts lie among the words themselves: ask `nearness`")
        return _unit(_folded(rows, weight, self.axes))

    def nearness(self, rows: Rows, weight: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return (R, T) how near each text is to each topic, -1 to 1."""
        if self.axes is None:
            return _folded(rows, weight, np.ascontiguousarray(self.centres.T))
        return np.asarray(self.places(rows, weight) @ self.centres.T, dtype=np.float32)


def has_models() -> bool:
    """Say whether there is what clusters; without it places stand for topics."""
    try:
        import sklearn
    except ImportError:
        return False
    return bool(sklearn)


def how_many(texts: int) -> int:
    """Return how many topics to look for: the square root of the number of conversations."""
    return int(np.clip(round(np.sqrt(texts)), FEWEST_TOPICS, MOST_TOPICS))


def fitted(
    vocabulary: Vocabulary,
    rows: Rows,
    *,
    seed: int,
    before: NDArray[np.int32] | None = None,
) -> Space:
    """Return a space with topics in it, found by k-means in the folded space of words.

    Args:
        vocabulary: the words.
        rows: conversations to look at.
        seed: of chance.
        before: (R,) the topic that each conversation had before, -1 for none: its topics are begun with, so
            that what did not change stays together.
    """
    # Asked how many cores there are, joblib looks for a program that a small machine lacks, and complains.
    os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count() or 1))
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD

    dice = np.random.default_rng(seed)
    if len(rows) > MOST_FITTED:
        drawn = np.sort(dice.choice(len(rows), MOST_FITTED, replace=False))
        rows, before = rows.some(drawn), None if before is None else before[drawn]
    weight = vocabulary.weighed(rows)
    matrix = _sparse(rows, weight, len(vocabulary.words))
    count = how_many(len(rows))
    dimensions = max(2, min(DIMENSIONS, min(matrix.shape) - 1))
    folding = TruncatedSVD(dimensions, random_state=seed).fit(matrix)
    axes = np.ascontiguousarray(folding.components_.T, dtype=np.float32)
    lie = _unit(_folded(rows, weight, axes))
    if before is None or before.max(initial=-1) < 0:
        found = KMeans(count, n_init=3, random_state=seed).fit(lie)
    else:
        found = KMeans(count, init=_begun(lie, before, count), n_init=1).fit(lie)
    return Space(axes=axes, centres=_unit(found.cluster_centers_.astype(np.float32)))


def by_place(vocabulary: Vocabulary, rows: Rows, place: NDArray[np.int32]) -> Space:
    """Return a space in which every place is a topic: what there is without a library that clusters.

    Args:
        vocabulary: the words.
        rows: conversations.
        place: (R,) where each is; places with fewer than three make no topic.
    """
    weight = vocabulary.weighed(rows)
    owner = np.repeat(np.arange(len(rows)), rows.sizes)
    sizes = np.bincount(place)
    large = np.flatnonzero(sizes >= 3)  # noqa: PLR2004 - as said
    large = large[np.argsort(-sizes[large], kind="stable")][:MOST_TOPICS]
    centres = np.zeros((len(large), len(vocabulary.words)), dtype=np.float32)
    for row, number in enumerate(large.tolist()):
        there = place[owner] == number
        centres[row] = np.bincount(rows.word[there], weights=weight[there], minlength=centres.shape[1])
    return Space(axes=None, centres=_unit(centres))


def _begun(lie: NDArray[np.float32], before: NDArray[np.int32], count: int) -> NDArray[np.float32]:
    """Return the middles of what was together before, and as many more as are wanted, far from those."""
    known = np.unique(before[before >= 0])
    sizes = np.bincount(before[before >= 0])
    known = known[np.argsort(-sizes[known], kind="stable")][:count]
    middles = [lie[before == one].mean(axis=0) for one in known.tolist()]
    while len(middles) < count:
        nearest = (lie @ _unit(np.array(middles, dtype=np.float32)).T).max(axis=1)
        middles.append(lie[int(np.argmin(nearest))])
    return np.array(middles, dtype=np.float32)


def _folded(rows: Rows, weight: NDArray[np.float32], axes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return (R, D) the weighed sums of the words' axes, some hundred texts at a time."""
    folded = np.zeros((len(rows), axes.shape[1]), dtype=np.float32)
    for first in range(0, len(rows), _AT_ONCE):
        last = min(first + _AT_ONCE, len(rows))
        starts = rows.starts[first : last + 1]
        entries = slice(int(starts[0]), int(starts[-1]))
        some = np.flatnonzero(np.diff(starts))
        if len(some):
            added = axes[rows.word[entries]] * weight[entries, None]
            folded[first + some] = np.add.reduceat(added, starts[some] - starts[0], axis=0)
    return folded


def _sparse(rows: Rows, weight: NDArray[np.float32], words: int) -> csr_matrix:
    from scipy.sparse import csr_matrix

    return csr_matrix((weight, rows.word, rows.starts), shape=(len(rows), words))


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(length, 1e-9), dtype=np.float32)
