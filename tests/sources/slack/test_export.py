"""The export as a whole: its lists, who can read what, many runs of one workspace, and its refusals."""

from __future__ import annotations

import importlib.util
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from crosstie.errors import ExportUnsafe, SourceRefused, UsageRefused
from crosstie.record import Openness
from crosstie.sources import Mode
from crosstie.sources.slack import SOURCE

ADA, BEN = "UADA", "UBEN"
LISTS: dict[str, Any] = {
    "users.json": [
        {"id": ADA, "team_id": "T1", "profile": {"email": "ada@example.org"}},
        {"id": BEN, "team_id": "T1"},
    ],
    "channels.json": [{"id": "C1", "name": "general", "is_general": True, "members": [ADA, BEN]}],
    "groups.json": [{"id": "G1", "name": "founders", "members": [ADA, BEN]}],
    "mpims.json": [{"id": "G2", "name": "mpdm-ada--ben--cleo-1", "members": [ADA, BEN, "UCLEO"]}],
    "dms.json": [{"id": "D1", "members": [ADA, BEN]}, {"id": "D2", "members": [ADA, ADA]}],
}


def said(ts: str, user: str = BEN, **more: Any) -> dict[str, Any]:
    return {"type": "message", "ts": f"{ts}.000000", "user": user, "text": "what?", **more}


