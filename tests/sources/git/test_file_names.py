"""Names of files as git says them: odd ones, very many, and whatever a clone has set."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from tests.sources.git.histories import Made, build, git
from tests.sources.git.reading import files_of

from crosstie.sources.git.files import MOST_HELD

UNFIT = "name of a file with control characters, of more than 1,000 characters, or empty"
TOO_MANY = "change of so many files that they say little, without their names"


@pytest.mark.parametrize(
    "name",
    [
        "a b.txt",
        'quo"ted.txt',
        'back\\slash "and" more',
        "Grüße/ä.txt",
        "日本/語.md",
        "/".join(["x" * 99] * 10),
    ],
)
def test_names_come_as_they_are(tmp_path: Path, name: str) -> None:
    path = build(tmp_path / "widgets", [Made(message="Begin\n", files={"first": "x"})])
    (path / name).parent.mkdir(exist_ok=True, parents=True)
    (path / name).write_text("x")
    git(path, "add", "--all")
    git(path, "commit", "--quiet", "-m", "Odd")

    found, ledger = files_of(path, files="all")

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

    found, ledger = files_of(path, files="all")

    assert found["Odd"] == ("good.txt",)
    assert ledger.notes == {UNFIT: 1}


def test_a_name_that_is_no_utf_8_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = build(tmp_path / "widgets", [Made(message="Begin\n", files={"first": "x"})])
    git(path, "fast-import", "--quiet", text=(
        b"commit refs/heads/main\ncommitter Ada Berg <ada@example.org> 1700000001 +0000\ndata 4\nOdd\n"
        b"from refs/heads/main^0\nM 100644 inline caf\xe9.txt\ndata 1\nx\n\n"
    ))  # fmt: skip

    found, ledger = files_of(path)

    assert found["Odd"] == ("caf\ufffd.txt",)
    assert ledger.notes == {"stretch of file names that are not UTF-8": 1}


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
    found, ledger = files_of(path)
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

    assert files_of(path, files="all")[0] == expected
