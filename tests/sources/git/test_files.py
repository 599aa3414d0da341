"""The names of the files that a commit changed."""

from __future__ import annotations

import os
import shutil
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sources.git.histories import Made, build, git

from crosstie.record import Interaction, Kind
from crosstie.sources import Door, Ledger
from crosstie.sources.git import SOURCE
from crosstie.sources.git.files import MOST_FILES, MOST_HELD, files_since

UNFIT = "name of a file with control characters, of more than 1,000 characters, or empty"
TOO_MANY = "change of so many files that they say little, without their names"


def at(year: int, month: int = 3) -> str:
    return f"{datetime(year, month, 2, tzinfo=UTC).timestamp():.0f} +0000"


def reading(path: Path, **chosen: str) -> tuple[dict[str, tuple[str, ...]], Ledger]:
    """Return the files of each change by the first line of its message, and the ledger."""
    door = Door(ledger=Ledger(), viewer="ada@example.org")
    traces = [
        one
        for one in SOURCE.read(path, {**SOURCE.defaults(), **chosen}, door)
        if isinstance(one, Interaction)
    ]
    assert not any(one.files for one in traces if one.kind is not Kind.SAID)
    texts = {one.external_id: one.text or "" for one in traces if one.kind is Kind.SAID}
    return {
        (texts[one.external_id].splitlines() or [one.external_id])[0]: one.files
        for one in traces
        if one.kind is Kind.SAID
    }, door.ledger


def test_a_change_names_the_files_it_made_or_changed(tmp_path: Path) -> None:
    path = build(
        tmp_path / "widgets",
        [
            Made(message="Begin\n", files={"README.md": "a", "src/lamp.py": "a"}),
            Made(message="Mend the lamp\n", files={"src/lamp.py": "b"}),
            Made(message="Say nothing new\n"),
            Made(
                message="Add a lens\n\nReviewed-by: Ben <ben@example.org>\n",
                files={"src/optics/lens.py": "c"},
            ),
        ],
    )

    found, ledger = reading(path)

    assert found == {
        "Begin": ("README.md", "src/lamp.py"),
        "Mend the lamp": ("src/lamp.py",),
        "Say nothing new": (),
        "Add a lens": ("src/optics/lens.py",),
    }
    assert TOO_MANY not in ledger.notes


def test_a_file_that_moved_has_its_new_name_and_one_that_went_has_none(tmp_path: Path) -> None:
    path = build(
        tmp_path / "widgets", [Made(message="Begin\n", files={"lamp.py": "shine\n" * 9, "old.py": "x"})]
    )
    git(path, "mv", "lamp.py", "light.py")
    git(path, "commit", "--quiet", "-m", "Call it light")
    git(path, "rm", "--quiet", "old.py")
    git(path, "commit", "--quiet", "-m", "Away with it")

    found, _ = reading(path, files="all")

    assert found["Call it light"] == ("light.py",)
    assert found["Away with it"] == ()


def test_a_merge_names_none(tmp_path: Path) -> None:
    path = build(
        tmp_path / "widgets",
        [
            Made(message="Begin\n", files={"a": "1"}),
            Made(message="One side\n", files={"b": "1"}),
            Made(message="Other side\n", parents=(1,), files={"c": "1"}),
            Made(message="Merge\n", parents=(2, 3), files={"c": "1", "b": "2"}),
        ],
    )

    found, _ = reading(path)

    assert found == {"Begin": ("a",), "One side": ("b",), "Other side": ("c",), "Merge": ()}


def test_of_a_change_of_very_many_files_none_is_named_and_that_is_counted(tmp_path: Path) -> None:
    many = {f"src/part{number}.py": "x" for number in range(MOST_FILES + 1)}
    path = build(
        tmp_path / "widgets",
        [
            Made(message="Import\n", files=many),
            Made(message="Nearly as many\n", files=dict.fromkeys(list(many)[1:], "y")),
        ],
    )

    found, ledger = reading(path)

    assert found["Import"] == ()
    assert len(found["Nearly as many"]) == MOST_FILES
    assert ledger.notes[TOO_MANY] == 1
    assert ledger.used == ledger.read == 2


