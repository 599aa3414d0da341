"""A dump as a whole: questions, answers, who accepted what, places, and what is left out."""

from __future__ import annotations

import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crosstie.errors import SourceRefused, UsageRefused
from crosstie.record import Kind, KnownHow, Openness
from crosstie.sources import Door, Ledger
from crosstie.sources.stackexchange import SOURCE


@pytest.fixture
def sample(samples, tmp_path) -> Path:
    path: Path = samples.make(tmp_path)
    return path


def test_the_sample_is_used_or_explained(sample, read):
    ledger = read(sample).ledger

    assert ledger.used == 9
    assert ledger.left_out == {
        "accepted by somebody whom the dump does not tell": 1,
        "bookmark": 1,
        "by somebody whose account is gone": 2,
        "by the site itself": 1,
        "comment on a post that is not in the dump": 1,
        "link to another question": 1,
        "mark that a question was asked before": 1,
        "page of the site, such as the description of a tag": 1,
        "unreadable time": 1,
        "vote against a post, which names nobody": 1,
        "vote for a post, which names nobody": 2,
        "vote that dates an accepted answer": 1,
        "vote to close, delete, edit or report": 1,
    }


def test_a_question_is_said_in_the_place_of_its_first_tag(sample, read):
    reading = read(sample, site="https://baking.example.org")
    act = reading.acts["1"]

    assert (act.kind, act.actor, act.place, act.thread) == (Kind.SAID, "11", "dough", "1")
    assert act.at == datetime(2020, 1, 5, 10, tzinfo=UTC)
    assert act.text == "Rye bread\nHow long does it rest?\n[dough] [rye]"
    assert act.asks is True
    assert act.link == "https://baking.example.org/q/1"
    assert act.openness is Openness.OPEN
    assert reading.places["dough"].link == "https://baking.example.org/questions/tagged/dough"


def test_an_answer_replies_to_whoever_asked(sample, read):
    act = read(sample).acts["2"]

    assert (act.kind, act.known_how) == (Kind.REPLIED, KnownHow.STATED)
    assert (act.replies_to, act.parent_author, act.thread, act.place) == ("1", "11", "1", "dough")
    assert (act.asks, act.link) == (False, "")


def test_an_answer_to_somebody_whose_account_is_gone_answers_nobody_else(sample, read):
    reading = read(sample)
    act = reading.acts["6"]

    assert (act.replies_to, act.parent_author, act.thread) == ("5", "", "")
    assert reading.ledger.notes["answer to somebody whom the dump does not tell"] == 1
    assert "5" not in reading.acts


def test_who_asked_thanks_for_the_accepted_answer_on_the_day_of_the_vote(sample, read):
    (act,) = read(sample).kinds(Kind.THANKED)

    assert act.external_id == "2/+accepted/11"
    assert (act.actor, act.parent_author, act.replies_to) == ("11", "12", "2")
    assert act.at == datetime(2020, 1, 7, tzinfo=UTC)
    assert act.known_how is KnownHow.STATED


@pytest.mark.parametrize(
    "votes", [(), ({"Id": 1, "PostId": 2, "VoteTypeId": 1, "CreationDate": "2020-01-05T00:00:00.000"},)]
)
def test_an_answer_is_never_accepted_before_it_is_given(samples, dump, votes):
    (act,) = dump(*samples.POSTS[:2], votes=votes).kinds(Kind.THANKED)

    assert act.at == datetime(2020, 1, 6, 10, tzinfo=UTC)


def test_who_accepts_their_own_answer_thanks_nobody(samples, dump):
    reading = dump(
        samples.post(1, samples.ADA, "?", Tags="<a>", AcceptedAnswerId=2),
        samples.post(2, samples.ADA, "!", ParentId=1),
    )

    assert reading.kinds(Kind.THANKED) == []
    assert reading.ledger.left_out == {"acceptance of one's own answer": 1}


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([], "accepted answer that is not in the dump"),
        ([{"OwnerUserId": -1}], "accepted answer that was left out"),
    ],
)
def test_an_acceptance_without_its_answer_is_counted(samples, dump, answers, reason):
    reading = dump(
        samples.post(1, samples.ADA, "?", Tags="<a>", AcceptedAnswerId=2),
        *(samples.post(2, None, "!", ParentId=1, **more) for more in answers),
    )

    assert reading.ledger.left_out[reason] == 1
    assert reading.ledger.read == 2 + len(answers)


@pytest.mark.parametrize(
    ("tags", "place"),
    [("<dough><rye>", "dough"), ("|dough|rye|", "dough"), ("", "untagged"), ("<c++><.net>", "c++")],
)
def test_tags_are_read_as_older_and_newer_dumps_write_them(samples, dump, tags, place):
    assert dump(samples.post(1, samples.ADA, "?", Tags=tags)).acts["1"].place == place


def test_a_question_with_a_tag_that_is_never_read_is_left_out_with_all_that_follows(samples, dump):
    reading = dump(
        samples.post(1, samples.ADA, "?", Tags="<dough><works-council>"),
        samples.post(2, samples.BEN, "!", ParentId=1),
        comments=(samples.comment(3, 2, samples.CLEO, "why"),),
    )

    assert reading.acts == {}
    assert reading.ledger.left_out == {"place of a kind that is never read": 3}


def test_an_edit_is_dated(samples, dump):
    act = dump(samples.post(1, samples.ADA, "?", LastEditDate="2020-03-01T10:00:00.500")).acts["1"]

    assert act.edited_at == datetime(2020, 3, 1, 10, 0, 0, 500_000, tzinfo=UTC)


