"""The workshop's pages as a browser sees them, from the invitation to looking back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.actions import company
from tests.organisation.conftest import PASSWORD, link_in_last_letter
from tests.organisation.test_entering_pages import sign_in

from crosstie.actions.organisation import before_after, invitations, workshops
from crosstie.people import Role
from crosstie.record import Entry
from crosstie.store.models import Acknowledgement, Mapped, Participant, Question, Workshop

pytestmark = pytest.mark.anywhere

START = date(2026, 3, 16)  # the firm was read from 2 March to 20 April


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 3, 10, 9, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def enter(site, firm, ada):
    """Return a function that lets someone join by their link, and returns their browser."""

    def entering(name: str, role: Role = Role.MEMBER) -> Client:
        address = company.address(name)
        invitations.invite(firm, ada, [address], role=role)
        browser: Client = site()
        browser.post(link_in_last_letter(address), {"name": name, "password": PASSWORD})
        return browser

    return entering


def text(answer: Any) -> str:
    page: str = answer.content.decode()
    return " ".join(page.split())


@pytest.fixture
def fay(enter) -> Client:
    browser: Client = enter("Fay Lind", Role.FACILITATOR)
    return browser


@pytest.fixture
def bens(enter) -> Client:
    browser: Client = enter("Ben Olu")
    return browser


@pytest.fixture
def number(fay, bens) -> int:
    """Fay's workshop, made and with Ben invited on the pages."""
    page = fay.post("/workshops", {"name": "Widen", "starts_on": "2026-03-16"}, follow=True)
    assert "Whom to invite" in text(page)
    made = Workshop.objects.get()
    key = text(page).partition("Ben Olu")[0].rpartition('value="')[2].partition('"')[0]
    page = fay.post(f"/workshops/{made.pk}/invite", {"whom": "names", "person": key}, follow=True)
    assert "1 person is invited." in text(page)
    assert "1 person has not answered the invitation." in text(page)
    return made.pk


def test_the_menu_leads_there_and_a_member_makes_none(bens):
    page = text(bens.get("/"))
    assert 'href="/workshops"' in page
    assert "A new workshop" not in text(bens.get("/workshops"))
    assert bens.post("/workshops", {"name": "x", "starts_on": "2026-03-16"}).status_code == 403


def test_a_day_that_has_passed_is_refused_beside_the_form(fay):
    page = fay.post("/workshops", {"name": "x", "starts_on": "2026-03-09"})
    assert "The first day has passed." in text(page)


def test_someone_invited_says_yes_and_takes_part(bens, number):
    assert "You are invited" in text(bens.get("/workshops"))
    assert "Take part" in text(bens.get(f"/workshops/{number}"))
    page = text(bens.post(f"/workshops/{number}/accept", follow=True))
    assert "Week 1: Map your network" in page
    assert bens.get(f"/workshops/{number}/weeks/1").status_code == 403  # not begun
    assert "You do not take part." in text(bens.post(f"/workshops/{number}/leave", follow=True))
    assert bens.get(f"/workshops/{number}").status_code == 403


@pytest.fixture
def begun(bens, fay, number, clock) -> str:
    """The address of the workshop in its last week, in which Ben takes part."""
    bens.post(f"/workshops/{number}/accept")
    clock.move_to(datetime(2026, 4, 12, 9, tzinfo=UTC))
    for browser, name in ((bens, "Ben Olu"), (fay, "Fay Lind")):  # their sessions have ended
        sign_in(browser, company.address(name))
    return f"/workshops/{number}"


class TestWeekOne:
    def test_ones_own_contacts_are_confirmed_ended_and_taken_back(self, firm, bens, begun):
        page = text(bens.get(f"{begun}/weeks/1"))
        assert "Ada Berg" in page
        assert "Gil Amado" not in page.partition("Who is missing")[0]
        ada = page.partition('href="/contact/')[2].partition('"')[0]

        def change(**said: str) -> str:
            return text(bens.post(f"{begun}/map", said, follow=True))

        assert "Not confirmed after all" in change(what="confirm", person=ada)
        assert "Not confirmed after all" not in change(what="unconfirm", person=ada)
        page = change(what="ended", person=ada)
        assert "Not any more, as you said" in page
        ended = page.partition('name="number" value="')[2].partition('"')[0]
        assert "Not any more, as you said" not in change(what="restore", number=ended)
        assert bens.post(f"{begun}/map", {"what": "rank", "person": ada}).status_code == 400

    def test_who_is_missing_is_named_of_those_who_joined(self, bens, begun, enter):
        enter("Hana Sato")
        page = text(bens.get(f"{begun}/weeks/1"))
        hana = page.partition("Hana Sato</option>")[0].rpartition('value="')[2].partition('"')[0]
        page = text(bens.post(f"{begun}/map", {"what": "name", "person": hana}, follow=True))
        assert "Hana Sato</option>" not in page
        named = Mapped.objects.get(verb="missing")
        page = text(bens.post(f"{begun}/map", {"what": "unname", "number": named.pk}, follow=True))
        assert "Hana Sato</option>" in page

    def test_a_facilitator_sees_nobodys_contacts(self, fay, begun):
        page = text(fay.get(f"{begun}/weeks/1"))
        assert "Ada Berg" not in page
        assert "Each who takes part sees their own contacts here." in page


