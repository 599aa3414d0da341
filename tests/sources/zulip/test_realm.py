"""The export of a realm: people, places, replies stated and inferred, reactions, and what is left out."""

from __future__ import annotations

import copy
import importlib.util
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crosstie.errors import SourceRefused
from crosstie.record import Kind, KnownHow, Openness
from crosstie.sources import Mode
from crosstie.sources.zulip import SOURCE

_spec = importlib.util.spec_from_file_location("zulip_samples", Path(__file__).with_name("samples.py"))
assert _spec is not None
assert _spec.loader is not None
samples: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(samples)
ADA, BEN, CLEO, OPEN = samples.ADA, samples.BEN, samples.CLEO, samples.OPEN
message = samples.message


@pytest.fixture
def sample(tmp_path) -> Path:
    path: Path = samples.make(tmp_path)
    return path


@pytest.fixture
def realm(tmp_path, read):
    """Read a realm with these messages."""

    def reading(*messages: Any, tables: Any = None, **how: Any) -> Any:
        tables = {**copy.deepcopy(samples.TABLES), "zerver_reaction": [], **(tables or {})}
        files = {"realm.json": tables, "messages-000001.json": {"zerver_message": list(messages)}}
        return read(samples.write(tmp_path / "realm", files), **how)

    return reading


def test_the_sample_is_used_or_explained(sample, read):
    ledger = read(sample, viewer=samples.VIEWER).ledger

    assert ledger.used == 8
    assert ledger.left_out == {
        "bot": 3,
        "date before 1980 or in the future": 1,
        "direct place that does not involve the viewer": 1,
        "message to a bot": 1,
        "reaction to a message that is not in the export": 1,
        "reaction to a message that was left out": 1,
        "reaction to one's own message": 1,
        "unknown recipient": 1,
        "unknown user": 1,
        "unreadable message": 1,
        "unreadable reaction": 1,
    }


def test_a_message_tells_when_where_and_who(sample, read):
    reading = read(sample, site="https://chat.example.org")
    act = reading.acts["1"]

    assert act.source == "zulip:5a5a"
    assert act.at == datetime.fromtimestamp(1_700_000_060.25, UTC)
    assert (act.actor, act.place, act.thread) == ("11", "7", "7/printing")
    assert act.mentioned == ("12",)
    assert act.asks is True
    assert act.text == "printing\nHow do I print? @Ben Bauer"
    assert act.link == "https://chat.example.org/#narrow/stream/7-help/topic/printing/near/1"
    assert reading.acts["2"].edited_at == datetime.fromtimestamp(1_700_001_000, UTC)


def test_the_first_message_of_a_topic_begins_with_its_name(sample, read):
    acts = read(sample).acts

    assert acts["1"].text.startswith("printing\n")
    assert not acts["2"].text.startswith("printing")


def test_people_have_addresses_unless_zulip_hides_them(sample, read):
    accounts = read(sample).accounts

    assert accounts["11"].address == "ada@example.org"
    assert accounts["13"].address == ""


def test_a_quote_is_a_stated_reply(sample, read):
    act = read(sample).acts["3"]

    assert (act.kind, act.known_how, act.probability) == (Kind.REPLIED, KnownHow.STATED, 1)
    assert (act.replies_to, act.parent_author) == ("1", "11")


def test_the_next_speaker_is_inferred_to_reply(sample, read):
    act = read(sample).acts["2"]

    assert (act.kind, act.known_how, act.probability) == (Kind.REPLIED, KnownHow.INFERRED, 0.8)
    assert (act.replies_to, act.parent_author) == ("1", "11")


def test_who_is_answered_is_the_last_other_speaker(realm):
    acts = realm(
        *(message(number, who, OPEN, "x") for number, who in enumerate([ADA, BEN, CLEO, CLEO, ADA], 1))
    ).acts

    assert [acts[str(number)].replies_to for number in range(1, 6)] == ["", "1", "2", "2", "4"]
    assert [acts[str(number)].probability for number in range(1, 6)] == [1, 0.8, 0.5, 0.5, 0.5]


