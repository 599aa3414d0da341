"""Two sites' real dumps, counted beside the reader with Python's own tree of XML."""

from __future__ import annotations

import tarfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.unpacking import unpack

from crosstie.record import Kind, KnownHow, Openness

Table = list[dict[str, str]]


def tables_of(packed: Path) -> dict[str, Table]:
    found: dict[str, Table] = {}
    with tarfile.open(packed) as archive:
        for info in archive:
            if info.isfile() and info.name.endswith(".xml"):
                stream = archive.extractfile(info)
                assert stream is not None
                found[Path(info.name).stem] = [row.attrib for row in ET.parse(stream).getroot()]
    return found


@pytest.fixture(scope="module")
def quantum(shared_data) -> Path:
    path: Path = shared_data / "stackexchange-quantum.tar.xz"
    assert path.is_file()
    return path


@pytest.fixture(scope="module")
def tables(quantum) -> dict[str, Table]:
    return tables_of(quantum)


@pytest.fixture(scope="module")
def reading(quantum, read) -> Any:
    return read(quantum)


def of_kind(tables: dict[str, Table], kind: str) -> Table:
    return [row for row in tables["Posts"] if row["PostTypeId"] == kind]


def by_people(rows: Table, column: str) -> Table:
    return [row for row in rows if int(row.get(column, "0")) > 0]


def test_the_dump_holds_what_is_written_of_it(tables):
    questions = of_kind(tables, "1")
    duplicates = [row for row in tables["PostLinks"] if row["LinkTypeId"] == "3"]

    assert len(questions) == 612
    assert len(of_kind(tables, "2")) == 1_060
    assert sum("AcceptedAnswerId" in row for row in questions) == 389
    assert len(duplicates) == 14


def test_every_row_and_acceptance_is_used_or_explained(tables, reading):
    ledger = reading.ledger
    accepted = sum("AcceptedAnswerId" in row for row in tables["Posts"])
    rows = sum(len(tables[name]) for name in ("Posts", "Comments", "Votes", "PostLinks"))

    assert ledger.read == rows + accepted
    assert ledger.left_out["mark that a question was asked before"] == 14
    assert sum(count for why, count in ledger.left_out.items() if "vote" in why) + sum(
        ledger.left_out[why] for why in ("bookmark", "bounty")
    ) == len(tables["Votes"])
    assert not [why for why in ledger.left_out if "unreadable" in why or "unknown" in why]


def test_questions_and_answers_are_those_of_people(tables, reading):
    assert {act.external_id for act in reading.kinds(Kind.SAID)} == {
        row["Id"] for row in by_people(of_kind(tables, "1"), "OwnerUserId")
    }
    answers = {row["Id"]: row for row in by_people(of_kind(tables, "2"), "OwnerUserId")}
    replies = {act.external_id: act for act in reading.kinds(Kind.REPLIED) if act.external_id.isdecimal()}
    owners = {row["Id"]: row.get("OwnerUserId", "") for row in tables["Posts"]}

    assert replies.keys() == answers.keys()
    assert all(act.replies_to == answers[number]["ParentId"] for number, act in replies.items())
    assert all(act.parent_author == owners[act.replies_to] for act in replies.values())


def test_comments_are_those_of_people(tables, reading):
    comments = by_people(tables["Comments"], "UserId")
    acts = [act for act in reading.kinds(Kind.REPLIED) if not act.external_id.isdecimal()]

    assert len(comments) == 3_412
    assert {act.external_id for act in acts} == {f"comment-{row['Id']}" for row in comments}
    assert Counter(act.actor for act in acts) == Counter(row["UserId"] for row in comments)


def test_no_comment_is_held_to_answer_its_own_writer_or_somebody_who_was_not_there(tables, reading):
    post_of = {f"comment-{row['Id']}": row["PostId"] for row in tables["Comments"]}
    writers = {row["Id"]: row.get("OwnerUserId", "") for row in tables["Posts"]}
    writers |= {f"comment-{row['Id']}": row.get("UserId", "") for row in tables["Comments"]}
    acts = [act for act in reading.kinds(Kind.REPLIED) if act.external_id in post_of]
    inferred = [act for act in acts if act.known_how is KnownHow.INFERRED]

    for act in acts:
        assert act.parent_author in {"", writers[act.replies_to]}
        if act.replies_to in post_of:
            assert post_of[act.replies_to] == post_of[act.external_id]
            assert act.parent_author != act.actor
    assert 300 < len(inferred) < 600
    assert all(writers[post_of[act.external_id]] == act.actor for act in inferred)


def test_each_accepted_answer_of_somebody_else_is_thanked_for(tables, reading):
    owners = {row["Id"]: row["OwnerUserId"] for row in by_people(tables["Posts"], "OwnerUserId")}
    accepted = {
        (row["AcceptedAnswerId"], owners[row["Id"]])
        for row in tables["Posts"]
        if "AcceptedAnswerId" in row and row["Id"] in owners
    }
    of_others = {pair for pair in accepted if owners.get(pair[0]) != pair[1]}
    voted = {row["PostId"]: row["CreationDate"][:10] for row in tables["Votes"] if row["VoteTypeId"] == "1"}
    written = {row["Id"]: row["CreationDate"][:10] for row in tables["Posts"]}
    thanks = reading.kinds(Kind.THANKED)

    assert {(act.replies_to, act.actor) for act in thanks} == of_others
    assert len(of_others) == 372
    assert all(act.parent_author == owners[act.replies_to] for act in thanks)
    for act in thanks:
        assert f"{act.at:%Y-%m-%d}" == max(voted[act.replies_to], written[act.replies_to])


def test_people_are_those_who_took_part_and_the_site_itself_is_nobody(tables, reading):
    names = {row["Id"]: " ".join(row["DisplayName"].split()) for row in tables["Users"]}
    acted = {act.actor for act in reading.acts.values()}

    assert len(names) == 3_461
    assert "-1" in names
    assert "-1" not in reading.accounts
    assert acted <= reading.accounts.keys()
    assert all(account.name == names[number] for number, account in reading.accounts.items())


def test_all_of_it_is_open_and_of_one_site(reading, tables):
    first_tags = {row["Tags"].strip("<>").split("><")[0] for row in of_kind(tables, "1")}

    assert {act.openness for act in reading.acts.values()} == {Openness.OPEN}
    assert len({trace.source for trace in reading.traces}) == 1
    assert reading.places.keys() <= first_tags
    assert len(reading.places) >= 64


def test_a_folder_gives_the_same_as_the_archive(quantum, reading, read, tmp_path):
    unpack(quantum, tmp_path)

    from_folder = read(tmp_path / "stackexchange-quantum")
    assert from_folder.acts == reading.acts
    assert from_folder.ledger == reading.ledger


def test_another_site_is_another_source_with_numbers_of_its_own(shared_data, reading, read):
    packed = shared_data / "stackexchange-conlang.tar.xz"
    tables, other = tables_of(packed), read(packed)

    assert len(of_kind(tables, "1")) == 54
    assert len(other.kinds(Kind.SAID)) == len(by_people(of_kind(tables, "1"), "OwnerUserId"))
    assert len(of_kind(tables, "2")) == 115
    assert {trace.source for trace in other.traces}.isdisjoint(trace.source for trace in reading.traces)
    assert other.ledger.left_out["by somebody whose account is gone"] == sum(
        "OwnerUserId" not in row for row in tables["Posts"]
    ) + sum("UserId" not in row for row in tables["Comments"])
