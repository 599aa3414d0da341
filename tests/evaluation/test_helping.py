"""Who helped whom, from commits: what is hidden is not seen, and chance is chance."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest
from evaluation._commits import Act, log_of, replies
from evaluation.helping import BESIDE, HELPED, Case, Kept, auc, cases_of, permuted, scores


def _commit(author: str, day: str, *trailers: str, parents: int = 1) -> str:
    return json.dumps(
        {
            "parents": ["0"] * parents,
            "an": author,
            "ae": f"{author.partition(' ')[0].lower()}@example.org",
            "ad": f"{day}T12:00:00+00:00",
            "trailers": [line.split(": ", 1) for line in trailers],
        }
    )


@pytest.fixture
def folder(tmp_path):
    lines = [
        _commit("Ada Berg", "2025-01-01", "helped-by: Ben Olu <ben@example.org>"),
        _commit("Ada Berg", "2025-01-02", "Reviewed-by: Ben Olu <b@example.net>"),
        _commit("Ada Berg", "2025-01-03", "Reviewed-by: Cleo <cleo@example.org>", parents=2),
    ]
    (tmp_path / "made.log.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    (tmp_path / "made.mailmap.gz").write_bytes(gzip.compress(b""))
    return tmp_path


def test_trailers_of_any_case_are_read_and_merges_are_left_out(folder):
    log = log_of(folder, "made")
    assert [(act.learner, act.teacher, act.label) for act in log.acts] == [
        ("ada berg", "ben olu", "Helped-by"),
        ("ada berg", "ben olu", "Reviewed-by"),
    ]
    assert [(act.learned, act.learned_back) for act in log.acts] == [(0.0, 0.0), (1.0, 0.3)]
    assert len(log.commits["ada berg"]) == 2


def test_whoever_answers_a_mail_is_who_was_learned_from(tmp_path):
    mails = (
        b"From x\nMessage-ID: <1@x>\nFrom: Ada Berg <a@x>\nDate: Wed, 01 Jan 2025 10:00:00 +0000\n\nHow?\n\n"
        b"From x\nMessage-ID: <2@x>\nIn-Reply-To: <1@x>\nFrom: Ben Olu <b@x>\n"
        b"Date: Thu, 02 Jan 2025 10:00:00 +0000\n\nSo.\n\n"
    )
    archive = tmp_path / "list.mbox.gz"
    archive.write_bytes(gzip.compress(mails))
    (act,) = replies(archive)
    assert (act.learner, act.teacher, act.label, act.learned) == ("ada berg", "ben olu", "reply", 1.0)


def _kept() -> Kept:
    acts = [Act("ada", "t0", 10.0, "Reviewed-by", 1.0, 0.3), Act("t0", "t1", 10.0, "Reviewed-by", 1.0, 0.3)]
    return Kept(acts, {"ada": [10.0], **{f"t{one}": [10.0] * 9 for one in range(6)}, "busy": [10.0] * 90})


def test_those_beside_are_as_busy_and_did_not_help():
    hidden = [Act("ada", teacher, 10.0, HELPED[0], 0.0, 0.0) for teacher in ("t0", "t1")]
    found = [case for part in (True, False) for case in cases_of(hidden, _kept(), development=part)]
    assert len(found) == 2
    for case in found:
        assert len(case.those) == 1 + BESIDE
        assert not {"busy", "ada"} & set(case.those)
        assert not {"t0", "t1"} & set(case.those[1:])


def test_an_act_counts_more_than_being_near_and_that_more_than_nothing():
    said = scores(Case("ada", ("t0", "t1", "t2", "t3"), 10.0), _kept())["ours"]
    assert said[0] > said[1] > said[2] == said[3] == 0


def test_who_knows_nothing_has_a_half_and_who_knows_all_is_no_luck():
    nothing = np.zeros((50, 4))
    assert auc(nothing).mean() == 0.5
    assert permuted(nothing) == 1.0
    every = np.tile([1.0, 0.0, 0.0, 0.0], (50, 1))
    assert auc(every).mean() == 1.0
    assert permuted(every) < 0.001
