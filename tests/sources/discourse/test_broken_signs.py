"""Half an emoji in what a forum answers: it is replaced, and nothing else is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crosstie.sources.mending import BROKEN_SIGN

HALF = "\ud83d"
ADA, BEN = 11, 12


def files(samples: Any, text: str) -> dict[str, dict[str, Any]]:
    """The same two posts in each form of a file."""
    posts = [samples.post(1, ADA, "Who can print?", can_edit=None), samples.post(2, BEN, text, at=2)]
    topic = {"id": 100, "title": "Printing", "category_id": samples.HELP}
    return {
        "one a file": {f"posts/{post['id']}.json": post for post in posts},
        "a list": {"posts.json": posts},
        "the latest": {"posts.json": {"latest_posts": posts}},
        "a topic": {"t/100.json": {**topic, "post_stream": {"posts": posts}}},
    }


@pytest.mark.parametrize("form", ["one a file", "a list", "the latest", "a topic"])
def test_half_a_sign_loses_nothing_but_itself(samples, read, tmp_path, form):
    reading = read(samples.write(tmp_path, files(samples, f"I can {HALF}")[form]))

    assert [act.text for act in reading.acts.values()] == ["Printing\nWho can print?", "I can \ufffd"]
    assert reading.ledger.notes == {BROKEN_SIGN: 1}
    assert not reading.ledger.left_out


@pytest.mark.parametrize("form", ["one a file", "a list", "the latest", "a topic"])
def test_bytes_that_are_no_utf_8_are_replaced_as_well(samples, read, tmp_path, form):
    named = {
        name: json.dumps(content).encode().replace(b"BYTE", b"\xe9").replace(b"Ben Bauer", b"Ben B\xe4uer")
        for name, content in files(samples, "I can BYTE")[form].items()
    }

    reading = read(samples.write(tmp_path, named))

    assert [act.text for act in reading.acts.values()] == ["Printing\nWho can print?", "I can \ufffd"]
    assert reading.accounts[str(BEN)].name == "Ben B\ufffduer"
    assert reading.ledger.notes == {BROKEN_SIGN: 2}


def test_half_a_sign_in_a_title_and_a_category_is_counted_once(samples, read, tmp_path):
    named = files(samples, "I can")["a topic"]
    named["t/100.json"]["title"] = f"Printing {HALF}"
    named["categories.json"] = {
        "category_list": {
            "categories": [{"id": samples.HELP, "name": f"Help {HALF}", "read_restricted": False}]
        }
    }

    reading = read(samples.write(tmp_path, named))

    assert reading.acts["1"].text == "Printing \ufffd\nWho can print?"
    assert reading.places[str(samples.HELP)].name == "Help \ufffd"
    assert reading.ledger.notes == {BROKEN_SIGN: 2}
