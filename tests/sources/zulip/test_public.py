"""A public archive: names for accounts, dots for percent signs, and every file that begins with a dot."""

from __future__ import annotations

import importlib.util
import json
import tarfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.unpacking import unpack

from crosstie.errors import SourceRefused
from crosstie.record import Kind, KnownHow, Openness
from crosstie.sources.zulip import SOURCE
from crosstie.sources.zulip.parse import decoded, encoded, is_bot_name

_spec = importlib.util.spec_from_file_location("zulip_samples", Path(__file__).with_name("samples.py"))
assert _spec is not None
assert _spec.loader is not None
samples: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(samples)


@pytest.fixture
def sample(tmp_path) -> Path:
    path: Path = samples.make_public(tmp_path)
    return path


def test_a_topic_whose_file_begins_with_a_dot_is_read(sample, read):
    reading = read(sample)

    assert set(reading.acts) == {"1", "2", "11", "12"}
    assert reading.acts["11"].thread == "27/killed?"
    assert reading.ledger.notes["resolved topic"] == 1
    assert reading.ledger.left_out == {"bot": 1}


def test_a_full_name_is_the_account_and_all_places_are_open(sample, read):
    reading = read(sample)

    assert set(reading.accounts) == {"Ada Alvarez", "Ben Bauer"}
    assert reading.places["27"].name == "data & dask"
    assert {act.openness for act in reading.acts.values()} == {Openness.OPEN}
    assert reading.acts["2"].mentioned == ("Ada Alvarez",)
    assert (reading.acts["2"].kind, reading.acts["2"].known_how) == (Kind.REPLIED, KnownHow.INFERRED)


def test_a_link_leads_to_the_message(sample, read):
    act = read(sample, site="https://chat.example.org").acts["11"]

    assert act.link == (
        "https://chat.example.org/#narrow/stream/27-data-.26-dask/topic/.E2.9C.94.20killed.3F/near/11"
    )


def test_without_the_index_the_folder_names_the_stream(sample, read):
    (sample / "zulip_json" / "stream_index.json").unlink()

    assert read(sample).places["27"].name == "data-&-dask"


def test_the_archive_keeps_its_name_while_it_grows_and_when_it_moves(sample, read, tmp_path):
    before = {act.source for act in read(sample).acts.values()}
    samples.write(
        sample,
        {
            "zulip_json/27-data-.26-dask/new.json": samples.archived(
                [("x", 99, "Ada Alvarez", 1_800_000_000)]
            ),
            "zulip_json/31-more/new.json": samples.archived([("x", 100, "Ada Alvarez", 1_800_000_000)]),
        },
    )

    assert {act.source for act in read(sample.rename(tmp_path / "moved")).acts.values()} == before


def test_a_message_that_was_moved_to_another_topic_is_read_once(sample, read):
    samples.write(sample, {"zulip_json/27-data-.26-dask/z.json": samples.archived(samples.THREE[:1])})

    assert read(sample).ledger.left_out["same message in another topic"] == 1


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_cannot_be_read_is_counted(sample, read, content):
    samples.write(sample, {"zulip_json/27-data-.26-dask/broken.json": content})
    reading = read(sample)

    assert reading.ledger.left_out["unreadable file"] == 1
    assert len(reading.acts) == 4


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"id": "1", "sender_full_name": "Ada", "timestamp": 1}, "unreadable message"),
        ({"id": 1, "sender_full_name": None, "timestamp": 1}, "unreadable message"),
        ({"id": 1}, "unreadable message"),
        (7, "unreadable message"),
        ({"id": 50, "sender_full_name": " ", "timestamp": 1.7e9}, "no user"),
        ({"id": 51, "sender_full_name": "Ada", "timestamp": 1e300}, "unreadable time"),
        ({"id": 52, "sender_full_name": "Ada", "timestamp": 4070908800}, "date before 1980 or in the future"),
    ],
)
def test_what_cannot_be_read_of_a_message_is_a_reason(sample, read, row, reason):
    samples.write(sample, {"zulip_json/27-data-.26-dask/odd.json": [row]})

    assert read(sample).ledger.left_out == {"bot": 1, reason: 1}


def test_a_file_that_is_no_topic_is_noted(sample, read):
    samples.write(sample, {"zulip_json/about.json": {}})

    assert read(sample).ledger.notes["file that is no topic"] == 1


@pytest.mark.parametrize(
    "name", ["Notification Bot", "zulip bot", "Lean4-bot", "Build (bot)", "triagebot", "bot"]
)
def test_a_name_that_says_bot_is_a_bot(name):
    assert is_bot_name(name)


