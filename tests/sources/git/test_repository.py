"""A clone as it lies there: what it is known by and when it is refused; nothing in it is run or changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import REPOSITORY
from tests.sources.git import samples
from tests.sources.git.histories import Made, build, git
from tests.sources.git.reading import acts, reading

from crosstie.errors import SourceRefused
from crosstie.record import Interaction, Kind, Openness, Place
from crosstie.sources.git import SOURCE


def test_the_source_is_known_by_its_root_and_a_clone_of_any_shape_gives_the_same(tmp_path: Path) -> None:
    path = samples.make(tmp_path)
    git(tmp_path, "clone", "--quiet", "--bare", str(path), "elsewhere.git")
    git(path, "worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))

    traces, _ = reading(path)

    (root,) = git(path, "rev-list", "--max-parents=0", "HEAD").split()
    assert {trace.source for trace in traces} == {f"git:{root}"}
    for other in (path / ".git", tmp_path / "elsewhere.git", tmp_path / "linked"):
        assert SOURCE.recognises(other) > 0.9
        assert reading(other)[0][1:] == traces[1:]
    assert reading(tmp_path / "elsewhere.git")[0][0] == Place(
        source=f"git:{root}", id="repository", name="elsewhere", openness=Openness.OPEN
    )


def test_of_several_roots_the_oldest_names_the_source_wherever_it_was_merged(tmp_path: Path) -> None:
    commits = [
        Made(message="Begin\n", authored="1700000000 +0000"),
        Made(message="Begin elsewhere, long before\n", authored="1600000000 +0000", parents=()),
        Made(message="Go on there\n", authored="1650000000 +0000"),
        Made(message="Bring both together\n", authored="1700000100 +0000", parents=(1, 3)),
    ]
    path = build(tmp_path / "x", commits)
    oldest = git(path, "rev-parse", "HEAD^2~1").strip()

    traces, ledger = reading(path)

    assert {trace.source for trace in traces} == {f"git:{oldest}"}
    assert ledger.used == len(commits)


def test_where_a_clock_was_so_wrong_that_no_root_comes_first_the_source_is_known_all_the_same(
    tmp_path: Path,
) -> None:
    commits = [
        Made(message="Begin\n", authored="1600000000 +0000"),
        Made(message="By a clock of long ago\n", authored="1000000000 +0000"),
        Made(message="Beside it\n", authored="1500000000 +0000", parents=(1,)),
        Made(message="Bring both together\n", authored="1700000000 +0000", parents=(2, 3)),
    ]
    path = build(tmp_path / "x", commits)
    (root,) = git(path, "rev-list", "--max-parents=0", "HEAD").split()
    assert git(path, "log", "--reverse", "--format=%H").split()[0] != root

    traces, ledger = reading(path)

    assert {trace.source for trace in traces} == {f"git:{root}"}
    assert ledger.used == len(commits)


def test_a_longer_history_keeps_what_was_there(tmp_path: Path) -> None:
    commits = [Made(message="Begin\n"), Made(message="Go on\n\nReviewed-by: Ben <ben@example.org>\n")]

    shorter = acts(build(tmp_path / "one", commits))
    longer = acts(build(tmp_path / "two", [*commits, Made(message="End\n")]))

    assert longer[: len(shorter)] == shorter
    assert len(longer) == len(shorter) + 1


def test_a_commit_has_a_link_where_the_origin_is_a_forge_or_a_setting_says_so(tmp_path: Path) -> None:
    path = build(tmp_path / "x", [Made(message="One\n")])
    sha = git(path, "rev-parse", "HEAD").strip()

    assert acts(path)[0].link == ""
    assert acts(path, link="https://git.example/c/{sha}")[0].link == f"https://git.example/c/{sha}"
    git(path, "remote", "add", "origin", "https://ada:secret@github.com/example/widgets.git")
    assert acts(path)[0].link == f"https://github.com/example/widgets/commit/{sha}"


def test_a_repository_without_commits_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="no commits yet") as refused:
        reading(build(tmp_path / "empty", []))
    assert refused.value.hint


def test_an_empty_branch_is_refused_and_all_branches_can_be_read(tmp_path: Path) -> None:
    path = samples.make(tmp_path)
    git(path, "symbolic-ref", "HEAD", "refs/heads/nowhere")

    with pytest.raises(SourceRefused, match="checked out") as refused:
        reading(path)
    assert "branches" in refused.value.hint
    assert reading(path, branches="all")[1].read == samples.UNITS


def test_what_somebody_put_aside_is_no_part_of_the_history(tmp_path: Path) -> None:
    path = samples.make(tmp_path)
    (path / "lamp").write_text("on")
    git(path, "add", "lamp")
    git(path, "stash")
    git(path, "notes", "add", "-m", "a remark")
    git(path, "branch", "side", "HEAD~1")

    assert reading(path, branches="all")[1].read == samples.UNITS


def test_a_shallow_clone_is_refused_since_its_root_is_not_known(tmp_path: Path) -> None:
    path = samples.make(tmp_path)
    git(tmp_path, "clone", "--quiet", "--depth=2", f"file://{path}", "shallow")

    with pytest.raises(SourceRefused, match="shallow") as refused:
        reading(tmp_path / "shallow")
    assert "--unshallow" in refused.value.hint


def test_a_machine_without_git_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = samples.make(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SourceRefused, match="not installed"):
        reading(path)


def test_a_damaged_object_is_refused_with_git_s_reason(tmp_path: Path) -> None:
    path = samples.make(tmp_path)
    for stored in filter(Path.is_file, (path / ".git" / "objects").rglob("*")):
        stored.chmod(0o600)
        content = stored.read_bytes()
        stored.write_bytes(content[: len(content) // 2])

    with pytest.raises(SourceRefused) as refused:
        reading(path)
    assert refused.value.hint


def test_nothing_that_a_repository_configures_is_run(tmp_path: Path) -> None:
    path = samples.make(tmp_path)
    ran = tmp_path / "ran"
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {ran}\n")
    trap.chmod(0o755)
    for name, value in {
        "core.pager": str(trap), "core.fsmonitor": str(trap), "core.sshCommand": str(trap),
        "gpg.program": str(trap),
        "log.showSignature": "true", "diff.external": str(trap), "core.hooksPath": str(tmp_path),
        "alias.log": f"!{trap}", "log.showRoot": "true", "remote.origin.url": f"ext::{trap}",
        "remote.origin.promisor": "true", "extensions.partialClone": "origin",
        "core.excludesFile": "~/.gitignore", "core.attributesFile": "~/.gitattributes",
    }.items():  # fmt: skip
        git(path, "config", name, value)

    assert reading(path)[1].read == samples.UNITS
    assert not ran.exists()


def test_reading_changes_nothing_in_the_repository(tmp_path: Path) -> None:
    path = samples.make(tmp_path)
    before = {file: (file.stat().st_mtime_ns, file.stat().st_size) for file in path.rglob("*")}

    reading(path)

    assert {file: (file.stat().st_mtime_ns, file.stat().st_size) for file in path.rglob("*")} == before


def test_a_folder_inside_a_repository_is_no_repository(tmp_path: Path) -> None:
    path = samples.make(tmp_path)
    inside = path / "sub"
    inside.mkdir()

    assert SOURCE.recognises(inside) == 0
    with pytest.raises(SourceRefused, match="no Git repository"):
        reading(inside)


def test_the_projects_own_clone_is_read_whole() -> None:
    if not (REPOSITORY / ".git").exists():
        pytest.skip("the tests run outside a clone")

    traces, ledger = reading(REPOSITORY)

    assert ledger.read == int(git(REPOSITORY, "rev-list", "--count", "HEAD"))
    assert sum(isinstance(trace, Interaction) and trace.kind is Kind.SAID for trace in traces) == ledger.used
