"""*Ask* as a browser sees it: the draft, whom one ticks, what is sent, and the question's page."""

from __future__ import annotations

import re

import pytest
from tests.actions import company
from tests.actions.test_files import commits
from tests.organisation.conftest import PASSWORD
from tests.sources.git.histories import build

from crosstie.actions import reading
from crosstie.actions.consent import Consent
from crosstie.actions.course import Plan
from crosstie.actions.organisation import mail_settings, proposing
from crosstie.sources.git import SOURCE as GIT
from crosstie.store.models import Asked, Letter, Member, Question

pytestmark = pytest.mark.anywhere

TEXT = "Message 0 of Ada?"


@pytest.fixture
def browser(site, firm):
    opened = site()
    opened.post("/account/login/", {"login": company.address("Ada Berg"), "password": PASSWORD})
    return opened


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    said: str = answer.content.decode()
    return said


def boxes(page: str) -> dict[str, bool]:
    """Return by the key of a person whether they are ticked."""
    found = re.findall(r'type="checkbox" name="person" value="([^"]+)"( checked)?', page)
    return {key: bool(checked) for key, checked in found}


def test_the_draft_shows_earlier_answers_and_people_with_links_to_what_speaks_for_them(browser, join):
    ben = join("Ben Olu")
    page = text(browser.post("/ask", {"text": TEXT}))
    assert "Answered before" in page
    assert 'href="https://chat.firm.example/m' in page
    assert "Answered questions like this one in questions, the last on " in page
    assert "You are in touch already." in page
    assert boxes(page) == {ben.person: True}
    assert not Letter.objects.filter(kind="asked").exists()


@pytest.mark.parametrize(("more", "hinted"), [("", True), (" Who has the key to the roof?", False)])
def test_who_asks_nothing_is_told_so_before_it_is_sent_and_may_send_it(browser, more, hinted):
    said = f"The lift in the old building is out of order again until Thursday afternoon.{more}"
    page = text(browser.post("/ask", {"text": said}))
    assert ("Nothing in your text seems to ask for anything." in page) is hinted
    assert 'action="/ask/send"' in page


def test_one_who_is_free_is_ticked_and_no_box_asks_someone_who_takes_no_more(browser, firm, join):
    ben, cleo, dan = (join(name) for name in ("Ben Olu", "Cleo Marti", "Dan Wu"))
    Member.objects.filter(pk=ben.member).update(is_free=False)
    page = text(browser.post("/ask", {"text": TEXT}))
    assert set(boxes(page)) == {cleo.person, dan.person}
    assert list(boxes(page).values()).count(True) == 1
    assert page.count("Takes no more questions now.") == 1
    refused = browser.post("/ask/send", {"text": TEXT, "person": [ben.person]})
    assert refused.status_code == 403
    assert not Question.objects.exists()


def test_where_nobody_can_be_ticked_the_question_is_said_to_stand_open(browser, join):
    stands_open, is_sent = "Nobody is asked by name: your question stands open.", "Those you ticked are asked"
    page = text(browser.post("/ask", {"text": TEXT}))
    assert (stands_open in page, is_sent in page) == (True, False)
    ben = join("Ben Olu")
    page = text(browser.post("/ask", {"text": TEXT}))
    assert (stands_open in page, is_sent in page) == (False, True)
    Member.objects.filter(pk=ben.member).update(is_free=False)
    page = text(browser.post("/ask", {"text": TEXT}))
    assert (stands_open in page, is_sent in page) == (True, False)


def test_what_is_ticked_is_sent_with_its_place_and_nobody_ticked_leaves_it_open(browser, firm, ada, join):
    ben = join("Ben Olu")
    mail_settings.keep(firm, sending="smtp://127.0.0.1:9", sender="crosstie@firm.example")
    ((place, _),) = proposing.places(firm, ada)
    page = text(browser.post("/ask", {"text": TEXT, "place": place}))
    assert f'<input type="hidden" name="place" value="{place}">' in page
    shown = browser.post("/ask/send", {"text": TEXT, "place": place, "person": [ben.person]}, follow=True)
    assert "Your question is on its way." in text(shown)
    assert Question.objects.get().place == place
    assert Asked.objects.get().account == ben.account
    shown = browser.post("/ask/send", {"text": "Anyone?", "place": ""}, follow=True)
    assert "Your question stands open." in text(shown)
    assert Asked.objects.count() == 1


def test_a_place_that_is_none_and_an_empty_question_are_refused_beside_their_fields(browser):
    assert "not one of the available choices" in text(browser.post("/ask", {"text": TEXT, "place": "board"}))
    assert "This field is required." in text(browser.post("/ask", {"text": "  "}))


def test_the_crowd_is_stated_before_anything_is_sent(browser, join):
    for name in company.NAMES[1:]:
        join(name)
    Member.objects.update(is_free=False)  # nobody is asked in particular: all of them could have asked
    page = text(browser.post("/ask", {"text": TEXT}))
    assert re.search(r"you are then one of[\w ]* 12 who could have asked", page)
    said = {"text": TEXT, "hidden": "yes", "alias": "A colleague"}
    shown = text(browser.post("/ask/send", said, follow=True))
    assert re.search(r"Others read “A colleague”, one of[\w ]* 12\.", shown)


def test_whoever_changed_a_file_is_suggested_with_it(firm, browser, join, tmp_path):
    join("Ben Olu")
    plan = Plan(path=build(tmp_path / "widgets", list(commits())), source=GIT, settings=GIT.defaults())
    reading.read(firm, plan, agreed=Consent(domains=frozenset({"firm.example"})))
    page = text(browser.post("/ask", {"text": "Who knows drivers/usb/core/hub.c?"}))
    assert "<li>Changed drivers/usb/core/hub.c in widgets, the last such change on " in page
    assert '<p class="quiet">drivers/usb/core/hub.c</p></blockquote>' in page