def test_after_a_week_nobody_is_held_to_be_answered(realm):
    week = 7 * 86_400
    for seconds, kind in ((week, Kind.REPLIED), (week + 1, Kind.SAID)):
        acts = realm(
            message(1, ADA, OPEN, "x", date_sent=1.7e9), message(2, BEN, OPEN, "y", date_sent=1.7e9 + seconds)
        ).acts
        assert acts["2"].kind is kind


def test_who_calls_somebody_else_does_not_answer_the_last_speaker(realm):
    acts = realm(
        message(1, ADA, OPEN, "x"),
        message(2, BEN, OPEN, "@**Cleo Costa|13** y"),
        message(3, CLEO, OPEN, "@**Ben Bauer** z"),
    ).acts

    assert (acts["2"].kind, acts["2"].mentioned) == (Kind.SAID, ("13",))
    assert (acts["3"].kind, acts["3"].parent_author) == (Kind.REPLIED, "12")


def test_topics_are_kept_apart_and_a_resolved_one_stays_the_same_thread(realm):
    reading = realm(
        message(1, ADA, OPEN, "x"),
        message(2, BEN, OPEN, "y", subject="other"),
        message(3, CLEO, OPEN, "z", subject="✔ printing"),
    )

    assert reading.acts["2"].kind is Kind.SAID
    assert reading.acts["3"].replies_to == "1"
    assert reading.acts["3"].thread == reading.acts["1"].thread
    assert reading.ledger.notes["resolved topic"] == 1


def test_a_bot_in_between_is_no_speaker(realm):
    acts = realm(
        message(1, ADA, OPEN, "x"), message(2, samples.ROBOT, OPEN, "beep"), message(3, BEN, OPEN, "y")
    ).acts

    assert acts["3"].replies_to == "1"


def test_of_several_quotes_the_first_is_the_reply_and_the_others_are_mentions(realm):
    def quoting(who: str, number: int) -> str:
        return f"@_**{who}** [said]({samples.NEAR}/near/{number}):\n```quote\nx\n```\n"

    reading = realm(
        message(1, ADA, OPEN, "x"),
        message(2, BEN, OPEN, "y"),
        message(3, CLEO, OPEN, quoting("Ada Alvarez|11", 1) + quoting("Ben Bauer", 2)),
        message(4, BEN, OPEN, quoting("Ben Bauer|12", 2) + "as I said"),
    )

    assert (reading.acts["3"].parent_author, reading.acts["3"].mentioned) == ("11", ("12",))
    assert reading.acts["4"].known_how is KnownHow.INFERRED
    assert reading.ledger.notes["quote"] == 3
    assert reading.ledger.notes["further quote in one message"] == 1
    assert reading.ledger.notes["message that quotes only its own author or a bot"] == 1


def test_the_rendered_form_is_the_better_witness(realm):
    act = realm(
        message(
            1,
            ADA,
            OPEN,
            "@**Cleo Costa**",
            rendered_content='<p><span class="user-mention" data-user-id="12">@Ben Bauer</span></p>',
        )
    ).acts["1"]

    assert act.mentioned == ("12",)


def test_reactions_thank_at_the_time_of_the_message(sample, read):
    reading = read(sample)

    (thanks,) = reading.kinds(Kind.THANKED)
    assert thanks.external_id == "2/+tada/11"
    assert (thanks.replies_to, thanks.parent_author) == ("2", "12")
    assert thanks.at == reading.acts["2"].at


def test_places_are_as_closed_as_zulip_has_them(sample, read):
    reading = read(sample, viewer="ada@example.org")

    assert {act.place: act.openness for act in reading.acts.values()} == {
        "7": Openness.OPEN,
        "8": Openness.MEMBERS,
        "direct:11-12": Openness.DIRECT,
        "direct:11-12-13": Openness.DIRECT,
    }
    assert reading.places["8"].name == "founders"
    assert reading.places["direct:11-12"].name == ""


def test_both_directions_of_a_conversation_are_one_place(sample, read):
    acts = read(sample, viewer="ada@example.org").acts

    assert acts["9"].place == acts["10"].place
    assert (acts["9"].addressed, acts["10"].addressed) == (("11",), ("12",))
    assert acts["11"].addressed == ("11", "12")
    assert acts["10"].kind is Kind.SAID


