"""Files of changes in clones that lack trees, or whose trees are damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.git.histories import Made, build, git
from tests.sources.git.reading import files_of

from crosstie.sources.git import files as asking


def lose(path: Path, what: str) -> None:
    """Take one object from a repository."""
    lost = git(path, "rev-parse", what).strip()
    for pack in (path / ".git/objects/pack").glob("*.pack"):
        text = pack.read_bytes()
        for one in pack.parent.glob(f"{pack.stem}.*"):
            one.unlink()
        git(path, "unpack-objects", "-q", text=text)
    (path / ".git/objects" / lost[:2] / lost[2:]).unlink()


def test_where_the_trees_are_missing_the_changes_are_read_and_that_is_said(tmp_path: Path) -> None:
    path = build(
        tmp_path / "widgets", [Made(message="Begin\n", files={"README.md": "a"}), Made(message="Go on\n")]
    )
    lose(path, "HEAD^{tree}")

    found, ledger = files_of(path)

    assert found == {"Begin": (), "Go on": ()}
    assert ledger.notes["commit whose files git could not tell"] == 2


@pytest.mark.parametrize(
    "lost", [("Two",), ("One",), ("Five",), ("Two", "Three"), ("One", "Four"), ("Two", "Five")]
)
def test_around_damaged_folders_the_rest_is_told(tmp_path: Path, lost: tuple[str, ...]) -> None:
    titles = ["Zero", "One", "Two", "Three", "Four", "Five", "Six"]
    path = build(
        tmp_path / "widgets",
        [Made(message=f"{title}\n", files={f"{title}/a": title}) for title in titles],
    )
    for title in lost:
        lose(path, f"HEAD:{title}")

    found, ledger = files_of(path)

    assert found == {title: () if title in lost else (f"{title}/a",) for title in titles}
    assert ledger.notes["commit whose files git could not tell"] == len(lost)


def test_a_damaged_commit_tree_costs_only_what_it_is_compared_with(tmp_path: Path) -> None:
    titles = ["Zero", "One", "Two", "Three"]
    path = build(tmp_path / "widgets", [Made(message=f"{title}\n", files={title: title}) for title in titles])
    lose(path, "HEAD~2^{tree}")

    found, ledger = files_of(path)

    assert found == {"Zero": ("Zero",), "One": (), "Two": (), "Three": ("Three",)}
    assert ledger.notes["commit whose files git could not tell"] == 2


def test_git_is_not_started_again_and_again_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_MOST_STARTS", 3)
    titles = [f"Title {number}" for number in range(8)]
    path = build(
        tmp_path / "widgets", [Made(message=f"{title}\n", files={f"{title}/a": title}) for title in titles]
    )
    for title in titles[2:6]:
        lose(path, f"HEAD:{title}")

    found, ledger = files_of(path)

    assert found[titles[0]] == (f"{titles[0]}/a",)
    assert not any(found[title] for title in titles[2:])
    assert ledger.notes["commit whose files git could not tell"] == sum(not files for files in found.values())


@pytest.mark.parametrize("files", ["none", "recent", "all"])
def test_a_clone_made_without_its_trees_is_read(tmp_path: Path, files: str) -> None:
    path = build(tmp_path / "widgets", [Made(message="Begin\n", files={"README.md": "a"})])
    git(path, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--bare", "--filter=tree:0", path.as_uri(), "clone")

    found, ledger = files_of(tmp_path / "clone", files=files)

    assert found == {"Begin": ()}
    assert ledger.notes["commit whose files git could not tell"] == (files != "none")