@pytest.mark.parametrize(
    "name", ["a b.txt", 'quo"ted.txt', "Grüße/ä.txt", "日本/語.md", "/".join(["x" * 99] * 10)]
)
def test_names_come_as_they_are(tmp_path: Path, name: str) -> None:
    path = build(tmp_path / "widgets", [Made(message="Begin\n", files={"first": "x"})])
    (path / name).parent.mkdir(exist_ok=True, parents=True)
    (path / name).write_text("x")
    git(path, "add", "--all")
    git(path, "commit", "--quiet", "-m", "Odd")

    found, ledger = reading(path, files="all")

    assert found["Odd"] == (name,)
    assert not ledger.notes


@pytest.mark.parametrize(
    "name",
    [
        "tab\there",
        "line\nend",
        "esc\x1b[2J",
        "next\x85",
        "exe\u202egnp",
        "left\u2066",
        "mark\u200f",
        "/".join(["x" * 99] * 10) + "/y",
    ],
)
def test_a_name_that_would_show_as_another_or_is_very_long_is_left_out_and_counted(
    tmp_path: Path, name: str
) -> None:
    path = build(tmp_path / "widgets", [Made(message="Begin\n", files={"first": "x"})])
    for one in (name, "good.txt"):
        (path / one).parent.mkdir(exist_ok=True, parents=True)
        (path / one).write_text("x")
    git(path, "add", "--all")
    git(path, "commit", "--quiet", "-m", "Odd")

    found, ledger = reading(path, files="all")

    assert found["Odd"] == ("good.txt",)
    assert ledger.notes == {UNFIT: 1}


def test_a_name_that_is_no_utf_8_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = build(tmp_path / "widgets", [Made(message="Begin\n", files={"first": "x"})])
    git(path, "fast-import", "--quiet", text=(
        b"commit refs/heads/main\ncommitter Ada Berg <ada@example.org> 1700000001 +0000\ndata 4\nOdd\n"
        b"from refs/heads/main^0\nM 100644 inline caf\xe9.txt\ndata 1\nx\n\n"
    ))  # fmt: skip

    found, ledger = reading(path)

    assert found["Odd"] == ("caf\ufffd.txt",)
    assert ledger.notes == {"stretch of file names that are not UTF-8": 1}


def test_recent_is_the_year_of_the_last_change_and_two_before_whatever_day_it_is(tmp_path: Path) -> None:
    years = (2001, 2002, 2003, 2005)
    path = build(
        tmp_path / "widgets",
        [Made(message=f"In {year}\n", authored=at(year), files={f"f{year}": "x"}) for year in years],
    )

    recent, _ = reading(path)
    every, _ = reading(path, files="all")
    none, _ = reading(path, files="none")

    assert [year for year in years if recent[f"In {year}"]] == [2003, 2005]
    assert [year for year in years if every[f"In {year}"]] == list(years)
    assert not any(none.values())


def test_a_clock_that_runs_ahead_makes_nothing_else_old(tmp_path: Path) -> None:
    path = build(
        tmp_path / "widgets",
        [
            Made(message="Begin\n", authored=at(2005), files={"a": "x"}),
            Made(message="To come\n", authored=at(2090), files={"b": "x"}),
            Made(message="Go on\n", authored=at(2006), files={"c": "x"}),
        ],
    )

    found, _ = reading(path, branches="all")

    assert found["Begin"] == ("a",)
    assert found["Go on"] == ("c",)


def test_a_later_reading_says_the_same_of_what_was_there(tmp_path: Path) -> None:
    path = build(tmp_path / "widgets", [Made(message="Begin\n", authored=at(2023, 2), files={"a": "x"})])
    before, _ = reading(path)
    git(path, "fast-import", "--quiet", text=(
        f"commit refs/heads/main\ncommitter Ada Berg <ada@example.org> {at(2025, 11)}\ndata 5\nLater\n"
        "from refs/heads/main^0\nM 100644 inline b\ndata 1\nx\n\n"
    ).encode())  # fmt: skip

    after, _ = reading(path)

    assert after == {**before, "Later": ("b",)}


