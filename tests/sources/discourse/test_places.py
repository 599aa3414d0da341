"""Categories and private messages: who can read what, and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from crosstie.record import Openness
from crosstie.sources import Mode


@pytest.fixture
def sample(samples, tmp_path) -> Path:
    path: Path = samples.make(tmp_path)
    return path


def test_places_are_as_closed_as_the_forum_has_them(samples, sample, read):
    reading = read(sample, viewer="cleo", site="https://forum.example.org")

    assert {act.place: act.openness for act in reading.acts.values()} == {
        "5": Openness.OPEN,
        "6": Openness.MEMBERS,
        "topic-103": Openness.DIRECT,
    }
    assert (reading.places["5"].name, reading.places["5"].link) == (
        "Help",
        "https://forum.example.org/c/help/5",
    )
    assert (reading.places["6"].name, reading.places["6"].link) == ("Board", "")
    assert reading.acts["8"].addressed == ("13",)
    assert reading.acts["8"].text is None


def test_without_a_viewer_open_places_only_are_read(sample, read):
    assert {act.openness for act in read(sample).acts.values()} == {Openness.OPEN}


def test_an_agreed_category_is_read_in_an_organisation(sample, read):
    reading = read(sample, mode=Mode.ORGANISATION, agreed=frozenset({"Board"}))

    assert reading.acts["6"].openness is Openness.MEMBERS
    assert "7" not in reading.acts


@pytest.mark.parametrize(
    ("more", "setting", "openness"),
    [
        ({}, "auto", Openness.OPEN),
        ({"can_edit": True}, "auto", Openness.MEMBERS),
        ({"actions_summary": [{"id": 2, "can_act": True}]}, "auto", Openness.MEMBERS),
        ({"can_edit": True}, "open", Openness.OPEN),
        ({}, "members", Openness.MEMBERS),
    ],
)
def test_a_category_in_no_list_is_open_only_to_those_who_came_without_signing_in(
    samples, forum, more, setting, openness
):
    act = forum(samples.post(1, samples.ADA, "?", **more), viewer="ada", openness=setting).acts["1"]

    assert act.openness is openness


def test_a_category_that_does_not_say_who_reads_it_is_one_in_no_list(samples, forum):
    files = {"c.json": {"categories": [{"id": samples.HELP, "name": "Help"}]}}
    act = forum(samples.post(1, samples.ADA, "?", can_edit=True), files=files, viewer="ada").acts["1"]

    assert act.openness is Openness.MEMBERS


def test_a_category_within_a_restricted_one_is_no_wider(samples, forum):
    within = {"id": 7, "name": "Pay", "read_restricted": False, "parent_category_id": samples.BOARD}
    board = {"id": samples.BOARD, "name": "Board", "read_restricted": True, "subcategory_list": [within]}
    reading = forum(
        samples.post(1, samples.ADA, "?", category_id=7),
        files={"c.json": {"category_list": {"categories": [board]}}},
        viewer="ada",
    )

    assert reading.places["7"].openness is Openness.MEMBERS
    assert reading.places["7"].name == "Board / Pay"


def test_a_category_that_is_never_read_stays_out(samples, forum):
    files = {"c.json": {"category": {"id": samples.HELP, "name": "Works council", "read_restricted": False}}}
    reading = forum(samples.post(1, samples.ADA, "?"), files=files)

    assert reading.ledger.left_out == {"place of a kind that is never read": 1}


def test_a_topic_without_a_category_is_between_those_who_wrote_in_it(samples, forum):
    reading = forum(
        samples.post(1, samples.ADA, "?", category_id=None),
        samples.post(2, samples.BEN, "!", at=2, category_id=None),
        viewer="ada",
    )

    assert {act.openness for act in reading.acts.values()} == {Openness.DIRECT}
    assert reading.acts["1"].addressed == ("12",)


def test_a_list_of_topics_tells_their_category_and_kind(samples, forum):
    topics = {"topic_list": {"topics": [{"id": 100, "archetype": "private_message", "category_id": None}]}}

    assert forum(samples.post(1, samples.ADA, "?"), files={"latest.json": topics}).acts == {}
