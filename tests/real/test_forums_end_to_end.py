"""A site's dump and a forum's archive from file to network, their pairs found by another way."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.real.test_exports_end_to_end import home, pairs, read, total

from crosstie.actions.home import Home

pytestmark = pytest.mark.long

__all__ = ["home"]


def test_who_answered_and_who_asked_are_in_contact(home: Home, shared_data: Path):
    packed = shared_data / "stackexchange-quantum.tar.xz"
    tables: dict[str, list[dict[str, str]]] = {}
    with tarfile.open(packed) as archive:
        for name in ("Posts", "Users", "Comments"):
            stream = archive.extractfile(f"stackexchange-quantum/{name}.xml")
            assert stream is not None
            tables[name] = [row.attrib for row in ET.parse(stream).getroot()]
    names = {row["Id"]: " ".join(row["DisplayName"].split()) for row in tables["Users"] if row["Id"] != "-1"}
    owner = {row["Id"]: names.get(row.get("OwnerUserId", ""), "") for row in tables["Posts"]}
    answered = {
        frozenset((owner[row["Id"]], owner[row["ParentId"]])) for row in tables["Posts"] if "ParentId" in row
    }
    expected = {pair for pair in answered if len(pair) == 2 and "" not in pair}

    saved = read(home, packed)

    found = pairs(home)
    assert len(expected) > 500
    assert expected <= found
    # Nobody is tied whom neither an answer nor a comment under the same post brought together.
    there: dict[str, set[str]] = {number: {name} for number, name in owner.items()}
    for row in tables["Comments"]:
        there[row["PostId"]].add(names.get(row.get("UserId", ""), ""))
    together = answered | {
        frozenset((one, other)) for people in there.values() for one in people for other in people
    }
    assert found <= together
    assert total(saved) > 18_000


def test_who_replies_and_who_is_replied_to_are_in_contact(home: Home, shared_data: Path):
    packed = shared_data / "discourse-delving.tar.xz"
    rows: dict[int, dict[str, Any]] = {}
    with tarfile.open(packed) as archive:
        for info in archive:
            if info.isfile() and "/posts/" in info.name:
                stream = archive.extractfile(info)
                assert stream is not None
                row = json.load(stream)
                if row["user_id"] > 0 and row["version"] >= rows.get(row["id"], row)["version"]:
                    rows[row["id"]] = row
    spots = {(row["topic_id"], row["post_number"]): row for row in rows.values()}
    replied = {
        frozenset((row["user_id"], answered["user_id"]))
        for row in rows.values()
        if not row["user_deleted"]
        and (answered := spots.get((row["topic_id"], row["reply_to_post_number"])))
        and row["post_number"] > 1
    }
    names: dict[int, set[str]] = {}
    for row in rows.values():  # people are renamed between two posts
        named = [(row["user_id"], row)]
        if answered := row.get("reply_to_user"):
            named.append((answered.get("id", 0), answered))
        for user, told in named:
            names.setdefault(user, set()).add(" ".join((told["name"] or told["username"]).split()))
    expected = [tuple(pair) for pair in replied if len(pair) == 2]

    read(home, packed)

    found = pairs(home)
    assert len(expected) > 700
    for one, other in expected:
        assert any(frozenset((name, their)) in found for name in names[one] for their in names[other])
    assert {name for pair in found for name in pair} <= set().union(*names.values())
