"""The official measures of reply links (Kummerfeld et al. 2019), over all files of a part together.

Links: precision, recall and F1 over pairs of (earlier, later), an opening being a link to itself.
Conversations are the connected parts of the links, of the annotated messages alone. They are compared by 1
- VI / log2 n, by the best one-to-one overlap, and by the F1 of conversations of two messages or more that
are found exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Links = AbstractSet[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Score:
    """All measures in percent."""

    precision: float
    recall: float
    f1: float
    vi: float
    one_to_one: float
    exact_precision: float
    exact_recall: float
    exact_f1: float


def score(found: Mapping[str, Links], gold: Mapping[str, Links], annotated: Mapping[str, range]) -> Score:
    """Score links by file.

    Args:
        found: links by file.
        gold: the true ones.
        annotated: the numbers of the messages that count.
    """
    right = sum(len(found[name] & gold[name]) for name in gold)
    precision, recall = right / sum(map(len, found.values())), right / sum(map(len, gold.values()))
    ours = [part for name in gold for part in labels(found[name], annotated[name], name)]
    true = [part for name in gold for part in labels(gold[name], annotated[name], name)]
    vi, one_to_one = shapes(ours, true)
    exact = exactly(ours, true)
    return Score(*(100 * one for one in (precision, recall, _f1(precision, recall), vi, one_to_one, *exact)))


def labels(links: Iterable[tuple[int, int]], annotated: range, name: str = "") -> list[tuple[str, int]]:
    """Return the conversation of each annotated message: the file and the conversation's smallest number."""
    root: dict[int, int] = {}

    def top(one: int) -> int:
        while root.get(one, one) != one:
            root[one] = root.get(root[one], root[one])
            one = root[one]
        return one

    for link in links:
        low, high = sorted(map(top, link))
        root[high] = low
    return [(name, top(one)) for one in annotated]


def shapes(ours: list[tuple[str, int]], true: list[tuple[str, int]]) -> tuple[float, float]:
    """Return 1 - VI / log2 n and the best one-to-one overlap."""
    from scipy.optimize import linear_sum_assignment

    a, b = _numbers(ours), _numbers(true)
    n = len(a)
    table = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(table, (a, b), 1)
    joint = table / n
    rows, columns = joint.sum(1, keepdims=True), joint.sum(0, keepdims=True)
    filled = joint > 0
    apart = np.log2(joint, where=filled, out=np.zeros_like(joint)) * 2 - np.log2(rows) - np.log2(columns)
    vi = -(joint * apart)[filled].sum()
    chosen = linear_sum_assignment(table, maximize=True)
    return float(1 - vi / np.log2(n)), float(table[chosen].sum() / n)


def exactly(ours: list[tuple[str, int]], true: list[tuple[str, int]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the conversations of two or more that are the same in both."""
    a, b = _members(ours), _members(true)
    right = len(a & b)
    precision, recall = right / max(len(a), 1), right / max(len(b), 1)
    return precision, recall, _f1(precision, recall)


def _members(parts: list[tuple[str, int]]) -> set[frozenset[int]]:
    members: dict[tuple[str, int], list[int]] = {}
    for at, part in enumerate(parts):
        members.setdefault(part, []).append(at)
    return {frozenset(one) for one in members.values() if len(one) > 1}


def _numbers(parts: list[tuple[str, int]]) -> NDArray[np.int64]:
    number = {part: at for at, part in enumerate(dict.fromkeys(parts))}
    return np.array([number[part] for part in parts])


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
