"""Where people stand on the map, and where a person's contacts stand around them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.network.around import circle_layout
from crosstie.network.circles import Circles, circles_of, reordered, sums
from crosstie.network.network import Network, Weights

RIM = 0.88
"""Radius within which people with ties stand; those without stand on a ring at 1."""

INNER = 0.8
"""The share of the rim's radius that is drawn to scale."""

USUAL = 1.8
"""How many times the median distance from the middle is drawn to scale."""

EPOCHS = 500
EPOCHS_OF_MANY = 200
MANY_TIES = 200_000
SMOOTHINGS = 60
FLAT = 1e-9


def layout(network: Network, *, seed: int) -> NDArray[np.float64]:
    """Return (P, 2) positions between -1 and 1: people in contact are near each other.

    A neighbour embedding of the active contact. People without active contact stand on a ring outside, in the
    order of their keys. Same network and seed, same map.
    """
    circles = circles_of(network)
    position = np.zeros((circles.people, 2))
    tied = circles.sizes > 0
    alone = np.flatnonzero(~tied)
    angle = 2.0 * np.pi * np.arange(len(alone)) / max(len(alone), 1)
    position[alone, 0], position[alone, 1] = np.cos(angle), np.sin(angle)
    if tied.any():
        # Keys are drawn at random: the map starts from what people are in the network, not from their keys.
        order = _by_standing(circles)
        placed = np.empty_like(position)
        placed[order] = _embedded(reordered(circles, order), seed)
        position[tied] = _within_rim(placed[tied])
    return position


def _by_standing(circles: Circles) -> NDArray[np.int64]:
    """Return everybody in an order that renumbering people does not change: by strength, size and reach.

    Only people who are alike in all three may change places. The last bits of sums are rounded away.
    """
    rows = circles.rows()
    strength = sums(rows, circles.weights, people=circles.people)
    reach = sums(rows, circles.weights * strength[circles.contacts], people=circles.people)
    further = sums(rows, circles.weights * reach[circles.contacts], people=circles.people)
    return np.lexsort((further.round(4), reach.round(6), circles.sizes, strength.round(8)))


def _embedded(circles: Circles, seed: int) -> NDArray[np.float64]:
    """Return (P, 2) an embedding; rows of people without contacts mean nothing."""
    from crosstie.network.embedding import embed

    rows, contacts = circles.rows(), circles.contacts
    strength = _nearness(circles)
    tied = np.flatnonzero(circles.sizes > 0)
    place = np.full(circles.people, -1, dtype=np.int32)
    place[tied] = np.arange(len(tied), dtype=np.int32)
    once = rows < contacts
    epochs = EPOCHS if once.sum() <= MANY_TIES else EPOCHS_OF_MANY
    position = np.zeros((circles.people, 2))
    start = _start(circles, strength, seed)[tied]
    ends = np.stack([place[rows[once]], place[contacts[once]]], axis=1)
    position[tied] = embed(ends, strength[once] / strength.max(), start, epochs, seed)
    return position


def _nearness(circles: Circles) -> Weights:
    """Return (C,) each tie's strength relative to the strongest of its ends, in (0, 1], symmetric.

    So everybody is held by their own strongest contact, however quiet they are: a or b, as UMAP joins them.
    """
    strongest = np.zeros(circles.people)
    np.maximum.at(strongest, circles.rows(), circles.weights)
    mine = circles.weights / strongest[circles.rows()]
    theirs = circles.weights / strongest[circles.contacts]
    either: Weights = mine + theirs - mine * theirs
    return either


def _start(circles: Circles, strength: Weights, seed: int) -> NDArray[np.float64]:
    """Return (P, 2) random places, smoothed over the ties until communities show."""
    generator = np.random.default_rng(seed)
    position = generator.normal(size=(circles.people, 2))
    rows = circles.rows()
    total = np.maximum(sums(rows, strength, people=circles.people), 1e-300)
    for _ in range(SMOOTHINGS):
        for axis in range(2):
            pulled = sums(rows, strength * position[circles.contacts, axis], people=circles.people) / total
            position[:, axis] = (position[:, axis] + pulled) / 2
        position -= position.mean(axis=0)
        # Keep the axes apart: without this both would end on the same, slowest change.
        first = position[:, 0]
        position[:, 1] -= first * (first @ position[:, 1]) / max(float(first @ first), 1e-300)
        spread = position.std(axis=0)
        flat = spread < FLAT
        if flat.any():
            # In a tiny network nothing may be left of an axis, and dividing would blow up rounding errors.
            position[:, flat] = generator.normal(size=(circles.people, int(flat.sum())))
            spread = position.std(axis=0)
        position /= np.where(spread < FLAT, 1.0, spread)
    started: NDArray[np.float64] = 5.0 * position + generator.normal(scale=0.1, size=position.shape)
    return started


def _within_rim(position: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return positions centred and scaled so that half of all fill the inner map and none leaves the rim."""
    centred: NDArray[np.float64] = position - np.median(position, axis=0)
    radius = np.hypot(centred[:, 0], centred[:, 1])
    usual = USUAL * float(np.median(radius))
    if usual == 0.0:
        usual = float(radius.max())
    if usual == 0.0:
        return centred
    scaled = radius / usual
    # Beyond the usual radius the rest of the way is pressed together, so that a team that keeps to itself
    # stands apart and yet shrinks nobody.
    kept = np.where(scaled <= 1.0, INNER * scaled, INNER + (1.0 - INNER) * np.tanh(scaled - 1.0))
    share = np.divide(kept, radius, out=np.zeros_like(radius), where=radius > 0)
    centred *= RIM * share[:, None]
    return centred


__all__ = ["RIM", "circle_layout", "layout"]
