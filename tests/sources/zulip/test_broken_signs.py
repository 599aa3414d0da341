"""Half an emoji, as some exporters write it: it is replaced, and nothing else is lost."""

from __future__ import annotations

import copy

import pytest
from tests.sources.zulip import samples
from tests.sources.zulip.samples import ADA, BEN, OPEN, message

from crosstie.errors import SourceRefused
from crosstie.sources.mending import BROKEN_SIGN

HALF = "\ud83d"


def test_half_a_sign_in_a_realm_loses_nothing_but_itself(read, tmp_path):
    tables = copy.deepcopy(samples.TABLES)
    tables["zerver_userprofile"][0]["full_name"] = f"Ada {HALF}"
    tables["zerver_reaction"] = [{"user_profile": BEN, "message": 1, "emoji_name": "tada"}]
    shard = {"zerver_message": [message(1, ADA, OPEN, "fine 😀"), message(2, BEN, OPEN, f"cut {HALF}")]}
    path = samples.write(tmp_path, {"realm.json": tables, "messages-000001.json": shard})

    reading = read(path)

    assert [act.text for act in reading.acts.values() if act.text] == ["printing\nfine 😀", "cut \ufffd"]
    assert reading.accounts[str(ADA)].name == "Ada \ufffd"
    assert reading.ledger.used == 3
    assert reading.ledger.notes[BROKEN_SIGN] == 2
    assert not reading.ledger.left_out


def test_bytes_that_are_no_utf_8_cost_only_themselves(read, tmp_path):
    path = samples.make(tmp_path)
    before = read(path)
    for name, good, bad in (
        ("realm.json", b"Ada Alvarez", b"Ada \xc1lvarez"),
        ("messages-000001.json", b"Me too", b"Me t\xf6o"),
    ):
        file = path / name
        file.write_bytes(file.read_bytes().replace(good, bad))

    reading = read(path)

    assert reading.ledger.used == before.ledger.used
    assert reading.ledger.notes[BROKEN_SIGN] == 2
    assert reading.accounts[str(ADA)].name == "Ada \ufffdlvarez"


def test_a_realm_that_was_cut_off_is_refused_with_what_to_do(read, tmp_path):
    path = samples.make(tmp_path)
    whole = (path / "realm.json").read_bytes()
    (path / "realm.json").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(SourceRefused, match=r"realm\.json") as refused:
        read(path)
    assert "cut off" in refused.value.hint


def test_half_a_sign_in_a_public_archive_loses_nothing_but_itself(read, tmp_path):
    path = samples.make_public(tmp_path)
    before = read(path)
    names = {
        "zulip_json/27-data-.26-dask/cut.json": samples.archived([(f"<p>{HALF}</p>", 90, "Ada Alvarez", 1)])
    }
    names["zulip_json/27-data-.26-dask/cut.json"][0]["timestamp"] = 1_700_000_500
    names["zulip_json/stream_index.json"] = {"streams": {f"data {HALF}": {"id": 27}}}  # type: ignore[assignment]
    samples.write(path, names)

    reading = read(path)

    assert reading.ledger.used == before.ledger.used + 1
    assert reading.places["27"].name == "data \ufffd"
    assert reading.ledger.notes[BROKEN_SIGN] == 2
    assert {trace.source for trace in reading.traces} == {trace.source for trace in before.traces}
