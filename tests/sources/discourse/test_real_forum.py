"""A real forum's archive, counted beside the reader."""

from __future__ import annotations

import json
import tarfile
from collections import Counter, defaultdict
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.unpacking import unpack

from crosstie.record import Kind, KnownHow, Openness

pytestmark = pytest.mark.long

Row = dict[str, Any]


@pytest.fixture(scope="module")
def packed(shared_data) -> Path:
    path: Path = shared_data / "discourse-delving.tar.xz"
    assert path.is_file()
    return path


@pytest.fixture(scope="module")
def rows(packed) -> list[Row]:
    """Every post file, by Python's own tar and JSON."""
    found = []
    with tarfile.open(packed) as archive:
        for info in archive:
            if info.isfile() and "/posts/" in info.name:
                stream = archive.extractfile(info)
                assert stream is not None
                found.append(json.load(stream))
    return found


@pytest.fixture(scope="module")
def newest(rows) -> dict[int, Row]:
    """The newest version of each post."""
    found: dict[int, Row] = {}
    for row in rows:
        before = found.get(row["id"])
        if before is None or (row["version"], row["updated_at"]) > (before["version"], before["updated_at"]):
            found[row["id"]] = row
    return found


@pytest.fixture(scope="module")
def reading(packed, read) -> Any:
    return read(packed)


