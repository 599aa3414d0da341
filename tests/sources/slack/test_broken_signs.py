"""Half an emoji, as some exporters write it, and lists that cannot be read: what is lost, and what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.sources.slack.samples import user, write

from crosstie.sources.mending import BROKEN_SIGN

HALF = "\ud83d"
CHANNELS = [{"id": "C1", "name": "general", "members": ["UADA", "UBEN"]}]
PEOPLE = [
    user("UADA", f"Ada {HALF}", "ada@example.org"),
    user("UBEN", "Ben Bauer", "ben@example.org"),
    user("UAPP", "Deploy", is_bot=True),
]
LACKING = (
    "list of people that cannot be read, so names and addresses are missing and a bot may pass for a person"
)


def said(who: str, second: int, text: str, **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": who, "ts": f"{1714550400 + second}.000100", "text": text, **more}


def export(folder: Path, people: Any, *messages: Any, content: bytes = b"") -> Path:
    files = {
        "users.json": people,
        "channels.json": CHANNELS,
        "general/2024-05-01.json": content or list(messages),
    }
    return write(folder, files)


def test_half_a_sign_in_a_message_loses_nothing_but_itself(read, tmp_path):
    blocks = [{"type": "rich_text", "elements": [{"type": "text", "text": f"cut {HALF}"}]}]
    path = export(
        tmp_path,
        PEOPLE[1:],
        said("UADA", 1, "fine 😀"),
        said("UADA", 2, f"cut {HALF}"),
        said("UBEN", 3, "a path: \\ud83d"),
        said("UBEN", 4, "", blocks=blocks),
    )

    reading = read(path)

    assert [act.text for act in reading.acts.values()] == [
        "fine 😀", "cut \ufffd", "a path: \\ud83d", "cut \ufffd"
    ]  # fmt: skip
    assert reading.ledger.notes == {BROKEN_SIGN: 2}
    assert not reading.ledger.left_out


def test_half_a_sign_in_a_name_takes_no_name_and_no_bot_away(read, tmp_path):
    path = export(
        tmp_path, PEOPLE, said("UADA", 1, "hello"), said("UBEN", 2, "hello"), said("UAPP", 3, "done")
    )

    reading = read(path, viewer="ben@example.org")

    assert {one.id: (one.name, one.address) for one in reading.accounts.values()} == {
        "UADA": ("Ada \ufffd", "ada@example.org"),
        "UBEN": ("Ben Bauer", "ben@example.org"),
    }
    assert reading.ledger.notes == {BROKEN_SIGN: 2}  # the name, and the one in the profile
    assert reading.ledger.left_out == {"bot": 1}


def test_bytes_that_are_no_utf_8_are_replaced_as_well(read, tmp_path):
    messages = json.dumps([said("UADA", 1, "RENE"), said("UBEN", 2, "good")]).encode()
    people = json.dumps(PEOPLE[1:]).encode().replace(b"Bauer", b"B\xe4uer")
    path = export(tmp_path, people, content=messages.replace(b"RENE", b"Ren\xe9"))

    reading = read(path)

    assert [act.text for act in reading.acts.values()] == ["Ren\ufffd", "good"]
    assert reading.accounts["UBEN"].name == "Ben B\ufffduer"
    assert reading.ledger.notes == {BROKEN_SIGN: 2}


def test_of_a_guest_in_no_list_the_name_in_the_message_is_read(read, tmp_path):
    guest = said("UGUS", 1, "hello", user_profile={"real_name": "GUS"})
    content = json.dumps([guest]).encode().replace(b'GUS"}', b'G\xfcs"}')

    reading = read(export(tmp_path, PEOPLE[1:], content=content))

    assert reading.accounts["UGUS"].name == "G\ufffds"
    assert reading.ledger.notes == {BROKEN_SIGN: 1}


def test_where_no_list_of_people_can_be_read_that_is_said_with_what_it_means(read, tmp_path):
    path = export(
        tmp_path,
        b"[{",
        said("UADA", 1, "hello"),
        said("UAPP", 2, "done", bot_id="B1"),
        said("UAPP", 3, "done", subtype="bot_message"),
    )

    reading = read(path)

    assert set(reading.accounts) == {"UADA"}
    assert reading.ledger.notes == {LACKING: 1}
    assert reading.ledger.left_out == {"bot": 2}


@pytest.mark.parametrize("sign", ["is_bot", "is_workflow_bot"])
def test_a_bot_whose_entry_is_damaged_stays_a_bot(read, tmp_path, sign):
    damaged = {"id": "UAPP", "name": 5, sign: True}
    path = export(tmp_path, [*PEOPLE[1:2], damaged], said("UBEN", 1, "hello"), said("UAPP", 2, "done"))

    reading = read(path)

    assert set(reading.accounts) == {"UBEN"}
    assert reading.ledger.notes == {"unreadable list or entry of a list": 1}
    assert reading.ledger.left_out == {"bot": 1}