def test_many_changes_keep_their_files(tmp_path: Path) -> None:
    path = build(
        tmp_path / "widgets",
        [
            Made(
                message=f"Change {number}\n",
                authored=f"{1_700_000_000 + number} +0000",
                files={f"f{number}": "x"},
            )
            for number in range(450)
        ],
    )

    found, _ = reading(path)

    assert found == {f"Change {number}": (f"f{number}",) for number in range(450)}


@pytest.mark.parametrize("openness", ["members", "direct"])
def test_no_file_is_named_where_not_everybody_may_read(tmp_path: Path, openness: str) -> None:
    path = build(tmp_path / "widgets", [Made(message="Begin\n", files={"README.md": "a"})])

    found, ledger = reading(path, openness=openness)

    assert list(found.values()) == [()]
    assert ledger.used == 1


def test_where_the_trees_are_missing_the_changes_are_read_and_that_is_said(tmp_path: Path) -> None:
    path = build(
        tmp_path / "widgets", [Made(message="Begin\n", files={"README.md": "a"}), Made(message="Go on\n")]
    )
    tree = git(path, "rev-parse", "HEAD^{tree}").strip()
    for pack in (path / ".git/objects/pack").glob("*.pack"):
        text = pack.read_bytes()
        for one in pack.parent.glob(f"{pack.stem}.*"):
            one.unlink()
        git(path, "unpack-objects", "-q", text=text)
    (path / ".git/objects" / tree[:2] / tree[2:]).unlink()

    found, ledger = reading(path)

    assert found == {"Begin": (), "Go on": ()}
    assert ledger.notes["commit whose files git could not tell"] == 2


@pytest.mark.parametrize("files", ["none", "recent", "all"])
def test_a_clone_made_without_its_trees_is_read(tmp_path: Path, files: str) -> None:
    path = build(tmp_path / "widgets", [Made(message="Begin\n", files={"README.md": "a"})])
    git(path, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--bare", "--filter=tree:0", path.as_uri(), "clone")

    found, ledger = reading(tmp_path / "clone", files=files)

    assert found == {"Begin": ()}
    assert ledger.notes["commit whose files git could not tell"] == (files != "none")


def test_a_dry_run_asks_for_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = build(tmp_path / "widgets", [Made(message="Begin\n", files={"README.md": "a"})])
    monkeypatch.setattr("crosstie.sources.git.files.Files._read_on", lambda _: pytest.fail("asked"))

    door = Door(ledger=Ledger(), dry=True)
    found = [one for one in SOURCE.read(path, SOURCE.defaults(), door) if isinstance(one, Interaction)]

    assert [one.files for one in found] == [()]


def test_without_any_time_nothing_is_recent() -> None:
    assert files_since("recent", None) is None
    assert files_since("none", datetime(2026, 1, 1, tzinfo=UTC)) is None


def with_a_wrong_clock(path: Path) -> Path:
    """Make a history of two recent commits, between them some of a machine whose clock was behind."""
    wrong = [
        Made(message=f"Clock {number}\n", authored=at(2001), files={"b": f"{number}"}) for number in range(12)
    ]
    begin = Made(message="Begin\n", authored=at(2024), files={"a": "x"})
    return build(path, [begin, *wrong, Made(message="Go on\n", authored=at(2025), files={"c": "x"})])


def test_a_clock_that_was_behind_takes_the_files_from_nothing_else(tmp_path: Path) -> None:
    found, ledger = reading(with_a_wrong_clock(tmp_path / "widgets"))

    assert {text: files for text, files in found.items() if files} == {"Begin": ("a",), "Go on": ("c",)}
    assert not ledger.notes
    assert ledger.used == 14


def test_with_an_old_git_the_same_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = with_a_wrong_clock(tmp_path / "widgets")
    expected = reading(path)
    old = tmp_path / "bin" / "git"
    old.parent.mkdir()
    old.write_text(
        f'#!/bin/sh\ncase "$*" in *since-as-filter*) echo "$*" >> {tmp_path}/asked; exit 128;; esac\n'
        f'exec {shutil.which("git")} "$@"\n'
    )
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}:{os.environ['PATH']}")

    assert reading(path) == expected
    assert (tmp_path / "asked").exists()