def test_without_a_viewer_open_places_only_are_read(sample, read):
    assert {act.openness for act in read(sample).acts.values()} == {Openness.OPEN}


def test_an_agreed_stream_is_read_in_an_organisation(sample, read):
    reading = read(sample, mode=Mode.ORGANISATION, agreed=frozenset({"8"}))

    assert reading.acts["8"].openness is Openness.MEMBERS
    assert reading.acts["8"].text is None


def test_a_stream_that_is_in_no_table_is_held_to_be_for_its_members(realm):
    act = realm(message(1, ADA, OPEN, "x"), tables={"zerver_stream": []}, viewer="ada@example.org").acts["1"]

    assert (act.openness, act.text, act.link) == (Openness.MEMBERS, None, "")


def test_what_people_have_read_leaves_no_trace(sample, read):
    assert "flags_mask" not in repr(read(sample).traces)


def test_how_many_agreed_is_noted(sample, read):
    samples.write(sample, {"consented_user_ids.json": [11, 12]})

    assert read(sample).ledger.notes["person who agreed to give private messages"] == 2


def test_a_packed_export_reads_like_its_folder(sample, read, tmp_path):
    packed = tmp_path / "export.tar.gz"
    with tarfile.open(packed, "w:gz") as archive:
        # Messages before realm.json: a stream cannot go back, so the tables take a pass of their own.
        for file in sorted(sample.rglob("*.json")):
            archive.add(file, f"zulip-export/{file.relative_to(sample)}")

    assert SOURCE.recognises(packed) == SOURCE.recognises(sample) > 0.9
    assert read(packed).acts == read(sample).acts


@pytest.mark.parametrize("name", ["messages-000003.json.partial", "messages-000003.json.locked"])
def test_an_unfinished_export_is_refused(sample, read, name):
    samples.write(sample, {name: []})

    with pytest.raises(SourceRefused, match="did not finish"):
        read(sample)


def test_a_personal_export_is_refused_with_what_to_do(read, tmp_path):
    path = samples.write(tmp_path / "mine", {"user.json": {}, "messages-000001.json": {"zerver_message": []}})

    with pytest.raises(SourceRefused, match="export of one user") as refusal:
        read(path)
    assert "administrator" in refusal.value.hint


def test_two_exports_at_once_are_refused(read, tmp_path):
    samples.make(tmp_path / "a")
    samples.make(tmp_path / "b")

    with pytest.raises(SourceRefused, match="2 realm exports"):
        read(tmp_path)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"zerver_realm": 5}', b"[" * 100_000])
def test_a_broken_realm_is_refused(sample, read, content):
    samples.write(sample, {"realm.json": content})

    with pytest.raises(SourceRefused, match=r"realm\.json"):
        read(sample)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"zerver_message": 5}', b"[" * 100_000])
def test_a_broken_shard_is_counted(sample, read, content):
    samples.write(sample, {"messages-000001.json": content})

    assert read(sample).ledger.left_out["unreadable file"] == 1


def test_broken_rows_of_tables_are_noted(realm):
    tables = {"zerver_userprofile": [*samples.TABLES["zerver_userprofile"], {"id": "x"}, None, 5]}

    assert realm(message(1, ADA, OPEN, "x"), tables=tables).ledger.notes["unreadable row of a table"] == 3


def test_a_message_that_stands_twice_is_read_once(realm):
    ledger = realm(message(1, ADA, OPEN, "x"), message(1, ADA, OPEN, "x")).ledger

    assert (ledger.used, ledger.left_out) == (1, {"same message twice": 1})


def test_an_empty_realm_is_empty_and_no_error(realm):
    assert realm().ledger.read == 0


def test_a_realm_is_known_by_its_content_and_not_by_its_path(sample, read, tmp_path):
    moved = sample.rename(tmp_path / "elsewhere")

    assert {act.source for act in read(moved).acts.values()} == {"zulip:5a5a"}
    assert json.loads((moved / "realm.json").read_text())["zerver_realm"][0]["uuid"] == "5a5a"
