"""The .mailmap of clones made without their files: what is there counts, and what is not is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.git.histories import Made, build, git
from tests.sources.git.reading import reading

from crosstie.record import Account

WHAT_TO_DO = ": git show HEAD:.mailmap"
LACKING = (
    "file .mailmap that this clone lacks, so one person may count as several; to fetch it, run in the clone"
    + WHAT_TO_DO
)
UNTOLD = (
    "clone that does not tell whether it has a .mailmap, so one person may count as several; run in the clone"
    + WHAT_TO_DO
)
MAILMAP = {".mailmap": "<ada@example.org> <ada@old.example>\n"}


def history(folder: Path, files: dict[str, str]) -> Path:
    path = build(
        folder / "widgets",
        [
            Made(message="Begin\n", author="Ada <ada@old.example>", files=files | {"a": "b"}),
            Made(message="Go on\n", author="Ada <ada@example.org>"),
        ],
    )
    git(path, "config", "uploadpack.allowFilter", "true")
    return path


def clone(path: Path, *options: str) -> Path:
    git(path.parent, "clone", "--quiet", *options, path.as_uri(), "clone")
    return path.parent / "clone"


def people_and_notes(path: Path) -> tuple[set[str], list[str]]:
    traces, ledger = reading(path, files="none")
    return {trace.id for trace in traces if isinstance(trace, Account)}, list(ledger.notes)


@pytest.mark.parametrize("options", [(), ("--bare",), ("--no-checkout",), ("--filter=blob:none",)])
def test_a_clone_that_has_the_file_uses_it(tmp_path: Path, options: tuple[str, ...]) -> None:
    path = clone(history(tmp_path, MAILMAP), *options)

    assert people_and_notes(path) == ({"ada@example.org"}, [])


@pytest.mark.parametrize("options", [("--bare",), ("--no-checkout",)])
def test_a_clone_without_its_files_says_that_it_lacks_it_and_fetches_nothing(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    path = clone(history(tmp_path, MAILMAP), "--filter=blob:none", *options)
    before = {file: file.stat().st_mtime_ns for file in path.rglob("*")}

    assert people_and_notes(path) == ({"ada@example.org", "ada@old.example"}, [LACKING])
    assert {file: file.stat().st_mtime_ns for file in path.rglob("*")} == before

    git(path, "show", "HEAD:.mailmap")
    assert people_and_notes(path) == ({"ada@example.org"}, [])


@pytest.mark.parametrize("files", [MAILMAP, {}])
def test_a_clone_without_its_folders_cannot_tell(tmp_path: Path, files: dict[str, str]) -> None:
    path = clone(history(tmp_path, files), "--filter=tree:0", "--bare")

    assert people_and_notes(path) == ({"ada@example.org", "ada@old.example"}, [UNTOLD])


@pytest.mark.parametrize("options", [("--bare",), ("--filter=blob:none", "--bare")])
@pytest.mark.parametrize("files", [{}, {"sub/.mailmap": "<a@example.org> <b@example.org>\n"}])
def test_where_there_is_none_nothing_is_said(
    tmp_path: Path, options: tuple[str, ...], files: dict[str, str]
) -> None:
    path = clone(history(tmp_path, files), *options)

    assert people_and_notes(path) == ({"ada@example.org", "ada@old.example"}, [])


def test_without_a_commit_that_is_checked_out_there_is_none(tmp_path: Path) -> None:
    path = history(tmp_path, MAILMAP)
    git(path, "symbolic-ref", "HEAD", "refs/heads/nowhere")
    (path / ".mailmap").unlink()

    _, ledger = reading(path, branches="all", files="none")

    assert ledger.used == 2
    assert not ledger.notes
