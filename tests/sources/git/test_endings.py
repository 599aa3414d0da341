"""The trailers of a message are those that git finds in it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.sources.git.histories import Made, build, git

from crosstie.sources.git.endings import Endings, trailers_of

LINES = (
    "Reviewed-by: Ada <ada@example.org>", "Signed-off-by: Ben <ben@example.org>", "Helped-by : Cleo",
    "Co-authored-by:Dan <dan@example.org>", "Fixes:", "(cherry picked from commit 1234)", "  folded on",
    "\tfolded, too  ", "Some prose.", "Prose with a colon: here", "See https://example.org/x", ": nothing",
    "# a remark", "#", " ", "\t", "", "", "", "Conflicts:", "\tfile.txt", "[ben: changed]", "Two words: x",
    "Trailing-space: x  ", "Cr: at the end\r", "\r", "Ünlaut: x", "---",
)  # fmt: skip
TITLES = ("Mend the pump", "", "# no title", "Reviewed-by: a title", "pump: mend it", " indented")


def message(dice: random.Random) -> str:
    """Return a message of lines of all sorts; git's import keeps it as it is."""
    body = [dice.choice(LINES) for _ in range(dice.randrange(9))]
    return "\n".join([dice.choice(TITLES), *dice.choice(([""], [" "], [])), *body, *[""] * dice.randrange(3)])


def test_they_are_those_that_git_finds(tmp_path: Path) -> None:
    dice = random.Random(1)
    repository = build(tmp_path / "x", [Made(message=message(dice)) for _ in range(3_000)])
    fields = git(repository, "log", "-z", "--format=%B%x00%(trailers:only,unfold)").split("\0")[:-1]
    messages, theirs = fields[0::2], fields[1::2]
    ours = Endings().trailers(messages)
    assert len(messages) == len(theirs) == 3_000
    assert sum(map(bool, ours)) > 300
    wrong = [
        (written, found, wanted.removesuffix("\n"))
        for written, found, wanted in zip(messages, ours, theirs, strict=True)
        if found != wanted.removesuffix("\n")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("written", "trailers"),
    [
        ("Title\n", ""),
        ("Title\nReviewed-by: Ada\n", ""),
        ("Title\n\nReviewed-by: Ada\n", "Reviewed-by: Ada"),
        ("Title\n\nReviewed-by: Ada\nand more\n", ""),
        ("Title\n\nSigned-off-by: Ada\n[ada: typo]\nTested-by: Ben\n", "Signed-off-by: Ada\nTested-by: Ben"),
        ("Title\n\nHelped-by: Ada\n  Berg\n", "Helped-by: Ada Berg"),
        ("Title\n\nprose\n \nHelped-by: Ada\n", "Helped-by: Ada"),
        ("Title\n\nHelped-by: Ada\n\n# a remark\n", "Helped-by: Ada"),
        ("Title\n\nHelped-by: Ada\n\nConflicts:\n\tfile\n", "Helped-by: Ada"),
    ],
)
def test_where_trailers_stand(written: str, trailers: str) -> None:
    assert Endings().trailers([written, written]) == [trailers, trailers]
    assert (trailers_of(written) or "") == trailers


def test_an_ending_is_looked_at_once_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crosstie.sources.git.endings._MOST_REMEMBERED", 2)
    endings = Endings()
    endings.trailers([f"Title\n\nHelped-by: {name}\n" for name in ("Ada", "Ada", "Ben")])
    assert len(endings) == 2
    endings.trailers(["Title\n\nHelped-by: Cleo\n"])
    assert len(endings) == 1
