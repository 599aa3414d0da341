"""A forum as a whole: its files, its people, likes, versions, and what is left out."""

from __future__ import annotations

import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crosstie.errors import ExportUnsafe, SourceRefused, UsageRefused
from crosstie.record import Kind, KnownHow
from crosstie.sources import Door, Ledger, recognise
from crosstie.sources.discourse import SOURCE


@pytest.fixture
def sample(samples, tmp_path) -> Path:
    path: Path = samples.make(tmp_path)
    return path


def test_the_sample_is_used_or_explained(samples, sample, read):
    ledger = read(sample, viewer=samples.VIEWER, **samples.SETTINGS).ledger

    assert ledger.used == 7
    assert ledger.left_out == {
        "bot": 1,
        "deleted": 1,
        "direct place that does not involve the viewer": 1,
        "like of a post that is not in the export": 1,
        "like of a post that was left out": 1,
        "like of one's own post": 1,
        "members place that does not involve the viewer": 1,
        "no user": 1,
        "notice of the system": 1,
        "older version of a post": 1,
        "same like twice": 1,
        "unreadable file": 1,
        "unreadable post": 1,
        "whisper of the staff": 1,
    }
    assert ledger.notes == {
        "file that holds nothing that is read": 1,
        "row of a list of activities that is no like": 1,
    }


def test_a_forum_is_known_by_its_host_wherever_it_lies(sample, read, tmp_path):
    moved = sample.rename(tmp_path / "elsewhere")

    assert {trace.source for trace in read(moved).traces} == {"discourse:forum.example.org"}


def test_a_forum_without_uploaded_avatars_is_known_by_its_oldest_post(samples, forum):
    def source(*posts: dict[str, Any]) -> set[str]:
        plain = [{**post, "avatar_template": "/letter_avatar_proxy/v4/a.png"} for post in posts]
        return {act.source for act in forum(*plain).acts.values()}

    first, second = samples.post(1, samples.ADA, "?"), samples.post(2, samples.BEN, "!", at=2)
    assert source(first) == source(second, first)
    assert source(first) != source(second)


def test_people_have_the_addresses_that_the_forum_tells_administrators(sample, read):
    accounts = read(sample).accounts

    assert accounts["11"].address == "ada@example.org"
    assert accounts["13"].address == ""


def test_people_go_by_their_full_name_else_by_their_username(sample, read):
    accounts = read(sample).accounts

    assert (accounts["11"].name, accounts["13"].name) == ("Ada Alvarez", "cleo")


def test_a_person_who_was_renamed_goes_by_what_the_latest_post_or_a_list_says(samples, forum):
    now = {"username": "benjamin", "name": "Benjamin Bauer"}
    older, newer = samples.post(1, samples.BEN, "?"), samples.post(2, samples.BEN, "!", at=2, **now)
    call = samples.post(3, samples.ADA, samples.mentioning("Ben_B") + samples.mentioning("benjamin"), at=3)
    for order in ((older, newer, call), (newer, call, older)):
        reading = forum(*order)
        assert reading.accounts["12"].name == "Benjamin Bauer"
        assert "mention of somebody who is not in the export" not in reading.ledger.notes
    listed = {"users.json": [samples.user(samples.BEN)]}
    assert forum(older, newer, files=listed).accounts["12"].name == "Ben Bauer"


@pytest.mark.parametrize("viewer", ["BEN_b", "ben bauer", "12"])
def test_the_viewer_may_call_themselves_by_username_full_name_or_number(samples, forum, viewer):
    reading = forum(samples.post(1, samples.BEN, "!", category_id=None), viewer=viewer)

    assert reading.ledger.used == 1
    assert viewer.casefold() in (reading.accounts["12"].name.casefold(), "12")


def test_the_viewer_is_there_even_without_a_post(samples, forum):
    files = {"users.json": [samples.user(samples.CLEO)]}

    assert set(forum(samples.post(1, samples.ADA, "?"), files=files, viewer="cleo").accounts) == {"11", "13"}


def test_the_newest_version_of_a_post_counts_in_whatever_order_they_come(samples, forum):
    versions = [
        samples.post(1, samples.ADA, "first"),
        samples.post(1, samples.ADA, "third", version=3, updated_at="2024-05-03T12:00:00.000Z"),
        samples.post(1, samples.ADA, "second", version=2),
        samples.post(1, samples.ADA, "third", version=3, updated_at="2024-05-03T12:00:00.000Z"),
    ]
    for order in (versions, versions[::-1]):
        reading = forum(*order)
        assert reading.acts["1"].text == "Printing\nthird"
        assert reading.acts["1"].edited_at == datetime(2024, 5, 3, 12, tzinfo=UTC)
        assert reading.ledger.left_out == {"older version of a post": 2, "same post twice": 1}


def test_a_topic_is_where_its_latest_post_saw_it_and_has_the_title_of_then(samples, forum):
    moved = {"category_id": samples.BOARD, "topic_title": "Paper"}
    older, newer = samples.post(1, samples.ADA, "?"), samples.post(2, samples.BEN, "!", at=2, **moved)
    for order in ((older, newer), (newer, older)):
        acts = forum(*order).acts
        assert {act.place for act in acts.values()} == {str(samples.BOARD)}
        assert acts["1"].text == "Paper\n?"


