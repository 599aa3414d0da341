"""One parent a message, where conversations count as well as single links."""

from __future__ import annotations

import numpy as np

from crosstie.ideas.replies.deciding import decided


def rows(*messages: dict[int, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Make candidates of messages, each a chance by parent; its own number, last, is its opening."""
    starts = np.cumsum([0, *map(len, messages)])
    parents = np.array([parent for one in messages for parent in one], np.int32)
    return starts, parents, np.array([chance for one in messages for chance in one.values()], np.float32)


def parents_of(*messages: dict[int, float]) -> list[int]:
    starts, parents, chance = rows(*messages)
    chosen, _opening = decided(starts, parents, chance, 1.0)
    return [int(one) for one in parents[chosen]]


def test_a_message_opens_where_that_is_likeliest():
    assert parents_of({0: 1.0}, {0: 0.3, 1: 0.7}) == [0, 1]


def test_two_likely_parents_of_one_conversation_win_over_one_of_another():
    first_two_talk = ({0: 1.0}, {0: 0.9, 1: 0.1}, {0: 0.05, 2: 0.95})
    assert parents_of(*first_two_talk, {2: 0.4, 1: 0.35, 0: 0.2, 3: 0.05}) == [0, 0, 2, 1]


def test_the_likeliest_of_a_conversation_is_the_parent():
    assert parents_of({0: 1.0}, {0: 0.9, 1: 0.1}, {0: 0.3, 1: 0.6, 2: 0.1}) == [0, 0, 1]


def test_a_conversation_is_named_by_its_opening():
    starts, parents, chance = rows({0: 1.0}, {1: 1.0}, {1: 0.9, 2: 0.1}, {2: 0.8, 3: 0.2})
    assert decided(starts, parents, chance, 1.0)[1].tolist() == [0, 1, 1, 1]
