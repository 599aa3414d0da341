"""Files of changes in clones that lack trees, or whose trees are damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.git.histories import Made, build, git
from tests.sources.git.reading import files_of


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


def test_what_git_told_before_it_met_a_damaged_folder_is_kept_and_the_rest_is_counted(tmp_path: Path) -> None:
    texts = {"One": "lib/a", "Two": "lib/a", "Three": "b"}
    path = build(
        tmp_path / "widgets", [Made(message=f"{text}\n", files={name: text}) for text, name in texts.items()]
    )
    lose(path, "HEAD~1:lib")

    found, ledger = files_of(path)

    assert found == {"One": ("lib/a",), "Two": (), "Three": ()}
    assert ledger.notes["commit whose files git could not tell"] == 2


@pytest.mark.parametrize("files", ["none", "recent", "all"])
def test_a_clone_made_without_its_trees_is_read(tmp_path: Path, files: str) -> None:
    path = build(tmp_path / "widgets", [Made(message="Begin\n", files={"README.md": "a"})])
    git(path, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--bare", "--filter=tree:0", path.as_uri(), "clone")

    found, ledger = files_of(tmp_path / "clone", files=files)

    assert found == {"Begin": ()}
    assert ledger.notes["commit whose files git could not tell"] == (files != "none")