@pytest.mark.parametrize("committed", ["0 +0000", at(1971), at(1981)])
def test_after_a_last_change_by_a_clock_that_was_never_set_all_is_recent(
    tmp_path: Path, committed: str
) -> None:
    path = build(
        tmp_path / "widgets",
        [
            Made(message="Begin\n", authored=at(2024), files={"a": "x"}),
            Made(message="Go on\n", authored=at(2025), committed=committed, files={"b": "x"}),
        ],
    )

    found, ledger = reading(path)

    assert found == {"Begin": ("a",), "Go on": ("b",)}
    assert "commit whose files git could not tell" not in ledger.notes


def test_in_the_first_years_that_are_believed_recent_has_no_beginning() -> None:
    ends = [files_since("recent", datetime(year, 6, 1, tzinfo=UTC)) for year in (1, 1981, 1982)]

    assert ends == [files_since("all", datetime(1990, 1, 1, tzinfo=UTC))] * 2 + [
        datetime(1980, 1, 1, tzinfo=UTC)
    ]


def test_of_a_change_of_a_whole_tree_little_is_held(tmp_path: Path) -> None:
    path = build(tmp_path / "widgets", [Made(message="Begin\n")])
    tree = b"".join(b"M 100644 :1 %s/d%03d/f%06d\n" % (b"long" * 40, i // 400, i) for i in range(40_000))
    who = b"committer Ada Berg <ada@example.org> 17000001%02d +0000\n"
    git(path, "fast-import", "--quiet", text=(
        b"blob\nmark :1\ndata 1\nx\n"
        b"commit refs/heads/main\n" + who % 1 + b"data 6\nImport\nfrom refs/heads/main^0\n" + tree +
        b"commit refs/heads/main\n" + who % 2 + b"data 4\nMove\ndeleteall\nM 100644 :1 a\nM 100644 :1 z\n"
        b"commit refs/heads/main\n" + who % 3 + b"data 5\nGo on\nM 100644 :1 b\n"
    ))  # fmt: skip

    tracemalloc.start()
    found, ledger = reading(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found == {"Begin": (), "Import": (), "Move": ("a", "z"), "Go on": ("b",)}
    assert ledger.notes == {TOO_MANY: 1}
    assert most < 8 * MOST_HELD


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("log.showRoot", "false"),
        ("diff.ignoreSubmodules", "all"),
        ("submodule.part.ignore", "all"),
        ("i18n.logOutputEncoding", "UTF-16"),
        ("diff.orderFile", "order"),
        ("diff.orderFile", "/not/there"),
        ("diff.renames", "copies"),
        ("diff.relative", "true"),
        ("log.diffMerges", "first-parent"),
        ("color.ui", "always"),
    ],
)
def test_what_a_clone_has_set_changes_no_names(tmp_path: Path, setting: str, value: str) -> None:
    path = build(
        tmp_path / "widgets",
        [
            Made(message="Begin\n", files={"a": "1", ".gitmodules": '[submodule "part"]\n\tpath = part\n'}),
            Made(message="Go on\n", files={"a": "2", "b": "1"}),
        ],
    )
    git(path, "update-index", "--add", "--cacheinfo", f"160000,{'a' * 40},part")
    git(path, "commit", "--quiet", "-m", "Bring in a part")
    (path / "order").write_text("b\n")
    expected = {"Begin": (".gitmodules", "a"), "Go on": ("a", "b"), "Bring in a part": ("part",)}

    git(path, "config", setting, value)

    assert reading(path, files="all")[0] == expected
