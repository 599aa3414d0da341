"""Circle check for members: each finding appears where it is so, and is withheld with its reason."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.organisation import large_firm, postgresql
from tests.organisation.large_firm import (
    ALIKE,
    CLOSING,
    NEW,
    ORDINARY,
    QUIET,
    SHRINKING,
    SMALLER,
    joined,
    read,
)

from crosstie.actions import opting, quarters
from crosstie.actions.home import Home
from crosstie.actions.organisation import checking, gate, introducing, openings
from crosstie.actions.organisation.opening import open_organisation
from crosstie.actions.pages.originals import traces
from crosstie.errors import NotShown
from crosstie.people import Viewer
from crosstie.record.keys import new_key
from crosstie.store.models import Look, Member, Run

pytestmark = pytest.mark.anywhere


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, empty_workspace: Path) -> Iterator[Home]:
    """The large firm, everybody joined, its quarters made once; tests put back what they change."""
    folder = tmp_path_factory.mktemp("large") / "workspace"
    shutil.copytree(empty_workspace, folder)
    with postgresql.copied(folder), open_organisation(folder) as home:
        read(home, large_firm.PEOPLE)
        for number in range(large_firm.PEOPLE):
            joined(home, number)
        checking.make(home, {})
        yield home


@pytest.fixture
def changed(large: Home) -> Iterator[Any]:
    """Return a function that changes what a member chose, and put it back."""
    kept = {}

    def change(number: int, **chosen: object) -> None:
        member = Member.objects.filter(email=large_firm.address(number))
        kept[number] = member.values(*chosen).get()
        member.update(**chosen)

    yield change
    for number, before in kept.items():
        Member.objects.filter(email=large_firm.address(number)).update(**before)


def check(home: Home, number: int) -> checking.CheckView:
    return checking.check(home, joined(home, number))


@pytest.mark.parametrize(
    ("number", "begins"),
    [
        (SHRINKING, "You were in touch with 3 people these three months, and with 23 half a year ago."),
        (SMALLER, "You were in touch with 11 people these three months, and with 23 half a year ago."),
        (CLOSING, "The people in your circle are more and more in touch with one another"),
        (ALIKE, "Your contact is spread as if over 1.0 groups"),
    ],
)
def test_each_finding_appears_where_it_is_so(large, number, begins):
    view = check(large, number)
    assert len(view.findings) == 1
    assert view.findings[0].startswith(begins)
    assert view.withheld == ()
    assert [one.way for one in view.openings] == ["ask", "read", "meet"]


def test_an_ordinary_circle_gets_no_word_and_no_advice(large):
    view = check(large, ORDINARY)
    assert view.is_ready
    assert view.findings == view.withheld == ()
    assert view.openings == ()
    assert view.ends_on == date(2026, 10, 19)


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (QUIET, "A smaller circle may come from missing traces alone"),
        (NEW, "You came less than nine months ago"),
    ],
)
def test_it_is_withheld_with_its_reason_from_newcomers_and_where_there_are_few_traces(large, number, why):
    view = check(large, number)
    assert view.findings == ()
    assert [one.startswith(why) for one in view.withheld] == [True]
    assert view.openings == ()


def test_an_absence_that_was_said_withholds_it(large, changed):
    changed(SHRINKING, absent_from=date(2026, 7, 1), absent_until=date(2026, 8, 20))
    view = check(large, SHRINKING)
    assert view.findings == ()
    assert view.withheld == ("You were away for a while, so a quieter circle means nothing.",)
    changed(SMALLER, absent_from=date(2026, 9, 1), absent_until=None)
    assert check(large, SMALLER).withheld == view.withheld


def test_a_short_absence_does_not(large, changed):
    changed(SHRINKING, absent_from=date(2026, 7, 1), absent_until=date(2026, 7, 10))
    assert check(large, SHRINKING).findings


def test_part_time_is_compared_with_what_part_time_can_hold(large, changed):
    changed(SMALLER, part_time=True)
    assert check(large, SMALLER).findings == ()
    changed(SHRINKING, part_time=True)
    assert check(large, SHRINKING).findings


def test_the_openings_lead_out_of_the_circle_on_ones_own_topics(large):
    ask, read, _meet = check(large, SHRINKING).openings
    assert re.fullmatch(r"Ask Person 2[45], who answers in turbines what you write about\.", ask.sentence)
    assert read.sentence.startswith("Read turbines: people outside your circle")
    assert read.original is not None
    assert (read.original.place, read.original.text) == ("turbines", "How do I balance turbine blades?")


def test_where_nothing_is_on_ones_topics_the_place_to_read_is_a_lively_one(large, monkeypatch):
    monkeypatch.setattr(openings, "_topics", lambda _home, _person: [])
    ways = openings._ways(large, joined(large, SHRINKING).person)
    assert ways.ask == ()
    (read,) = ways.read
    assert large.store.places.one(read.place)[0] == "turbines"
    assert read.is_new
    assert not read.is_topical
    monkeypatch.setattr(openings, "kept_for", lambda _home, _person: ways)
    assert check(large, SHRINKING).openings[0].sentence == (
        "Read turbines: people outside your circle answer questions there, and you have not been there."
    )


def test_a_place_whose_question_is_gone_is_no_place_to_read(large, monkeypatch):
    ways = openings.kept_for(large, joined(large, SHRINKING).person)
    assert {one.way for one in check(large, SHRINKING).openings} == {"ask", "read", "meet"}
    gone = replace(ways, read=(replace(ways.read[0], trace="nosuch"),))
    monkeypatch.setattr(openings, "kept_for", lambda _home, _person: gone)
    assert {one.way for one in check(large, SHRINKING).openings} == {"ask", "meet"}


def test_a_question_without_a_web_address_is_read_on_our_own_page(large, site_of_large, monkeypatch):
    def without_link(home, who, ids):
        return {key: replace(one, link="") for key, one in traces(home, who, ids).items()}

    monkeypatch.setattr(checking, "traces", without_link)
    page = site_of_large(SHRINKING).get("/").content.decode()
    (link,) = re.findall(r'<a href="([^"]+)">A question that was answered there', page)
    opened = site_of_large(SHRINKING).get(link)
    assert opened.status_code == 200
    assert "How do I balance turbine blades?" in opened.content.decode()


def test_who_is_away_or_not_free_is_not_the_one_to_ask(large, changed):
    changed(24, absent_from=timezone.localdate(), absent_until=None)
    assert "Person 25" in check(large, SHRINKING).openings[0].sentence


def test_an_introduction_that_is_open_is_the_third_opening(large):
    viewer = joined(large, SMALLER)
    assert introducing.look(large, viewer) > 0
    meet = check(large, SMALLER).openings[2]
    assert meet.sentence.startswith("Meet Person")
    shown = set(
        Look.objects.filter(viewer=viewer.account, what="circle check").values_list("shown", flat=True)
    )
    assert shown


def test_nobody_else_is_shown_it_and_an_outsider_nothing(large):
    outside = Viewer(person=joined(large, SHRINKING).person)
    with pytest.raises(NotShown):
        checking.check(large, outside)
    # There is no way to name another: the verb takes the viewer alone, and each reads their own.
    assert check(large, ORDINARY) != check(large, SHRINKING)


def test_who_opts_out_is_gone_from_it_at_once_and_from_all_openings(large):
    before = check(large, SHRINKING)
    assert "24" in before.openings[0].sentence or "25" in before.openings[0].sentence
    gone = [24, 25]
    try:
        for number in gone:
            opting.opt_out(large, large_firm.address(number))
        assert not check(large, SHRINKING).is_ready
        checking.make(large, {})
        view = check(large, SHRINKING)
        assert view.findings
        assert not any(f"Person {number}" in one.sentence for number in gone for one in view.openings)
        circles = quarters.newest(large)
        assert circles is not None
        assert len(circles.persons) == large_firm.PEOPLE - len(gone)
    finally:
        for number in gone:
            opting.opt_in(large, large_firm.address(number))
        checking.make(large, {})
    assert check(large, SHRINKING).openings == before.openings


def test_it_is_worked_out_behind_the_pages_and_put_in_once(large):
    name = quarters.wanted_name(large)
    shutil.move(large.folder / "quarters" / name, large.folder / "kept")
    try:
        for _ in range(2):
            assert not check(large, SHRINKING).is_ready
        assert Run.objects.filter(kind="circle-check", key=f"circle-check:{name}").count() == 1
    finally:
        shutil.move(large.folder / "kept", large.folder / "quarters" / name)
    made = (large.folder / "quarters" / name / "quarters.npz").stat().st_mtime_ns
    checking.make(large, {})
    assert (large.folder / "quarters" / name / "quarters.npz").stat().st_mtime_ns == made


def test_killed_between_the_quarters_and_the_openings_the_next_one_goes_on(large):
    kept = large.folder / "quarters" / quarters.wanted_name(large) / "openings.json"
    text = kept.read_text()
    kept.unlink()
    assert [one.way for one in check(large, SHRINKING).openings] == ["meet"]
    checking.make(large, {})
    assert kept.read_text() == text


def test_a_member_of_whom_nothing_was_read_is_told_so(large):
    member = Member.objects.create(email="x@large.example", name="X", account=new_key())
    try:
        view = checking.check(large, gate.viewer_of(large, member.pk))
        assert view.withheld[0].startswith("A smaller circle may come from missing traces alone")
    finally:
        member.delete()


def test_my_circle_shows_it_with_its_openings(large, site_of_large):
    page = site_of_large(SHRINKING).get("/").content.decode()
    assert "Circle check" in page
    assert "You were in touch with 3 people these three months" in page
    for words in ("Someone to ask", "A place to read", "An introduction", "Shown to you alone"):
        assert words in page
    assert re.search(
        r'<a href="https://large.example/t.+" rel="noreferrer">A question that was answered there', page
    )
    page = site_of_large(ORDINARY).get("/").content.decode()
    assert "neither small, nor closing, nor all alike" in page
    assert "Someone to ask" not in page


@pytest.fixture
def site_of_large(large: Home) -> Any:
    """Return a function that opens the pages as one of the large firm."""
    from crosstie.web.organisation import site_of
    from crosstie.web.organisation.application import SITE

    shown = site_of(large)

    def browser(number: int) -> Client:
        carried: dict[str, Any] = {SITE: shown, "HTTP_HOST": "127.0.0.1:8000"}
        opened = Client(**carried)
        opened.force_login(
            Member.objects.get(email=large_firm.address(number)),
            backend="django.contrib.auth.backends.ModelBackend",
        )
        return opened

    return browser
