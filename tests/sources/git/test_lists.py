"""Commits by authors in whose place a mailing list stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.git.histories import Made, build

from crosstie.record import Account, Interaction, Kind, Trace
from crosstie.sources import Door, Ledger
from crosstie.sources.git import SOURCE

BY_LIST = "via list <list@lists.example.org>"
CLEO = "Cleo Ito <cleo@example.org>"
OWN = "sender rewritten by a list, own address found"
BY_NAME = "sender rewritten by a list, known by name within it only"


def reading(path: Path) -> tuple[list[Trace], Ledger]:
    door = Door(ledger=Ledger())
    return list(SOURCE.read(path, SOURCE.defaults(), door)), door.ledger


def accounts(traces: list[Trace]) -> dict[str, tuple[str, str]]:
    return {trace.id: (trace.name, trace.address) for trace in traces if isinstance(trace, Account)}


def test_three_authors_behind_a_list_are_three_persons(tmp_path: Path) -> None:
    commits = [
        Made(
            message=f"Mend\n\nSigned-off-by: {name} <{address}>\nReviewed-by: Dan Lund <dan@example.org>\n",
            author=f"{name} {BY_LIST}",
            committer=CLEO,
        )
        for name, address in (
            ("Ann Berg", "ann@example.org"),
            ("Ben Carl", "Ben@example.org"),
            ("Eve Moss", "list@lists.example.org"),
        )
    ]

    traces, ledger = reading(build(tmp_path / "x", commits))

    said = [one.actor for one in traces if isinstance(one, Interaction) and one.kind is Kind.SAID]
    eve = "list@lists.example.org/eve moss"
    assert sorted(said) == ["ann@example.org", "ben@example.org", eve]
    assert accounts(traces) == {
        "ann@example.org": ("Ann Berg", "ann@example.org"),
        "ben@example.org": ("Ben Carl", "ben@example.org"),
        eve: ("Eve Moss", ""),
        "cleo@example.org": ("Cleo Ito", "cleo@example.org"),
        "dan@example.org": ("Dan Lund", "dan@example.org"),
    }
    reviewed = [one for one in traces if isinstance(one, Interaction) and one.kind is Kind.REVIEWED]
    assert {one.addressed for one in reviewed} == {(author,) for author in said}
    assert (ledger.notes[OWN], ledger.notes[BY_NAME]) == (2, 1)
    assert ledger.used == ledger.read == 3


@pytest.mark.parametrize(
    ("trailers", "committer"),
    [
        ("Cc: Ann Berg <other@example.org>\nSigned-off-by: Ann Berg <ann@example.org>\n", CLEO),
        ("Tested-by: Ann Berg <ann@example.org>\nSigned-off-by: Ben Carl <ben@example.org>\n", CLEO),
        ("Signed-off-by: Ann Berg <ann@old.example>\n", CLEO),
        ("Fixes: 12\n", "ann berg <ann@example.org>"),
    ],
)
def test_the_own_address_is_looked_for_in_the_whole_commit(
    tmp_path: Path, trailers: str, committer: str
) -> None:
    made = Made(message=f"Mend\n\n{trailers}", author=f"Ann Berg {BY_LIST}", committer=committer)
    path = build(tmp_path / "x", [made])
    (path / ".mailmap").write_text("<ann@example.org> <ann@old.example>\n", encoding="utf-8")

    traces, ledger = reading(path)

    assert accounts(traces)["ann@example.org"] == ("Ann Berg", "ann@example.org")
    assert not [one for one in accounts(traces) if "lists." in one]
    assert ledger.notes[OWN] == 1


def test_the_same_author_is_told_by_each_commit_anew(tmp_path: Path) -> None:
    commits = [
        Made(message=f"One\n\nSigned-off-by: Ann Berg <{address}>\n", author=f"Ann Berg {BY_LIST}")
        for address in ("ann@one.example", "ann@two.example")
    ]

    traces, _ = reading(build(tmp_path / "x", commits))

    assert set(accounts(traces)) == {"ann@one.example", "ann@two.example"}


def test_a_reviewer_behind_a_list_is_a_person_too(tmp_path: Path) -> None:
    message = f"Mend\n\nReviewed-by: Ben Carl {BY_LIST}\nReviewed-by: Eve Moss {BY_LIST}\n"
    cases = [Made(message=message), Made(message=f"{message}Tested-by: Ben Carl <ben@example.org>\n")]

    traces, ledger = reading(build(tmp_path / "x", cases))

    assert set(accounts(traces)) == {
        "ada@example.org", "ben@example.org",
        "list@lists.example.org/ben carl", "list@lists.example.org/eve moss",
    }  # fmt: skip
    assert (ledger.notes[OWN], ledger.notes[BY_NAME]) == (1, 3)


def test_a_bot_behind_a_list_is_nobody_and_hides_no_person_of_its_name(tmp_path: Path) -> None:
    commits = [
        Made(message=f"One\n\nSigned-off-by: Ann Berg <{address}>\n", author=f"Ann Berg {BY_LIST}")
        for address in ("noreply@example.org", "ann@example.org")
    ]

    traces, ledger = reading(build(tmp_path / "x", commits))

    assert set(accounts(traces)) == {"ann@example.org"}
    assert dict(ledger.left_out) == {"bot": 1}
    assert dict(ledger.notes) == {OWN: 1, "trailer Signed-off-by": 1}


def test_a_list_that_names_nobody_is_nobody(tmp_path: Path) -> None:
    made = Made(message="One\n\nReviewed-by: list@lists.example.org\n", author=" <list@lists.example.org>")

    traces, ledger = reading(build(tmp_path / "x", [made, Made(message=made.message)]))

    assert set(accounts(traces)) == {"ada@example.org"}
    assert dict(ledger.left_out) == {"commit without an author": 1}
    assert ledger.notes["trailer without an address"] == 1


def test_the_authors_behind_a_real_list_are_told_apart(shared_data: Path) -> None:
    traces, ledger = reading(shared_data / "git" / "ltp.log.jsonl.gz")

    found = accounts(traces)
    assert not [name for name, _ in found.values() if " via " in name]
    assert not [address for _, address in found.values() if "@lists." in address]
    assert ledger.notes[OWN] > 50 * ledger.notes[BY_NAME] > 0
