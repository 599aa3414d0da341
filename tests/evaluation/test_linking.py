"""The official measures of reply links, on links that can be worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluation._chat_logs import logs
from evaluation._linking import exactly, labels, score, shapes
from evaluation.replies import previous
from evaluation.unpacking import unpacked

GOLD = {"log": frozenset({(10, 10), (10, 11), (12, 12), (12, 13)})}
HERE = {"log": range(10, 14)}


def test_the_truth_scores_full_marks():
    one = score(GOLD, GOLD, HERE)
    assert (one.f1, one.vi, one.one_to_one, one.exact_f1) == (100, 100, 100, 100)


def test_links_count_one_by_one_and_conversations_as_a_whole():
    found = {"log": frozenset({(10, 10), (10, 11), (11, 12), (12, 13)})}
    one = score(found, GOLD, HERE)
    assert (one.precision, one.recall) == (75, 75)
    assert one.one_to_one == 50
    assert one.exact_f1 == 0
    assert one.vi == pytest.approx(50), "one bit of two is lost"


def test_several_parents_are_several_links():
    gold = {"log": frozenset({(10, 10), (10, 11), (10, 12), (11, 12), (13, 13)})}
    one = score({"log": frozenset({(10, 10), (10, 11), (10, 12), (13, 13)})}, gold, HERE)
    assert (one.precision, one.recall) == (100, 80)
    assert one.one_to_one == 100


def test_messages_before_the_annotated_hold_conversations_together_and_are_not_counted():
    assert labels({(3, 10), (3, 12), (11, 11)}, range(10, 13), "log") == [("log", 3), ("log", 11), ("log", 3)]


def test_conversations_of_one_message_do_not_count_as_exact():
    ours = [("log", 1), ("log", 2), ("log", 2)]
    true = [("log", 1), ("log", 2), ("log", 3)]
    assert exactly(ours, true) == (0, 0, 0)
    assert exactly(ours, ours) == (1, 1, 1)


def test_numbers_of_two_logs_are_not_mixed_up():
    assert shapes([("a", 1), ("b", 1)], [("a", 1), ("b", 1)]) == (1, 1)


def test_the_previous_message_scores_what_was_published(shared_data: Path):
    with unpacked(shared_data / "irc-ubuntu.tar.xz") as folder:
        parts = logs(folder / "irc-ubuntu" / "test")
    one = score(
        previous(parts),
        {part.name: part.links for part in parts},
        {part.name: part.annotated for part in parts},
    )
    figures = (one.precision, one.recall, one.f1, one.vi, one.one_to_one, one.exact_f1)
    assert [round(figure, 1) for figure in figures] == [35.7, 34.4, 35.0, 66.1, 27.6, 0.0]
