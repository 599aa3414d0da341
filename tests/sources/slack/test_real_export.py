"""Fifty-seven overlapping runs of a real open community, counted beside the reader."""

from __future__ import annotations

import json
import tarfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.unpacking import unpack

from crosstie.record import Kind, KnownHow, Openness


@pytest.fixture(scope="module")
def packed(shared_data) -> Path:
    path: Path = shared_data / "slack-olake.tar.gz"
    assert path.is_file()
    return path


@pytest.fixture(scope="module")
def rows(packed) -> list[tuple[str, dict[str, Any]]]:
    """Every row of every day file with its folder, by Python's own tar and JSON."""
    found = []
    with tarfile.open(packed) as archive:
        for info in archive:
            parts = info.name.split("/")
            if info.isfile() and len(parts) == 6 and parts[-1].endswith(".json"):
                stream = archive.extractfile(info)
                assert stream is not None
                found += [(parts[-2], row) for row in json.load(stream)]
    return found


@pytest.fixture(scope="module")
def reading(packed, read) -> Any:
    return read(packed)


def test_every_row_and_reaction_is_used_or_explained(rows, reading):
    ledger = reading.ledger
    reactions = sum(len(reaction["users"]) for _, row in rows for reaction in row.get("reactions") or ())

    assert len(rows) == 2_345
    assert ledger.read == len(rows) + reactions
    assert ledger.read == ledger.used + sum(ledger.left_out.values())
    assert "unreadable message" not in ledger.left_out
    assert "unreadable file" not in ledger.left_out


def test_the_runs_give_346_different_messages_and_those_of_people_are_read_once(rows, reading):
    by_people = {(folder, row["ts"]) for folder, row in rows if not row.get("bot_id")}
    messages = [act for act in reading.acts.values() if act.kind is not Kind.THANKED]

    assert len({(folder, row["ts"]) for folder, row in rows}) == 346
    assert len(messages) == len(by_people)
    names = {place.id: place.name for place in reading.places.values()}
    assert {(names[act.place], act.external_id.split("/")[1]) for act in messages} == by_people


def test_the_replies_in_threads_are_the_257_that_the_rows_show(rows, reading):
    shown = {(folder, row["ts"]): row.get("thread_ts", row["ts"]) != row["ts"] for folder, row in rows}
    replies = reading.kinds(Kind.REPLIED)

    assert sum(shown.values()) == len(replies) == 257
    assert all(act.replies_to and act.known_how is KnownHow.STATED for act in replies)
    # A row that was sent to the channel too names no parent, and a bot is nobody to learn from.
    bots = {row["user"] for _, row in rows if row.get("bot_id")}
    parents = {row["ts"]: row.get("parent_user_id", "") for _, row in rows}
    for act in replies:
        parent = parents[act.external_id.split("/")[1]]
        assert act.parent_author == ("" if parent in bots else parent)
    assert sum(not act.parent_author for act in replies) == 3


def test_reactions_are_those_of_the_rows(rows, reading):
    given = {
        (folder, row["ts"], reaction["name"], user)
        for folder, row in rows
        if not row.get("bot_id")
        for reaction in row.get("reactions") or ()
        for user in reaction["users"]
        if user != row["user"]
    }

    assert len(reading.kinds(Kind.THANKED)) == len(given) > 200


def test_a_folder_and_its_archive_give_the_same(packed, reading, read, tmp_path):
    unpack(packed, tmp_path)
    from_folder, from_tar = read(tmp_path), reading

    assert from_folder.acts == from_tar.acts
    assert from_folder.ledger == from_tar.ledger


def test_all_of_it_is_open_and_of_one_workspace(rows, reading):
    (team,) = {row["team"] for _, row in rows if row.get("team")}

    assert Counter(act.openness for act in reading.acts.values()) == {Openness.OPEN: len(reading.acts)}
    assert {trace.source for trace in reading.traces} == {f"slack:{team}"}
