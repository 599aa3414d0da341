"""The pages of thanks, as a browser sees them, up to what was learned standing in the circle."""

from __future__ import annotations

import pytest
from tests.actions import company
from tests.organisation.conftest import PASSWORD

from crosstie.actions import pages
from crosstie.actions.organisation import asking, learning, work
from crosstie.practice.precision import FEWEST_JUDGED, FEWEST_JUDGES
from crosstie.store.models import Acknowledgement, Sampled


@pytest.fixture
def browser(site, firm):
    opened = site()
    opened.post("/account/login/", {"login": company.address("Ada Berg"), "password": PASSWORD})
    return opened


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    said: str = answer.content.decode()
    return said


def test_one_click_on_a_contact_thanks_them_and_the_page_says_so(browser, firm, ada, join):
    ben = join("Ben Olu")
    assert "I learned this from Ben Olu" in text(browser.get(f"/contact/{ben.person}"))
    said = {"person": ben.person, "line": "How queues fill up."}
    page = browser.post("/thanks/say", said, follow=True)
    assert page.redirect_chain[-1][0] == f"/contact/{ben.person}"
    assert "they are told" in text(page)
    assert "How queues fill up." in text(browser.get("/thanks"))


def test_who_did_not_join_cannot_be_thanked_here(browser, firm, ada):
    cleo = next(one.person for one in pages.circle(firm, ada).contacts if one.person.name == "Cleo Marti")
    assert "I learned this from" not in text(browser.get(f"/contact/{cleo.key}"))
    assert browser.post("/thanks/say", {"person": cleo.key}).status_code == 403


def test_an_answer_is_thanked_once(browser, firm, ada, join):
    ben = join("Ben Olu")
    question = asking.ask(firm, ada, "How?", {})
    answer = asking.answer(firm, ben, question, "So.")
    address = f"/questions/{question}"
    assert "I learned this from Ben Olu" in text(browser.get(address))
    said = {"person": ben.person, "answer": answer, "question": question}
    for _ in range(2):
        page = browser.post("/thanks/say", said, follow=True)
    assert page.redirect_chain[-1][0] == address
    assert "I learned this from" not in text(page)
    assert "You said that you learned from this." in text(page)
    assert Acknowledgement.objects.count() == 1


def test_nobody_thanks_themselves_for_their_own_answer(browser, firm, ada, join):
    question = asking.ask(firm, join("Ben Olu"), "How?", {})
    asking.answer(firm, ada, question, "So.")
    assert "I learned this from" not in text(browser.get(f"/questions/{question}"))


def test_what_was_said_stands_in_the_circle_as_stated_once_the_worker_ran(browser, firm, ada, join):
    lea = join("Lea Moreau")
    assert lea.person not in {one.person.key for one in pages.circle(firm, ada).contacts}
    learning.acknowledge(firm, ada, lea.person)
    work.work_once(firm)
    found = next(one for one in pages.circle(firm, ada).contacts if one.person.key == lea.person)
    assert found.is_stated
    assert found.is_active
    assert found.got == pytest.approx(2, abs=0.01)
    assert (found.given, found.turned_to) == (0, 0)
    page = text(browser.get(f"/contact/{lea.person}"))
    assert "You said to have learned from Lea Moreau" in page
    assert "You said that you learned from them." in page
    assert "Neither has turned to the other" not in page
    assert "inferred" not in page


def test_it_is_taken_back_on_the_page(browser, firm, ada, join):
    number = learning.acknowledge(firm, ada, join("Ben Olu").person)
    page = text(browser.post(f"/thanks/{number}/take-back", follow=True))
    assert "taken back" in page
    assert browser.post(f"/thanks/{number}/take-back").status_code == 403


def test_this_months_ties_are_judged_on_the_page_and_the_answer_is_private(browser, site, firm, ada, join):
    page = text(browser.get("/thanks"))
    rows = list(Sampled.objects.filter(account=ada.account))
    assert 0 < len(rows) <= learning.A_MONTH
    assert page.count('value="unsure"') == len(rows)
    assert page.count("Did you learn from ") == len(rows) + 1  # and the heading
    browser.post(f"/thanks/sample/{rows[0].pk}", {"verdict": "wrong"})
    assert text(browser.get("/thanks")).count('aria-pressed="true"') == 1
    assert browser.post(f"/thanks/sample/{rows[0].pk}", {"verdict": "perhaps"}).status_code == 400
    join("Ben Olu")
    assert not Sampled.objects.exclude(account=ada.account).exists()


def test_whom_one_thanked_is_not_asked_about(firm, ada, join):
    ben = join("Ben Olu")
    learning.acknowledge(firm, ada, ben.person)
    assert ben.person not in {one.who.key for one in learning.sample(firm, ada)}


def test_the_share_that_is_right_stands_on_the_pages_once_enough_was_judged(browser, firm, ada):
    for address in ("/", "/thanks"):
        assert f"once {FEWEST_JUDGED} such ties were judged, by at least {FEWEST_JUDGES} people" in text(
            browser.get(address)
        )
    for number in range(40):
        Sampled.objects.create(
            account=f"judge{number % FEWEST_JUDGES}",
            other=f"other{number}",
            month="2026-01",
            known_how="stated",
            verdict="wrong" if number < 10 else "right",
        )
    for address in ("/", "/thanks"):
        page = text(browser.get(address))
        # Wilson's interval for 30 of 40 at 90 %, as in the test of the figure.
        assert "75% of 40 such ties" in page
        assert "62% to 84%" in page


@pytest.mark.parametrize("path", ["/thanks", "/thanks/say", "/thanks/1/take-back", "/thanks/sample/1"])
def test_nothing_of_it_goes_without_signing_in(site, firm, path):
    for answer in (site().get(path), site().post(path)):
        assert answer.status_code == 302
        assert "/account/login/" in answer.headers["Location"]
