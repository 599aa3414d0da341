"""*Ask a panel*: members who are free, each with what they bring, asked as a question is asked."""

from __future__ import annotations

import re

import pytest

from crosstie.actions import opting
from crosstie.actions.organisation import choosing, convening
from crosstie.errors import NotShown, UsageRefused
from crosstie.people import Viewer
from crosstie.store.models import Asked, Letter, Member, Question

pytestmark = pytest.mark.anywhere

TEXT = "Message 0 of Ada?"
KNOW = ("Ben Olu", "Cleo Marti", "Dan Wu", "Eve Ros", "Fay Lind")


@pytest.fixture
def members(join):
    return {name: join(name) for name in KNOW}


@pytest.fixture
def hana(join):
    return join("Hana Sato")


@pytest.fixture
def browser(site, firm, hana):
    opened = site()
    opened.force_login(
        Member.objects.get(pk=hana.member), backend="django.contrib.auth.backends.ModelBackend"
    )
    return opened


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    said: str = answer.content.decode()
    return said


def _names(convened) -> list[str]:
    return [one.helper.person.name for one in convened.panel.seats]


def test_a_panel_of_nobody_asks_nobody_by_letter(browser):
    page = text(browser.post("/ask/panel", {"text": TEXT, "seats": 3}))
    assert "Nobody was found" in page
    assert "Nobody is asked by name: your question stands open." in page
    assert "Those you ticked are asked" not in page


def test_one_gets_there_from_ask_and_sees_what_each_brings(browser, members):
    assert 'formaction="/ask/panel"' in text(browser.get("/ask"))
    page = text(browser.post("/ask/panel", {"text": TEXT, "seats": 3}))
    keys = re.findall(r'name="person" value="([^"]+)" checked', page)
    assert len(keys) == 3
    assert set(keys) <= {one.person for one in members.values()}
    assert page.count("Has answered about this in questions") == 3
    assert "Answered questions like this one in questions, the last on " in page
    assert "By name: no one of them comes first." in page
    assert "not what anybody thinks" in page
    assert "In the made-up company, where it is known who knows what" in page
    assert not Letter.objects.filter(kind="asked").exists()


def test_those_ticked_are_asked_and_read_that_they_are_one_of_a_panel(browser, hana, members):
    page = text(browser.post("/ask/panel", {"text": TEXT, "seats": 3}))
    keys = re.findall(r'name="person" value="([^"]+)" checked', page)
    answer = browser.post("/ask/panel/send", {"text": TEXT, "seats": 3, "quotas": "", "person": keys[:2]})
    assert answer.status_code == 302
    (question,) = Question.objects.all()
    asked = {one.person: one.account for one in members.values() if one.person in keys[:2]}
    assert set(Asked.objects.values_list("account", flat=True)) == set(asked.values())
    (letter,) = Letter.objects.filter(kind="asked", account=asked[keys[0]])
    assert "You are asked as one of a panel" in letter.text
    assert "Answered questions like this one in questions" in letter.text
    assert question.account == hana.account


def test_whoever_takes_no_more_questions_is_away_or_out_is_not_on_it(firm, hana, members):
    assert _names(convening.convene(firm, hana, TEXT)) == sorted(KNOW)
    Member.objects.filter(pk=members["Ben Olu"].member).update(is_free=False)
    Member.objects.filter(pk=members["Cleo Marti"].member).update(paused_until="2999-01-01")
    opting.opt_out(firm, members["Dan Wu"].person)
    assert _names(convening.convene(firm, hana, TEXT)) == ["Eve Ros", "Fay Lind"]


def test_a_panel_is_never_of_people_alone_whom_one_has_around_anyway(firm, ada, members):
    # Ada turned to all of them, and nobody else knows.
    assert convening.convene(firm, ada, TEXT, seats=4).panel.seats == ()


def test_a_number_that_cannot_be_met_is_said_beside_its_field(browser, members):
    page = text(browser.post("/ask/panel", {"text": TEXT, "quotas": "Nowhere=1.."}))
    assert "there is no such group" in page
    page = text(browser.post("/ask/panel", {"text": TEXT, "quotas": "nonsense"}))
    assert "says no number for a group" in page


def test_an_outsider_is_shown_no_panel_and_asks_none(firm, members):
    outside = Viewer(person=members["Ben Olu"].person)
    with pytest.raises(NotShown):
        convening.convene(firm, outside, TEXT)
    with pytest.raises(NotShown):
        choosing.ask_panel(firm, outside, TEXT, [members["Cleo Marti"].person])
    with pytest.raises(UsageRefused):
        convening.convene(firm, members["Ben Olu"], "  ")
