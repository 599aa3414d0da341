"""The names of the files that a commit changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sources.git.histories import Made, build, git
from tests.sources.git.reading import files_of

from crosstie.record import Interaction
from crosstie.sources import Door, Ledger
from crosstie.sources.git import SOURCE
from crosstie.sources.git.files import MOST_FILES, files_since

TOO_MANY = "change of so many files that they say little, without their names"


def at(year: int, month: int = 3) -> str:
    return f"{datetime(year, month, 2, tzinfo=UTC).timestamp():.0f} +0000"


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

    found, ledger = files_of(path)

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

    found, _ = files_of(path, files="all")

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

    found, _ = files_of(path)

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

    found, ledger = files_of(path)

    assert found["Import"] == ()
    assert len(found["Nearly as many"]) == MOST_FILES
    assert ledger.notes[TOO_MANY] == 1
    assert ledger.used == ledger.read == 2


def test_recent_is_the_year_of_the_last_change_and_two_before_whatever_day_it_is(tmp_path: Path) -> None:
    years = (2001, 2002, 2003, 2005)
    path = build(
        tmp_path / "widgets",
        [Made(message=f"In {year}\n", authored=at(year), files={f"f{year}": "x"}) for year in years],
    )

    recent, _ = files_of(path)
    every, _ = files_of(path, files="all")
    none, _ = files_of(path, files="none")

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

    found, _ = files_of(path, branches="all")

    assert found["Begin"] == ("a",)
    assert found["Go on"] == ("c",)


def test_a_later_reading_says_the_same_of_what_was_there(tmp_path: Path) -> None:
    path = build(tmp_path / "widgets", [Made(message="Begin\n", authored=at(2023, 2), files={"a": "x"})])
    before, _ = files_of(path)
    git(path, "fast-import", "--quiet", text=(
        f"commit refs/heads/main\ncommitter Ada Berg <ada@example.org> {at(2025, 11)}\ndata 5\nLater\n"
        "from refs/heads/main^0\nM 100644 inline b\ndata 1\nx\n\n"
    ).encode())  # fmt: skip

    after, _ = files_of(path)

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

    found, _ = files_of(path)

    assert found == {f"Change {number}": (f"f{number}",) for number in range(450)}


@pytest.mark.parametrize("openness", ["members", "direct"])
def test_no_file_is_named_where_not_everybody_may_read(tmp_path: Path, openness: str) -> None:
    path = build(tmp_path / "widgets", [Made(message="Begin\n", files={"README.md": "a"})])

    found, ledger = files_of(path, openness=openness)

    assert list(found.values()) == [()]
    assert ledger.used == 1


def test_a_history_with_long_hashes_names_its_files(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--object-format=sha256", "widgets")
    path = tmp_path / "widgets"
    for name in ("a", "b"):
        (path / name).write_text("x")
        git(path, "add", name)
        git(path, "commit", "--quiet", "-m", f"Add {name}")

    assert files_of(path)[0] == {"Add a": ("a",), "Add b": ("b",)}


def test_a_dry_run_asks_for_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = build(tmp_path / "widgets", [Made(message="Begin\n", files={"README.md": "a"})])
    monkeypatch.setattr("crosstie.sources.git.files.Files._answer", lambda *_: pytest.fail("asked"))

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
    found, ledger = files_of(with_a_wrong_clock(tmp_path / "widgets"))

    assert {text: files for text, files in found.items() if files} == {"Begin": ("a",), "Go on": ("c",)}
    assert not ledger.notes
    assert ledger.used == 14


def test_a_parent_that_is_far_is_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crosstie.sources.git.files._MOST_TREES", 1)
    monkeypatch.setattr("crosstie.sources.git.repository._CHUNK", 1 << 9)  # so that trees are let go of
    path = build(
        tmp_path / "widgets",
        [
            Made(message="Begin\n", files={"a": "1"}),
            *(Made(message=f"Change {number}\n", files={"a": f"{number}"}) for number in range(2, 12)),
            Made(message="From the beginning\n", parents=(1,), files={"b": "1"}),
            Made(message="Nothing, from the second\n", parents=(2,)),
            Made(message="Join\n", parents=(11, 12, 13)),
        ],
    )

    found, ledger = files_of(path)

    assert found["From the beginning"] == ("b",)
    assert found["Nothing, from the second"] == ()
    assert all(files == ("a",) for text, files in found.items() if text.startswith("Change"))
    assert not ledger.notes


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

    found, ledger = files_of(path)

    assert found == {"Begin": ("a",), "Go on": ("b",)}
    assert "commit whose files git could not tell" not in ledger.notes


def test_in_the_first_years_that_are_believed_recent_has_no_beginning() -> None:
    ends = [files_since("recent", datetime(year, 6, 1, tzinfo=UTC)) for year in (1, 1981, 1982)]

    assert ends == [files_since("all", datetime(1990, 1, 1, tzinfo=UTC))] * 2 + [
        datetime(1980, 1, 1, tzinfo=UTC)
    ]
