"""Pages wait for nothing that a worker makes: advice is at hand, or they say that it is not yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.actions import company
from tests.organisation.conftest import PASSWORD

from crosstie.actions import presence, reading, snapshots
from crosstie.actions.consent import Consent
from crosstie.actions.organisation import asking, proposing, recording, work
from crosstie.store.models import Run

pytestmark = pytest.mark.anywhere

TEXT = "Message 0 of Ada?"


@pytest.fixture
def working(firm) -> Iterator[None]:
    """A worker lives, and does nothing; somebody said something since what it made last."""
    plan = company.plan([*company.accounts(), *company.places(), company.said(9000, "Ada")], path="new.json")
    reading.read(firm, plan, agreed=Consent(domains=frozenset({"firm.example"})))
    snapshots.current(firm)
    with presence.present(firm.folder):
        yield


def recorded(firm) -> None:
    for run in Run.objects.filter(kind="record", done_at=None):
        recording.record(firm, run.payload)


def test_before_a_worker_made_it_the_page_says_so_and_a_question_can_still_be_asked(
    firm, ada, join, working, site
):
    join("Ben Olu")
    draft = proposing.draft(firm, ada, TEXT)
    assert (draft.is_ready, draft.before, draft.candidates) == (False, (), ())
    browser = site()
    browser.post("/account/login/", {"login": company.address("Ada Berg"), "password": PASSWORD})
    page = browser.post("/ask", {"text": TEXT}).content.decode()
    assert "What was asked before is being read." in page
    assert "Who could help" not in page
    assert 'action="/ask/send"' in page
    work.work_once(firm)
    draft = proposing.draft(firm, ada, TEXT)
    assert draft.is_ready
    assert draft.before
    assert draft.candidates


def test_while_the_next_one_is_made_the_older_advice_is_given(firm, ada, ben, working):
    assert not proposing.draft(firm, ada, TEXT).is_ready
    work.work_once(firm)
    older = snapshots.current(firm).folder
    asking.ask(firm, ada, "Something new?", {})
    recorded(firm)
    with snapshots.alone(firm):  # as whoever makes the next one is
        draft = proposing.draft(firm, ada, TEXT)
        assert snapshots.current(firm).folder == older
    assert [one.helper.person.name for one in draft.candidates] == ["Ben Olu"]
    work.work_once(firm)
    assert snapshots.current(firm).folder != older
    assert proposing.draft(firm, ada, TEXT).is_ready


@pytest.mark.parametrize(("took", "rest"), [("60.0", timedelta(minutes=9)), ("1.0", timedelta(0))])
def test_after_a_long_one_workers_rest_before_they_make_the_next(firm, ada, working, took, rest):
    firm.store.set_fact("snapshot took seconds", took)
    asking.ask(firm, ada, "Something new?", {})
    recorded(firm)
    snapshots.current(firm)
    run = Run.objects.get(kind="snapshot", done_at=None)
    assert (run.due_at > timezone.now() + rest) == bool(rest)


def test_a_snapshot_of_an_earlier_crosstie_is_never_shown(firm, ada, working):
    made = snapshots.current(firm).folder
    made.rename(made.with_name("0" + made.name))
    firm.loaded = None
    assert snapshots.current(firm).folder == made
    assert [one.name for one in made.parent.iterdir()] == [made.name]


def test_what_was_made_before_the_first_reading_is_not_shown_for_it(home):
    assert len(snapshots.current(home).network.ties) == 0
    with presence.present(home.folder):
        reading.read(home, company.plan(), agreed=Consent(domains=frozenset({"firm.example"})))
        assert len(snapshots.current(home).network.ties) > 0
