"""Lists of introductions beside ties that came, and ties that were hidden."""

from __future__ import annotations

import numpy as np
import pytest
from evaluation._hidden_ties import hiding, judged, ours
from evaluation._mail_ties import Mails, cut, mails_of
from evaluation._new_ties import LIST, OURS, scores, top
from evaluation._new_ties import judged as judged_new
from evaluation._new_ties import ours as ours_new


def _mails(rows: list[tuple[int, int, float]]) -> Mails:
    sender, recipient, day = (np.array(column) for column in zip(*rows, strict=True))
    return mails_of(sender, recipient, day.astype(np.float64))


MAILS = _mails(
    [
        (0, 1, 1.0),
        (1, 2, 2.0),
        (1, 2, 61.0),
        (3, 1, 2.0),
        (0, 0, 3.0),
        (0, 2, 70.0),
        (2, 3, 90.0),
        (1, 0, 70.0),
    ]
)


def test_known_are_all_before_the_day_and_new_those_of_the_days_after():
    found = cut(MAILS, day=62.0, days=20.0)
    assert sorted(zip(*np.nonzero(found.known), strict=True)) == [
        (0, 1),
        (1, 0),
        (1, 2),
        (1, 3),
        (2, 1),
        (3, 1),
    ]
    assert sorted(zip(*np.nonzero(found.new), strict=True)) == [(0, 2), (2, 0)]
    assert found.decayed[1, 2] == pytest.approx(0.5 + 0.5 ** (1 / 60))


def test_a_mail_to_several_is_one_conversation():
    found = cut(_mails([(0, 1, 1.0), (0, 2, 1.0), (0, 3, 2.0)]), day=1.0 + 60, days=1.0)
    together = found.colleagues.together
    assert together is not None
    of_one = slice(together.starts[1], together.starts[2])
    assert together.contacts[of_one].tolist() == [0, 2]
    assert together.weights[of_one].tolist() == pytest.approx([0.25, 0.25])


def test_recall_is_of_ten_or_of_what_there_is():
    found = cut(MAILS, day=62.0, days=20.0)
    cases = np.array([0, 2])
    lists = {way: top(score, found, cases) for way, score in scores(found).items()}
    lists[OURS] = [ours_new(found, cases)]
    rows, recall = judged_new(lists, found, cases)
    assert all(len(every) <= LIST for every in lists[OURS][0])
    assert recall[OURS].tolist() == [1.0, 1.0]
    assert rows[OURS]["hit"] == 1.0


def test_of_hidden_ties_the_figures_are_those_worked_out_by_hand():
    pairs = np.array([[0, 1], [1, 2], [1, 3], [3, 4], [0, 2], [2, 3], [0, 3], [1, 4], [2, 4], [0, 4]])
    one = hiding(pairs, np.array([0, 0, 0, 1, 1]), 0)
    assert int(one.hidden.sum()) == 2
    figures, recall = judged(ours(one), one)
    assert recall.tolist() == [1.0, 1.0]
    assert figures["recall"] == 1.0
    # Three contacts, all in touch with each other and with the one suggested: 1 - 2 * 6 / 4 + 2 * 3 / 3.
    assert figures["gain"] == pytest.approx(0.0)