def test_week_two_leads_to_people_outside_ones_circle(site, enter, bens, begun):
    for name in ("Cleo Marti", "Dan Wu"):
        enter(name)
    assert 'href="/ask?outside=yes"' in text(bens.get(f"{begun}/weeks/2"))
    said = {"text": "Message 0 of Ada?", "outside": "yes"}
    assert "Suggest only people outside my circle" in text(bens.get("/ask?outside=yes"))
    page = text(bens.post("/ask", said))
    assert "Ask Cleo Marti" in page
    asks_ada = "Ask Ada Berg" in page
    assert not asks_ada
    cleo = page.partition("Ask Cleo Marti")[0].rpartition('name="person" value="')[2].partition('"')[0]
    bens.post("/ask/send", {**said, "person": cleo})
    (asked,) = Question.objects.get().asked.all()
    assert "You were chosen by name." not in str(asked.reasons)
    # Ada asked and never answered, so it is for Ada's own circle that the box makes a difference.
    steward = site()
    sign_in(steward)
    question = {"text": "Message 0 of Ada?"}
    assert "Ask Ben Olu" in text(steward.post("/ask", question))
    assert "Nobody outside your circle who takes part" in text(
        steward.post("/ask", {**question, "outside": "yes"})
    )


def test_week_three_takes_a_note_and_thanks(bens, fay, begun):
    page = text(bens.post(f"{begun}/notes", {"week": "3", "text": "Queues have limits."}, follow=True))
    assert "Queues have limits." in page
    page = text(bens.get(f"{begun}/weeks/3"))
    fay_key = page.partition("Fay Lind</option>")[0].rpartition('value="')[2].partition('"')[0]
    bens.post(f"{begun}/thank", {"person": fay_key, "line": "Queues."})
    assert Acknowledgement.objects.get().line == "Queues."
    note = text(fay.get(begun)).partition('id="note-')[2].partition('"')[0]
    page = text(fay.post(f"{begun}/notes", {"week": "3", "text": "How long?", "under": note}, follow=True))
    assert page.index("Queues have limits.") < page.index("How long?")
    assert fay.post(f"{begun}/notes/{note}/erase").status_code == 403
    page = text(bens.post(f"{begun}/notes/{note}/erase", follow=True))
    assert "A note that is not shown any more." in page
    assert bens.post(f"{begun}/notes", {"week": "3", "text": " "}).status_code == 400


def test_week_four_shows_before_and_after_to_oneself_and_not_to_the_facilitator(firm, bens, fay, begun):
    assert "Not enough to say" in text(bens.get(f"{begun}/weeks/4"))
    before_after.measure(firm, Workshop.objects.get())
    assert "People in your active circle: 1 on 16 March 2026, 1 on 12 April 2026." in text(
        bens.get(f"{begun}/weeks/4")
    )
    assert "active circle" not in text(fay.get(f"{begun}/weeks/4"))


def test_a_week_is_marked_as_done_and_that_is_taken_back(bens, fay, begun):
    page = text(bens.post(f"{begun}/weeks/1/done", {"done": "yes"}, follow=True))
    assert page.count('<span class="tag">done</span>') == 1
    assert '<span class="tag">done</span>' not in text(fay.get(begun))
    page = text(bens.post(f"{begun}/weeks/1/done", {"done": "no"}, follow=True))
    assert '<span class="tag">done</span>' not in page


def test_over_the_group_is_told_of_only_where_it_is_large_enough(firm, fay, bens, begun, clock):
    clock.move_to(datetime(2026, 4, 14, 9, tzinfo=UTC))
    assert "It is told as soon as the sources are read" in text(fay.get(begun))
    before_after.measure(firm, Workshop.objects.get())
    page = text(fay.get(begun))
    assert "People in the active circle: not enough to say." in page
    assert "How the group changed" not in text(bens.get(begun))


@pytest.mark.parametrize("path", ["", "/weeks/1", "/weeks/4", "/invite"])
def test_who_is_not_in_it_sees_no_page_of_it(enter, begun, path):
    assert enter("Cleo Marti").get(f"{begun}{path}").status_code == 403


def test_nobody_sees_it_before_the_login(site, begun):
    for path in ("/workshops", begun, f"{begun}/weeks/1"):
        assert site().get(path).status_code == 302


def test_no_more_are_invited_than_fit(fay, number, enter, monkeypatch):
    enter("Cleo Marti")
    monkeypatch.setattr(workshops, "MOST_PEOPLE", 1)
    page = fay.get(f"/workshops/{number}/invite")
    cleo = text(page).partition("Cleo Marti")[0].rpartition('value="')[2].partition('"')[0]
    page = fay.post(f"/workshops/{number}/invite", {"whom": "names", "person": cleo})
    assert "A workshop holds 1 people." in text(page)
    assert Participant.objects.count() == 1


def test_a_whole_group_is_invited_at_once(firm, fay, number, enter):
    for name in ("Cleo Marti", "Dan Wu"):
        enter(name)
    sales = {
        row.key: Entry(source="directory:x", id=row.id, name=row.name, groups={"department": "Sales"})
        for row in firm.store.accounts.all()
        if row.source == company.SOURCE and row.id in {"Ben", "Cleo", "Gil"}
    }
    firm.store.accounts.save_entries(sales)
    assert 'value="department/Sales"' in text(fay.get(f"/workshops/{number}/invite"))
    page = fay.post(
        f"/workshops/{number}/invite", {"whom": "group", "group": "department/Sales"}, follow=True
    )
    assert "1 person is invited." in text(page)  # Ben was invited before, and Gil did not join
    assert Participant.objects.count() == 2