def write(folder: Path, files: dict[str, Any]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return folder


@pytest.fixture
def workspace(tmp_path) -> Path:
    """One message in each kind of place."""
    days = {
        f"{folder}/2024-05-01.json": [said(f"171455040{number}")]
        for number, folder in enumerate(["general", "founders", "mpdm-ada--ben--cleo-1", "D1", "lost"])
    }
    return write(tmp_path / "export", {**LISTS, **days})


def openness(reading: Any) -> dict[str, Openness]:
    return {act.place: act.openness for act in reading.acts.values()}


def test_who_can_read_a_place_is_told_by_the_list_it_stands_in(workspace, read):
    assert openness(read(workspace, viewer="ada@example.org")) == {
        "C1": Openness.OPEN,
        "G1": Openness.MEMBERS,
        "G2": Openness.DIRECT,
        "D1": Openness.DIRECT,
    }


def test_a_place_in_no_list_is_held_to_be_for_its_members(workspace, read):
    reading = read(workspace, viewer=BEN)

    assert openness(reading)["lost"] is Openness.MEMBERS
    assert reading.ledger.notes["message in a conversation that is in no list"] == 1


def test_a_channel_that_says_it_is_private_is_believed(tmp_path, read):
    path = write(
        tmp_path,
        {
            "channels.json": [
                {"id": "C1", "name": "a", "is_private": True},
                {"id": "C2", "name": "b", "is_im": True},
            ],
            "a/2024-05-01.json": [said("1714550400")],
            "b/2024-05-01.json": [said("1714550400")],
        },
    )

    assert openness(read(path, viewer=BEN)) == {"C1": Openness.MEMBERS, "C2": Openness.DIRECT}


def test_direct_messages_are_addressed_to_the_others_and_named_after_nobody(workspace, read):
    reading = read(workspace, viewer=ADA)
    addressed = {act.place: act.addressed for act in reading.acts.values()}

    assert addressed["D1"] == (ADA,)
    assert addressed["G2"] == (ADA, "UCLEO")
    assert addressed["C1"] == ()
    assert reading.places["G2"].name == reading.places["D1"].name == ""
    assert reading.places["G1"].name == "founders"


def test_a_note_to_oneself_addresses_nobody(tmp_path, read):
    path = write(tmp_path, {**LISTS, "D2/2024-05-01.json": [said("1714550400", ADA)]})

    (act,) = read(path, viewer=ADA).acts.values()
    assert act.addressed == ()


def test_without_a_viewer_open_places_only_are_read(workspace, read):
    reading = read(workspace)

    assert openness(reading) == {"C1": Openness.OPEN}
    assert reading.ledger.left_out == {
        "members place that does not involve the viewer": 2,
        "direct place that does not involve the viewer": 2,
    }
    assert reading.ledger.places == {"open": 1}


def test_in_an_organisation_an_agreed_place_is_read(workspace, read):
    reading = read(workspace, mode=Mode.ORGANISATION, agreed=frozenset({"G1"}))

    assert openness(reading) == {"C1": Openness.OPEN, "G1": Openness.MEMBERS}


def test_words_of_places_that_are_not_open_are_dropped_but_that_they_ask_is_kept(workspace, read):
    reading = read(workspace, viewer=ADA, site="https://example.slack.com")

    for act in reading.acts.values():
        is_open = act.openness is Openness.OPEN
        assert (act.text is not None, act.link != "") == (is_open, is_open)
        assert act.asks is True


def pack(folder: Path, path: Path) -> Path:
    files = sorted(found for found in folder.rglob("*") if found.is_file())
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in files:
                packed.write(file, file.relative_to(folder))
    else:
        with tarfile.open(path, "w:gz") as packed:
            # The lists last: a stream that is read once would not know them in time.
            for file in sorted(files, key=lambda found: found.name, reverse=False):
                packed.add(file, file.relative_to(folder))
    return path


@pytest.mark.parametrize("name", ["export.zip", "export.tar.gz"])
def test_an_archive_reads_like_the_folder_it_was_packed_from(workspace, read, name, tmp_path):
    packed = pack(workspace, tmp_path / name)

    assert SOURCE.recognises(packed) == SOURCE.recognises(workspace) > 0.9
    assert read(packed, viewer=ADA).acts == read(workspace, viewer=ADA).acts


RUNS: dict[str, Any] = {
    "run-9/channels.json": LISTS["channels.json"],
    "run-9/general/2024-05-01.json": [
        said("1714550400", reactions=[{"name": "eyes", "users": [ADA]}]),
        said("1714550500"),
    ],
    "run-10/users.json": LISTS["users.json"],
    "run-10/channels.json": [{**LISTS["channels.json"][0], "name": "everybody"}],
    "run-10/everybody/2024-05-01.json": [
        said("1714550500", text="newer", edited={"ts": "1714560000.000000"}),
        said("1714550600"),
        said("1714550400", reactions=[{"name": "eyes", "users": [ADA, "UCLEO"]}]),
    ],
}


@pytest.mark.parametrize("name", ["", "export.zip", "export.tar.gz"])
def test_overlapping_runs_are_read_as_one(read, name, tmp_path):
    path = write(tmp_path / "runs", RUNS)
    reading = read(pack(path, tmp_path / name) if name else path)

    assert set(reading.acts) == {
        "C1/1714550400.000000",
        "C1/1714550400.000000/+eyes/UADA",
        "C1/1714550400.000000/+eyes/UCLEO",
        "C1/1714550500.000000",
        "C1/1714550600.000000",
    }
    assert reading.acts["C1/1714550500.000000"].text == "newer"
    assert reading.ledger.used == 5
    assert reading.ledger.left_out == {"same message in another run": 3}
    assert {act.source for act in reading.acts.values()} == {"slack:T1"}


def test_the_newest_lists_win(read, tmp_path):
    reading = read(write(tmp_path, RUNS))

    assert reading.places["C1"].name == "everybody"
    assert reading.accounts[ADA].address == "ada@example.org"


def test_a_refused_place_stays_refused_in_later_runs(read, tmp_path):
    files = {
        f"run-{run}/{name}": content
        for run in (1, 2)
        for name, content in {
            "groups.json": LISTS["groups.json"],
            "founders/2024-05-01.json": [said("1714550400", edited={"ts": f"171456000{run}.000000"})],
        }.items()
    }
    path = pack(write(tmp_path / "runs", files), tmp_path / "export.tar.gz")

    reading = read(path)

    assert reading.acts == {}
    assert reading.ledger.read == 2


@pytest.mark.parametrize(
    ("lists", "source"),
    [
        ({"users.json": [{"id": ADA, "team_id": "T7"}]}, "slack:T7"),
        ({"channels.json": [{"id": "C1", "name": "general", "context_team_id": "T8"}]}, "slack:T8"),
        ({"channels.json": [{"id": "C1", "name": "general"}]}, "slack:T9"),
    ],
)
def test_the_workspace_is_known_by_its_team(read, tmp_path, lists, source):
    path = write(tmp_path, {**lists, "general/2024-05-01.json": [said("1714550400", team="T9")]})

    assert {act.source for act in read(path, viewer=BEN).acts.values()} == {source}


def test_a_workspace_without_a_team_is_known_by_its_general_channel_however_it_grows(read, tmp_path):
    channels = [{"id": "C5", "name": "general", "is_general": True}]
    path = write(tmp_path, {"channels.json": channels, "general/2024-05-01.json": [said("1714550400")]})
    before = read(path).acts["C5/1714550400.000000"].source

    write(tmp_path, {"channels.json": [*channels, {"id": "C1", "name": "new"}]})

    assert read(path).acts["C5/1714550400.000000"].source == before == "slack:C5"


def test_a_broken_list_is_noted_and_opens_nothing(read, tmp_path):
    path = write(tmp_path, {"channels.json": b"[{", "general/2024-05-01.json": [said("1714550400")]})
    reading = read(path)

    assert reading.ledger.notes["unreadable list or entry of a list"] == 1
    assert reading.ledger.left_out == {"members place that does not involve the viewer": 1}


def test_a_broken_entry_loses_only_itself(read, tmp_path):
    channels = [{"id": 5, "name": "x"}, {"name": "y"}, *LISTS["channels.json"]]
    path = write(tmp_path, {"channels.json": channels, "general/2024-05-01.json": [said("1714550400")]})
    reading = read(path)

    assert reading.ledger.notes["unreadable list or entry of a list"] == 2
    assert openness(reading) == {"C1": Openness.OPEN}


@pytest.mark.parametrize("content", [b"null", b"[]"])
def test_an_export_without_messages_is_empty_and_no_error(read, tmp_path, content):
    path = write(tmp_path, {"channels.json": content, "users.json": content})

    assert read(path).ledger.read == 0
    # Many a project has a file of this name: with nothing of Slack's in it, the user has to say what it is.
    assert SOURCE.recognises(path) == 0


def test_a_list_of_channels_with_ids_is_enough_to_know_slack(tmp_path):
    assert SOURCE.recognises(write(tmp_path, {"channels.json": b'[{"id": "C1", "name": "help"}]'})) > 0.5


def test_the_text_form_is_refused_with_what_to_do(read, tmp_path):
    path = write(tmp_path / "export", {"channels/general/2024-05-01.txt": b"ada: hello", "dms/ben.txt": b"x"})

    assert SOURCE.recognises(path) > 0
    with pytest.raises(SourceRefused, match="text form") as refusal:
        read(path)
    assert "JSON" in refusal.value.hint


def test_what_holds_nothing_of_slack_is_refused(read, tmp_path):
    path = write(tmp_path / "export", {"notes.json": b"[]"})

    assert SOURCE.recognises(path) == 0
    with pytest.raises(SourceRefused, match="no day files"):
        read(path)


def test_a_zip_that_leaves_its_folder_is_refused(read, tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("channels.json", "[]")
        packed.writestr("../general/2024-05-01.json", "[]")

    with pytest.raises(ExportUnsafe):
        read(path)


def test_a_zip_that_lost_its_end_is_still_recognised_and_refused(workspace, read, tmp_path):
    path = pack(workspace, tmp_path / "export.zip")
    path.write_bytes(path.read_bytes()[:-200])

    assert SOURCE.recognises(path) > 0.5
    with pytest.raises(SourceRefused, match="ends too early"):
        read(path)


@pytest.mark.parametrize(
    "site", ["javascript:alert(1)", "example.slack.com", 'https://a"onclick=', "https://"]
)
def test_a_site_that_is_no_web_address_is_refused(workspace, read, site):
    with pytest.raises(UsageRefused, match="no address"):
        read(workspace, site=site)


def test_the_sample_of_the_contract_covers_every_reason_it_is_meant_to(read, tmp_path):
    spec = importlib.util.spec_from_file_location("samples", Path(__file__).with_name("samples.py"))
    assert spec is not None
    assert spec.loader is not None
    samples = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(samples)

    reading = read(samples.make(tmp_path), viewer=samples.VIEWER)

    assert set(reading.ledger.left_out) == {
        "bot",
        "Slack itself",
        "direct place that does not involve the viewer",
        "joining or leaving",
        "no time",
        "no user",
        "reaction to a message that was left out",
        "reaction to one's own message",
        "same message in another run",
        "unreadable file",
    }
