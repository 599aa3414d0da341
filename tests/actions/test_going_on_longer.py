"""What a snapshot kept stays while little came since: later ones have the same files, and go on from then."""

from __future__ import annotations

import errno
import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.actions import company
from tests.actions.searching import decoded
from tests.actions.test_going_on import SINCE, WEEKS, WENT_ON, assert_same, read_more, why

from crosstie.actions import going_on, looking, snapshots
from crosstie.actions.forgetting import forget
from crosstie.actions.home import Home
from crosstie.actions.snapshots import Snapshot
from crosstie.network.going_on.refusals import Anew
from crosstie.record import Kind

pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to four rows are few beside the 120 of the firm."""
    monkeypatch.setattr(going_on, "FEW", 0.04)


def kept(snapshot: Snapshot) -> dict[str, int]:
    """The files that a snapshot kept, each by its place on the disk."""
    return {file.name: file.stat().st_ino for file in (snapshot.folder / "kept").iterdir()}


def test_while_little_came_since_the_next_ones_have_the_same_files(firm: Home):
    first = kept(snapshots.current(firm))
    assert {"what.json", "whole", "open"} == first.keys()
    for row in SINCE[:3]:
        later = read_more(firm, [row])
        assert later.tied["whole"] == WENT_ON
        then = kept(later)
        assert {"whole-since", "open-since"} == then.keys() - first.keys()
        assert (then["whole"], then["open"]) == (first["whole"], first["open"])
    assert [one.name for one in (firm.folder / "snapshots").iterdir()] == [later.folder.name]
    assert_same(firm, later)


def test_when_more_came_since_all_is_kept_anew(firm: Home):
    first = kept(snapshots.current(firm))
    more = [company.said(800 + number, "Kim", days=60, mentioned=("Ada",)) for number in range(4)]
    later = read_more(firm, [*SINCE, *more])
    assert later.tied["whole"] == WENT_ON
    then = kept(later)
    assert first.keys() == then.keys()
    assert not set(first.values()) & set(then.values())
    last = read_more(firm, [company.said(900, "Kim", days=7 * WEEKS + 2, mentioned=("Ada",))])
    assert (kept(last)["whole"], kept(last)["open"]) == (then["whole"], then["open"])
    assert_same(firm, last)


def test_where_a_file_has_one_name_alone_it_is_copied(firm: Home, monkeypatch: pytest.MonkeyPatch):
    def refused(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no second names here", str(target))

    monkeypatch.setattr(Path, "hardlink_to", refused)
    for number in range(2):
        later = read_more(firm, [company.said(900 + number, "Kim", days=60, mentioned=("Ada",))])
    assert later.tied["whole"] == WENT_ON
    assert {file.stat().st_nlink for file in (later.folder / "kept").iterdir()} == {1}
    assert_same(firm, later)


def test_forgetting_leaves_no_name_of_any_file_that_was_kept(firm: Home):
    for row in SINCE[:2]:
        later = read_more(firm, [row])
    ben = looking.find(firm, company.address("Ben Olu")).key
    with ExitStack() as stack:
        files = [stack.enter_context(file.open("rb")) for file in (later.folder / "kept").iterdir()]
        assert ben in "".join(file.read().decode("latin-1") for file in files)
        assert {os.fstat(file.fileno()).st_nlink for file in files} == {1}
        assert forget(firm, ben)["is_erased"]
        assert {os.fstat(file.fileno()).st_nlink for file in files} == {0}
    assert ben not in decoded(firm)
    assert why(snapshots.current(firm)) == Anew.FIRST
    assert ben not in decoded(firm)


def test_where_what_came_since_is_damaged_it_is_not_gone_on_from(firm: Home):
    snapshots.current(firm)
    file = read_more(firm, SINCE[:1]).folder / "kept" / "whole-since"
    file.write_bytes(file.read_bytes()[:-1])
    assert why(read_more(firm, SINCE[1:2])) == Anew.FIRST


def test_what_an_answer_of_the_day_before_waited_for_asks_for_all_anew(firm: Home):
    snapshots.current(firm)
    read_more(firm, [company.said(701, "Kim", days=57, kind=Kind.REPLIED, replies_to="m702")])
    assert why(read_more(firm, [company.said(702, "Lea", days=56)])) == Anew.ANSWERED


def test_files_that_hold_what_was_there_alone_are_not_looked_at(firm: Home, monkeypatch: pytest.MonkeyPatch):
    for row in SINCE[:3]:
        read_more(firm, [row])
    firm.record.compact()
    monkeypatch.delattr(going_on, "ids_and_digests")
    later = read_more(firm, SINCE[3:4])
    assert later.tied["whole"] == WENT_ON
    assert_same(firm, later)


def test_more_than_is_held_is_read_where_it_lies(firm: Home, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(going_on, "HELD_ROWS", -1)
    snapshots.current(firm)
    later = read_more(firm)
    assert later.tied == {"whole": WENT_ON, "open": WENT_ON}
    assert_same(firm, later)