def test_a_reply_to_a_post_that_took_the_place_of_one_moved_away_answers_that(samples, forum):
    acts = forum(
        samples.post(9, samples.ROBOT, "was here", at=2),
        samples.post(9, samples.ROBOT, "moved", at=1, topic=200, version=2),
        samples.post(1, samples.ADA, "?"),
        samples.post(2, samples.BEN, "!", at=2),
        samples.post(3, samples.CLEO, "so", at=3, reply_to_post_number=2),
    ).acts

    assert acts["3"].parent_author == "12"


def test_a_post_that_was_touched_and_not_edited_is_not_dated_as_edited(samples, forum):
    act = forum(samples.post(1, samples.ADA, "?", updated_at="2024-06-01T00:00:00.000Z")).acts["1"]

    assert act.edited_at is None


def test_a_like_thanks_at_its_own_time(samples, sample, read):
    thanks = {act.external_id: act for act in read(sample).kinds(Kind.THANKED)}
    act = thanks["2/+like/13"]

    assert (act.actor, act.parent_author, act.replies_to) == ("13", "12", "2")
    assert act.at == datetime(2024, 5, 2, 8, tzinfo=UTC)
    assert act.known_how is KnownHow.STATED


def test_likes_without_names_are_noted(samples, forum):
    counted = {"actions_summary": [{"id": 2, "count": 3}, {"id": 8, "count": 9}], "reaction_users_count": 4}
    ledger = forum(
        samples.post(1, samples.ADA, "?", **counted),
        files={"likes.json": {"user_actions": [samples.done(1, 1, samples.BEN), samples.done(1, 1, None)]}},
    ).ledger

    assert ledger.notes["like of which the export does not tell whose it is"] == 3
    assert ledger.left_out == {"like without a name": 1}


ACCEPTED: dict[str, Any] = {"accepted_answer": {"post_number": 2, "accepter_username": "CLEO"}}


@pytest.mark.parametrize(
    ("topic", "rows", "who"), [({}, [], "11"), (ACCEPTED, [], "13"), (ACCEPTED, [15], "12")]
)
def test_an_accepted_answer_is_thanked_for_by_whom_the_forum_tells(samples, forum, topic, rows, who):
    reading = forum(
        samples.post(1, samples.ADA, "?"),
        samples.post(2, samples.ROBOT, "!", at=2, accepted_answer=True),
        files={
            "t.json": {"id": 100, "category_id": 5, "post_stream": {"posts": []}, **topic},
            "a.json": {"user_actions": [samples.done(kind, 2, samples.BEN) for kind in rows]},
            "u.json": [samples.user(samples.CLEO)],
        },
    )

    (act,) = reading.kinds(Kind.THANKED)
    told = (KnownHow.STATED, 1) if topic else (KnownHow.INFERRED, 0.8)
    assert (act.actor, act.parent_author) == (who, "14")
    assert (act.known_how, act.probability) == told


def test_who_accepts_their_own_answer_thanks_nobody(samples, forum):
    reading = forum(
        samples.post(1, samples.ADA, "?"), samples.post(2, samples.ADA, "!", at=2, accepted_answer=True)
    )

    assert reading.kinds(Kind.THANKED) == []
    assert reading.ledger.left_out == {"like of one's own post": 1}


def test_what_people_read_leaves_no_trace(sample, read):
    assert "77" not in repr(read(sample).traces)


def pack(folder: Path, path: Path) -> Path:
    files = sorted((file for file in folder.rglob("*.json")), reverse=True)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as packed:
            for file in files:
                packed.write(file, file.relative_to(folder))
    else:
        with tarfile.open(path, "w:gz") as packed:
            for file in files:
                packed.add(file, file.relative_to(folder))
    return path


@pytest.mark.parametrize("name", ["forum.zip", "forum.tar.gz"])
def test_an_archive_reads_like_the_folder_it_was_packed_from(sample, read, name, tmp_path):
    packed = pack(sample, tmp_path / name)

    assert SOURCE.recognises(packed) == SOURCE.recognises(sample) > 0.8
    assert read(packed).acts == read(sample).acts
    assert read(packed).ledger == read(sample).ledger


def test_the_folders_of_months_that_an_archiver_makes_are_recognised_by_their_names(samples, tmp_path):
    path = samples.write(tmp_path, {"archive/posts/2024-05-May/0000000012-ada-printing.json": b"{"})

    assert recognise(path).name == "discourse"
    assert SOURCE.recognises(path) > 0.8


def test_a_dry_run_counts_the_same(sample, read):
    door = Door(Ledger(), dry=True)

    assert list(SOURCE.read(sample, SOURCE.defaults(), door))
    assert door.ledger == read(sample).ledger


def test_one_answer_alone_is_refused_with_what_to_do(sample, read):
    assert SOURCE.recognises(sample / "posts.json") > 0.5
    with pytest.raises(SourceRefused, match="one answer") as refusal:
        read(sample / "posts.json")
    assert "folder" in refusal.value.hint


def test_a_folder_without_a_post_is_refused(samples, read, tmp_path):
    path = samples.write(tmp_path, {"about.json": {}, "categories.json": samples.FILES["categories.json"]})

    assert SOURCE.recognises(path) == 0
    with pytest.raises(SourceRefused, match="no post"):
        read(path)


def test_a_site_that_is_no_web_address_is_refused(sample, read):
    with pytest.raises(UsageRefused, match="no address"):
        read(sample, site="javascript:alert(1)")


def test_an_archive_that_leaves_its_folder_is_refused(samples, read, tmp_path):
    path = tmp_path / "forum.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("posts.json", b'{"latest_posts": []}')
        packed.writestr("../evil.json", b"{}")

    with pytest.raises(ExportUnsafe):
        read(path)
