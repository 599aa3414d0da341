"""Real exports from file to network, each count made by another way than the reader's.

They run only where the real data lies beside the project.
"""

from __future__ import annotations

import csv
import json
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unpacking import unpack

from crosstie.actions import reading, snapshots, summary
from crosstie.actions.home import Home
from crosstie.store import SavedReading

pytestmark = pytest.mark.long


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with Home(tmp_path / "workspace") as opened:
        yield opened


def read(home: Home, path: Path, **settings: str) -> SavedReading:
    return reading.read(home, reading.plan(str(path), settings))


def total(saved: SavedReading) -> int:
    return saved.used + sum(saved.left_out.values())


def pairs(home: Home) -> set[frozenset[str]]:
    """Pairs of names that are in contact."""
    network = snapshots.current(home).network
    names = {key: person.name for key, person in snapshots.persons(home).by_key.items()}
    keys = network.persons
    return {
        frozenset((names[keys[one]], names[keys[other]]))
        for one, other in zip(network.ties.learner.tolist(), network.ties.teacher.tolist(), strict=True)
    }


def test_a_survey_gives_the_ties_from_its_declared_cut(home: Home, shared_data: Path):
    file = shared_data / "networks" / "cross-parker" / "consulting.info.edges.csv"
    with file.open(encoding="utf-8") as opened:
        rows = [(row["source"], row["target"], float(row["weight"])) for row in csv.DictReader(opened)]
    saved = read(home, file, tie_from="2")
    assert total(saved) == len(rows) == 877
    assert saved.used == sum(weight >= 2 for _, _, weight in rows)
    assert pairs(home) == {frozenset((one, other)) for one, other, weight in rows if weight >= 2}


def test_mails_of_a_factory_and_its_org_chart_become_one_network(home: Home, shared_data: Path):
    folder = shared_data / "manufacturing-email"
    lines = (folder / "communication.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(";")[:2] for line in lines if line.count(";") == 2 and not line.startswith("Sender")]
    assert total(read(home, folder / "communication.csv", openness="open")) == len(rows) == 82_927
    expected = {frozenset(row) for row in rows if row[0] != row[1]}
    assert pairs(home) == expected
    chart = read(home, folder / "reportsto.csv")
    assert chart.used == 154
    persons = snapshots.persons(home)
    assert len(persons.by_key) == 167
    roots = [person for person in persons.by_key.values() if person.in_directory and not person.manager]
    assert [person.name for person in roots] == ["86"]


def test_overlapping_runs_of_a_chat_export_count_each_message_once(
    home: Home, shared_data: Path, tmp_path: Path
):
    archive = shared_data / "slack-olake.tar.gz"
    unpack(archive, tmp_path / "runs")
    messages, reactions = {}, set()
    for day in (tmp_path / "runs").rglob("20*.json"):
        for message in json.loads(day.read_text(encoding="utf-8")):
            messages[day.parent.name, message["ts"]] = message
            for given in message.get("reactions", []):
                reactions |= {(day.parent.name, message["ts"], given["name"], one) for one in given["users"]}
    assert len(messages) == 346
    saved = read(home, archive)
    with home.record.connect() as connection:
        kept = connection.execute("SELECT kind, count(*) FROM interactions GROUP BY kind").fetchall()
    by_people = [one for one in messages.values() if one.get("user") and not one.get("bot_id")]
    assert dict(kept)["said"] + dict(kept)["replied"] == len(by_people)
    assert (
        dict(kept)["replied"] == sum(one.get("thread_ts", one["ts"]) != one["ts"] for one in by_people) == 257
    )
    thanks = [
        one for one in reactions if messages[one[:2]] in by_people and one[3] != messages[one[:2]]["user"]
    ]
    assert saved.used == len(by_people) + len(thanks)


def test_a_public_chat_archive_is_read_whole(home: Home, shared_data: Path):
    archive = shared_data / "zulip-ncar.tar.xz"
    senders, messages = set(), 0
    with tarfile.open(archive) as opened:
        for member in opened:
            if (
                member.isfile()
                and member.name.endswith(".json")
                and Path(member.name).name != "stream_index.json"
            ):
                topic = json.load(opened.extractfile(member))  # type: ignore[arg-type]  # a file has one
                messages += len(topic)
                senders |= {message["sender_full_name"] for message in topic}
    assert (messages, len(senders)) == (6_707, 171)
    saved = read(home, archive)
    assert total(saved) == messages
    assert saved.notes["resolved topic"] == 19
    assert len(snapshots.persons(home).by_key) >= len(senders) - 5


def test_every_mail_of_two_years_is_used_or_explained(home: Home, shared_data: Path):
    saved = read(home, shared_data / "mail-ltp-2023-2024.mbox.gz")
    assert total(saved) == 8_951
    assert saved.left_out["same message again"] == 8_951 - 8_945
    assert home.record.count() == saved.used
    whole = summary.summarise(home, [saved])
    assert whole["ties"]["known"] > 1_000


def test_the_projects_own_history_is_read_whole(home: Home):
    root = Path(__file__).resolve().parents[2]
    if not (root / ".git").exists():
        pytest.skip("this is no clone")
    counted = subprocess.run(
        ["git", "rev-list", "--count", "HEAD"], cwd=root, capture_output=True, text=True, check=True
    )
    assert total(read(home, root)) == int(counted.stdout)