def test_an_answer_that_stands_before_its_question_still_finds_it(samples, dump):
    acts = dump(
        samples.post(9, samples.BEN, "!", ParentId=8), samples.post(8, samples.ADA, "?", Tags="<a>")
    ).acts

    assert (acts["9"].parent_author, acts["9"].place) == ("11", "a")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"Id": "x"}, "unreadable row"),
        ({"Id": "9" * 30}, "unreadable row"),
        ({"PostTypeId": "?"}, "unreadable row"),
        ({"OwnerUserId": 555}, "unknown user"),
        ({"OwnerUserId": "9" * 40}, "by somebody whose account is gone"),
        ({"CreationDate": "0001-01-01T00:00:00"}, "date before 1980 or in the future"),
        ({"CreationDate": "2999-01-01T00:00:00"}, "date before 1980 or in the future"),
        ({"CreationDate": ""}, "unreadable time"),
    ],
)
def test_a_broken_row_loses_only_itself(samples, dump, more, reason):
    reading = dump(samples.post(1, samples.ADA, "?", **more), samples.post(2, samples.BEN, "?"))

    assert set(reading.acts) == {"2"}
    assert reading.ledger.left_out == {reason: 1}


def test_what_people_say_of_themselves_leaves_no_trace(sample, read):
    traces = repr(read(sample).traces)

    assert "secret" not in traces
    assert "2021" not in traces
    assert "Curious" not in traces


def test_the_viewer_is_there_even_without_a_post(samples, dump):
    assert set(dump(samples.post(1, samples.ADA, "?"), viewer="Dan").accounts) == {"11", "14"}


def test_a_site_is_known_by_its_content_however_it_grows_and_moves(samples, sample, read, tmp_path):
    before = {act.source for act in read(sample).acts.values()}
    samples.write(
        sample,
        {
            "Users": [*samples.PEOPLE, {"Id": 99, "DisplayName": "Eve", "CreationDate": samples.EARLY}],
            "Posts": [*samples.POSTS, samples.post(50, 99, "?")],
        },
    )
    after = {act.source for act in read(sample.rename(tmp_path / "moved")).acts.values()}

    assert after == before
    assert len(before) == 1


def pack(folder: Path, path: Path) -> Path:
    files = sorted(folder.iterdir())
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in files:
                packed.write(file, file.name)
    else:
        with tarfile.open(path, "w:xz") as packed:
            for file in files:  # comments before posts before people: a stream cannot go back
                packed.add(file, f"site/{file.name}")
    return path


@pytest.mark.parametrize("name", ["dump.zip", "dump.tar.xz"])
def test_an_archive_reads_like_the_folder_it_was_packed_from(sample, read, tmp_path, name):
    packed = pack(sample, tmp_path / name)

    assert SOURCE.recognises(packed) == SOURCE.recognises(sample) > 0.9
    assert read(packed).acts == read(sample).acts
    assert read(packed).ledger == read(sample).ledger


def test_names_of_files_may_be_written_small_as_in_old_dumps(sample, read):
    before = read(sample).acts
    for file in list(sample.iterdir()):
        file.rename(file.with_name(file.name.lower()))

    assert read(sample).acts == before


def test_a_dry_run_counts_the_same_and_keeps_no_words(sample, read):
    door = Door(Ledger(), dry=True)
    traces = list(SOURCE.read(sample, SOURCE.defaults(), door))

    assert door.ledger == read(sample).ledger
    assert "Overnight" not in repr(traces)


def test_a_7z_is_refused_with_what_to_do(read, tmp_path):
    path = tmp_path / "baking.example.org.7z"
    path.write_bytes(b"7z\xbc\xaf'\x1c" + bytes(100))

    assert SOURCE.recognises(path) > 0
    with pytest.raises(SourceRefused, match="7z") as refusal:
        read(path)
    assert "7z x baking.example.org.7z" in refusal.value.hint


def test_one_table_alone_is_refused_with_what_to_do(sample, read):
    assert SOURCE.recognises(sample / "Posts.xml") > 0
    with pytest.raises(SourceRefused, match="one table") as refusal:
        read(sample / "Posts.xml")
    assert "folder" in refusal.value.hint


@pytest.mark.parametrize("missing", ["Posts", "Users"])
def test_a_dump_without_posts_or_people_is_refused(sample, read, missing):
    (sample / f"{missing}.xml").unlink()

    with pytest.raises(SourceRefused, match=rf"no {missing}\.xml"):
        read(sample)


def test_a_dump_that_names_nobody_is_refused(samples, sample, read):
    samples.write(sample, {"Users": []})

    with pytest.raises(SourceRefused, match="names nobody"):
        read(sample)


def test_several_sites_at_once_are_refused_by_name(samples, read, tmp_path):
    samples.make(tmp_path / "one")
    samples.make(tmp_path / "two")

    with pytest.raises(SourceRefused, match="several sites") as refusal:
        read(tmp_path)
    assert "one/baking.example.org" in refusal.value.message


def test_a_site_that_is_no_web_address_is_refused(sample, read):
    with pytest.raises(UsageRefused, match="no address"):
        read(sample, site="javascript:alert(1)")


def test_a_question_by_nobody_known_has_no_asker(samples, dump):
    acts: dict[str, Any] = dump(
        samples.post(1, 555, "?", Tags="<a>"), samples.post(2, samples.BEN, "!", ParentId=1)
    ).acts

    assert (acts["2"].parent_author, acts["2"].thread) == ("", "")
