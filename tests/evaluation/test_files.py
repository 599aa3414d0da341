"""Who knows a file, looked at from before each change: of a made-up repository whose folders have owners."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from evaluation._rolled import Told
from tests.actions.test_files import OWNERS, commits
from tests.sources.git.histories import build

from crosstie.config import AdviceSettings
from crosstie.ideas.threads import Answer, Question
from evaluation import files


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return files.told_in(build(tmp_path_factory.mktemp("clones") / "widgets", list(commits())))


def test_one_file_of_each_change_is_asked_for_and_always_the_same(told):
    asked = files.asked_for(told, 0.5, 1.0)

    changed = {one.number: one.message.files for one in told.rows if isinstance(one, Question)}
    assert min(asked) > 12
    assert all(path in changed[number] for number, path in asked.items())
    assert asked == files.asked_for(told, 0.5, 1.0)


def test_nothing_later_is_looked_at(told):
    asked = files.asked_for(told, 0.5, 1.0)
    first = min(asked)
    cut = Told(
        rows=[
            one for one in told.rows if (one.number if isinstance(one, Question) else one.question) <= first
        ],
        names=told.names,
    )

    (one, *_) = files.cases(told, asked, AdviceSettings())
    (alone,) = files.cases(cut, {first: asked[first]}, AdviceSettings())

    assert one.moment.asked == alone.moment.asked
    assert np.allclose(one.moment.voted.votes[: len(alone.moment.voted.votes)], alone.moment.voted.votes)
    assert (one.last > 0).sum() == (alone.last > 0).sum() == 2, "its owner and its reviewer"


def test_with_the_files_the_owners_stand_in_front_and_without_they_do_not(told):
    seen = list(files.cases(told, files.asked_for(told, 0.5, 1.0), AdviceSettings()))
    runs = files.runs_of(seen, AdviceSettings())

    assert len(seen) == 13
    assert runs[files.OURS].reciprocal.mean() == 1
    assert runs[files.RECENT].reciprocal.mean() == 1
    assert runs[files.WITHOUT].reciprocal.mean() < 0.9, "chance orders those who are equal"


def test_a_result_says_which_clone_and_against_what(tmp_path: Path):
    build(tmp_path / files.CLONES / "widgets", list(commits()))

    found = files.run(tmp_path, development=False)

    assert [table.title for table in found.tables] == ["widgets: 5 changes"]
    assert [line.split(": ")[1] for line in found.verdicts] == [
        f"{way}, against {other}"
        for way in (files.OURS, files.RECENT)
        for other in (files.WITHOUT, files.LAST, files.BY_WORDS, files.RECENT_BY_WORDS)
    ]
    (table,) = found.tables
    shown = {name: row["and with a change to show"] for name, row in table.rows.items()}
    assert (shown[files.OURS], shown[files.WITHOUT], shown[files.LAST]) == (1.0, 0.0, None)
    assert len(list(found.predictions)) == 5


def test_without_clones_it_says_so(tmp_path: Path):
    assert "Not looked at" in files.run(tmp_path, development=False).verdicts[0]


def test_everybody_who_had_a_part_is_the_truth(told):
    people = {one.message.author for one in told.rows if isinstance(one, Answer)}
    assert len(people) == 1 + 2 * len(OWNERS)