@pytest.mark.parametrize("name", ["Ada Talbot", "Abbot", "Botond Nagy", "Rob Ottens", "Ben Bauer"])
def test_a_person_is_no_bot(name):
    assert not is_bot_name(name)


def test_further_bots_can_be_named(sample, read):
    reading = read(sample, bots="ben bauer, somebody")

    assert {act.actor for act in reading.acts.values()} == {"Ada Alvarez"}
    assert reading.ledger.left_out == {"bot": 3}


@pytest.mark.parametrize("name", ["✔ what? 100%.", "a.b/c", "0.1° run", "", "%41"])
def test_names_survive_being_written_into_addresses(name):
    assert decoded(encoded(name)) == name


def test_what_holds_nothing_of_zulip_is_refused(read, tmp_path):
    path = samples.write(tmp_path / "other", {"a/b.json": []})

    assert SOURCE.recognises(path) == 0
    with pytest.raises(SourceRefused, match="neither"):
        read(path)


class Links(HTMLParser):
    """Count links that read "said", by Python's own parser of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.in_link = False
        self.said = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_link = tag == "a" and "/near/" in (dict(attrs).get("href") or "")

    def handle_data(self, data: str) -> None:
        self.said += self.in_link and data == "said"
        self.in_link = False


@pytest.fixture(scope="module")
def ncar(shared_data) -> Path:
    path: Path = shared_data / "zulip-ncar.tar.xz"
    assert path.is_file()
    return path


@pytest.fixture(scope="module")
def reading(ncar, read) -> Any:
    return read(ncar)


@pytest.fixture(scope="module")
def topics(ncar) -> dict[str, list[dict[str, Any]]]:
    """Every topic by the path of its file, by Python's own tar and JSON."""
    found = {}
    with tarfile.open(ncar) as archive:
        for info in archive:
            if info.isfile() and not info.name.endswith("/stream_index.json"):
                stream = archive.extractfile(info)
                assert stream is not None
                found[info.name] = json.load(stream)
    return found


def test_every_message_of_a_real_archive_is_used_or_explained(topics, reading):
    ledger = reading.ledger
    rows = [row for rows in topics.values() for row in rows]
    by_bots = sum(row["sender_full_name"].lower().endswith("bot") for row in rows)

    assert (len(topics), len(rows)) == (831, 6_707)
    assert ledger.read == len(rows)
    assert ledger.left_out == {"bot": by_bots}
    assert ledger.used == len(rows) - by_bots


def test_every_sender_of_a_real_archive_is_an_account(topics, reading):
    senders = {" ".join(row["sender_full_name"].split()) for rows in topics.values() for row in rows}
    bots = {name for name in senders if name.lower().endswith("bot")}

    assert len(senders) == 171
    assert {act.actor for act in reading.acts.values()} == senders - bots


def test_every_resolved_topic_of_a_real_archive_is_read(topics, reading):
    resolved = [rows for name, rows in topics.items() if name.split("/")[-1].startswith(".E2.9C.94")]

    assert len(resolved) == reading.ledger.notes["resolved topic"] == 19
    people = {row["id"] for rows in resolved for row in rows if not row["sender_full_name"].endswith("Bot")}
    assert {str(number) for number in people} <= set(reading.acts)


def test_every_quote_of_a_real_archive_is_found(topics, reading):
    said: Counter[int] = Counter()
    for rows in topics.values():
        for row in rows:
            links = Links()
            links.feed(row["content"])
            if links.said:
                said[row["id"]] = links.said
    notes = reading.ledger.notes

    assert (said.total(), len(said)) == (132, 127)
    assert notes["quote"] + notes["quote within a quote"] == 132


def test_quotes_of_a_real_archive_are_stated_replies_to_messages_in_it(topics, reading):
    author = {str(row["id"]): row["sender_full_name"] for rows in topics.values() for row in rows}
    stated = [act for act in reading.kinds(Kind.REPLIED) if act.known_how is KnownHow.STATED]

    assert len(stated) > 100
    found = [act for act in stated if act.replies_to in author]
    assert len(found) > 0.95 * len(stated)
    assert sum(author[act.replies_to] == act.parent_author for act in found) > 0.95 * len(found)


def test_a_folder_gives_the_same_as_the_archive(ncar, reading, read, tmp_path):
    unpack(ncar, tmp_path)

    assert read(tmp_path).acts == reading.acts