class Outer(HTMLParser):
    """The quotes and mentions of a post that are not within another quote or a preview."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.quotes: list[tuple[int, int]] = []
        self.mentions: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        kinds = told.get("class", "").split()
        if not {"blockquote", "onebox"} & set(self.open):
            if tag == "aside" and "quote" in kinds and "data-username" in told:  # else a link to a topic
                self.quotes.append((int(told.get("data-topic") or 0), int(told.get("data-post") or 0)))
            elif tag == "a" and "mention" in kinds:
                self.mentions.append(told["href"].split("/")[-1])
        if tag in ("aside", "blockquote"):
            self.open.append("onebox" if "onebox" in kinds else tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("aside", "blockquote") and self.open:
            self.open.pop()


def test_the_archive_holds_what_is_written_of_it(rows, newest):
    assert len(rows) == 4_725
    assert len(newest) == 4_661
    assert len({row["user_id"] for row in rows}) == 460
    assert len({row["topic_id"] for row in rows}) == 635
    assert sum(row["reply_to_post_number"] is not None for row in newest.values()) == 2_325


def test_every_file_is_used_or_explained(rows, newest, reading):
    ledger = reading.ledger
    left_out = ledger.left_out

    assert ledger.read == len(rows)
    assert left_out["older version of a post"] + left_out["same post twice"] == len(rows) - len(newest) == 64
    assert left_out["deleted"] == sum(bool(row["user_deleted"]) for row in newest.values())
    assert left_out["bot"] == sum(row["user_id"] < 1 for row in newest.values())
    assert set(left_out) == {"older version of a post", "same post twice", "deleted", "bot"}
    assert ledger.used == len(reading.acts)


def test_posts_are_those_of_people_with_their_times_and_places(rows, newest, reading):
    by_people = {
        number: row for number, row in newest.items() if row["user_id"] > 0 and not row["user_deleted"]
    }

    # Topics are moved: where the latest post of a topic was when it was last seen, all of it is now.
    last: dict[int, int] = {}
    latest: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        last[row["topic_id"]] = max(last.get(row["topic_id"], 0), row["id"])
    for row in rows:
        if row["id"] == last[row["topic_id"]]:
            latest[row["topic_id"]].add(row["category_id"])

    assert reading.acts.keys() == {str(number) for number in by_people}
    for number, row in by_people.items():
        act = reading.acts[str(number)]
        assert act.actor == str(row["user_id"])
        assert int(act.place) in latest[row["topic_id"]]
        assert act.thread == str(row["topic_id"])
        assert f"{act.at:%Y-%m-%dT%H:%M:%S}" == row["created_at"][:19]
    assert {act.openness for act in reading.acts.values()} == {Openness.OPEN}


def test_an_explicit_reply_to_another_answers_the_post_of_that_number(newest, reading):
    # A post may have stood in two topics; where it stands in its newest version counts.
    spots = {(row["topic_id"], row["post_number"]): row for row in newest.values()}
    checked = 0
    for row in newest.values():
        answered = spots.get((row["topic_id"], row["reply_to_post_number"]))
        act = reading.acts.get(str(row["id"]))
        if act and answered and row["post_number"] > 1 and answered["user_id"] not in (-1, row["user_id"]):
            assert act.kind is Kind.REPLIED
            assert (act.replies_to, act.parent_author) == (str(answered["id"]), str(answered["user_id"]))
            checked += 1

    assert checked > 2_000


def test_quotes_of_others_are_replies_where_no_number_is_given(newest, reading):
    spots = {(row["topic_id"], row["post_number"]): row for row in newest.values()}
    checked = 0
    for row in newest.values():
        act = reading.acts.get(str(row["id"]))
        if act is None or row["reply_to_post_number"] is not None or row["post_number"] == 1:
            continue
        page = Outer()
        page.feed(row["cooked"])
        quoted = [spots[spot] for spot in page.quotes if spot in spots]
        others = [one for one in quoted if one["user_id"] not in (-1, row["user_id"])]
        if others and len(quoted) == len(page.quotes):
            assert (act.kind, act.replies_to) == (Kind.REPLIED, str(others[0]["id"]))
            checked += 1

    assert checked > 300


def test_mentions_are_those_of_the_rendered_posts(newest, reading):
    numbers = {row["username"].lower(): row["user_id"] for row in newest.values()}
    found: dict[str, set[str]] = defaultdict(set)
    for row in newest.values():
        page = Outer()
        page.feed(row["cooked"])
        for name in page.mentions:
            user = numbers.get(name.lower(), -1)
            if user not in (-1, row["user_id"]):
                found[str(row["id"])].add(str(user))
    named = {number: people for number, people in found.items() if number in reading.acts}

    assert sum(map(len, named.values())) > 400
    for number, people in named.items():
        act = reading.acts[number]
        assert people <= {*act.mentioned, act.parent_author}


def test_likes_have_no_names_here_and_are_noted_as_such(newest, reading):
    used = [row for row in newest.values() if str(row["id"]) in reading.acts]
    likes = sum(
        max(
            row["reaction_users_count"], sum(one["count"] for one in row["actions_summary"] if one["id"] == 2)
        )
        for row in used
    )

    assert reading.kinds(Kind.THANKED) == []
    assert reading.ledger.notes["like of which the export does not tell whose it is"] == likes > 2_000


def test_everyone_who_wrote_is_an_account_by_number_and_the_forum_is_known_by_its_host(newest, reading):
    writers = {str(row["user_id"]) for row in newest.values() if str(row["id"]) in reading.acts}

    assert {act.actor for act in reading.acts.values()} == writers <= reading.accounts.keys()
    assert "-1" not in reading.accounts
    assert all(account.name for account in reading.accounts.values())
    assert {trace.source for trace in reading.traces} == {"discourse:delvingbitcoin.org"}


def test_nothing_is_inferred_and_the_kinds_add_up(reading):
    kinds = Counter(act.kind for act in reading.acts.values())

    assert {act.known_how for act in reading.acts.values()} == {KnownHow.STATED}
    assert kinds[Kind.SAID] + kinds[Kind.REPLIED] == len(reading.acts)


def test_a_folder_gives_the_same_as_the_archive(packed, reading, read, tmp_path):
    unpack(packed, tmp_path)

    from_folder = read(tmp_path)
    assert from_folder.acts == reading.acts
    assert from_folder.ledger == reading.ledger
