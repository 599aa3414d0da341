"""The pages of thanks, as a browser sees them, up to what was learned standing in the circle."""

from __future__ import annotations

import re

import pytest
from tests.actions import company
from tests.organisation.conftest import PASSWORD

from crosstie.actions import opting, pages
from crosstie.actions.organisation import asking, learning, leaving, work
from crosstie.practice.precision import FEWEST_JUDGED, FEWEST_JUDGES
from crosstie.record import Entry
from crosstie.store.models import Acknowledgement, Member, Sampled

pytestmark = pytest.mark.anywhere


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


def test_an_answer_found_under_ask_is_thanked_with_a_line_and_the_draft_is_still_there(
    browser, firm, ada, join
):
    ben = join("Ben Olu")
    draft = {"text": "Message 0 of Ada?", "place": "", "outside": "yes"}
    page = text(browser.post("/ask", draft))
    assert "I learned this from Ben Olu" in page
    assert "I learned this from Cleo Marti" not in page, "she did not join"
    assert len(re.findall(r'id="(line-[^"]+)"', page)) == len(set(re.findall(r'id="(line-[^"]+)"', page)))
    page = browser.post("/thanks/say", draft | {"person": ben.person, "line": "Queues."}, follow=True)
    assert page.redirect_chain[-1] == ("/ask#before", 307)
    assert "they are told" in text(page)
    assert "Answered before" in text(page)
    assert "Message 0 of Ada?</textarea>" in text(page)
    assert Acknowledgement.objects.get().line == "Queues."


def test_who_could_help_is_thanked_on_their_card_and_the_draft_is_still_there(browser, firm, ada, join):
    ben = join("Ben Olu")
    draft = {"text": "Message 0 of Ada?", "place": ""}
    card = _cards(browser.post("/ask", draft))["Ben Olu"]
    assert "I learned this from Ben Olu" in card
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', card))
    del fields["csrfmiddlewaretoken"]
    assert fields == draft | {"person": ben.person}
    page = browser.post("/thanks/say", fields | {"line": "Queues."}, follow=True)
    assert page.redirect_chain[-1] == ("/ask#before", 307)
    assert "they are told" in text(page)
    said = Acknowledgement.objects.get()
    assert (said.teacher, said.answer, said.line) == (ben.account, None, "Queues.")


def test_who_opted_out_thanks_nobody_on_a_card(browser, firm, ada, join):
    join("Ben Olu")
    opting.opt_out(firm, company.address("Ada Berg"))
    for address in ("/ask", "/ask/panel"):
        assert "I learned this from" not in text(browser.post(address, {"text": "Message 0 of Ada?"}))


def test_who_sits_on_a_panel_is_thanked_on_their_card_and_the_panel_is_still_there(site, firm, ada, join):
    ben, cleo, hana = join("Ben Olu"), join("Cleo Marti"), join("Hana Sato")
    firm.store.accounts.save_entries(
        {
            who.account: Entry(source="directory:x", id=who.person, name=name, groups={"team": "Research"})
            for name, who in (("Ben Olu", ben), ("Cleo Marti", cleo))
        }
    )
    browser = site()
    browser.force_login(
        Member.objects.get(pk=hana.member), backend="django.contrib.auth.backends.ModelBackend"
    )
    wanted = {"text": "Message 0 of Ada?", "place": "", "seats": "3", "quotas": "Research=1.."}
    cards = _cards(browser.post("/ask/panel", wanted))
    assert [f"I learned this from {name}" in card for name, card in sorted(cards.items())] == [True, True]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', cards["Ben Olu"]))
    del fields["csrfmiddlewaretoken"]
    assert fields == wanted | {"person": ben.person}
    page = browser.post("/thanks/say", fields | {"line": "Queues."}, follow=True)
    assert page.redirect_chain[-1] == ("/ask/panel#panel", 307)
    assert "they are told" in text(page)
    assert set(_cards(page)) == {"Ben Olu", "Cleo Marti"}
    said = Acknowledgement.objects.get()
    assert (said.learner, said.teacher, said.answer, said.line) == (
        hana.account,
        ben.account,
        None,
        "Queues.",
    )
    leaving.opt_out(firm, cleo)
    assert set(_cards(browser.post("/ask/panel", wanted))) == {"Ben Olu"}
    assert browser.post("/thanks/say", fields | {"person": cleo.person}).status_code == 403
    assert Acknowledgement.objects.count() == 1


def _cards(page) -> dict[str, str]:
    """Return the cards of people, by name."""
    cards = re.findall(r'<article class="card">.*?</article>', text(page), re.DOTALL)
    return {re.findall("<h3>(.*?) <span", card)[0]: card for card in cards}


def test_what_somebody_said_in_the_open_is_thanked_on_its_own_page(browser, firm, ada, join):
    ben = join("Ben Olu")
    trace = firm.keyring.hashed("message", company.SOURCE, "m1")
    assert "I learned this from Ben Olu" in text(browser.get(f"/trace/{trace}"))
    page = browser.post("/thanks/say", {"person": ben.person, "trace": trace}, follow=True)
    assert page.redirect_chain[-1][0] == f"/trace/{trace}"
    assert "they are told" in text(page)
    own, did_not_join = (firm.keyring.hashed("message", company.SOURCE, one) for one in ("m0", "m3"))
    assert "I learned this from" not in text(browser.get(f"/trace/{own}"))
    assert "I learned this from" not in text(browser.get(f"/trace/{did_not_join}"))


def test_anybody_who_takes_part_is_named_under_thanks_by_name(browser, firm, ada, join):
    lea, ben = join("Lea Moreau"), join("Ben Olu")
    assert lea.person not in {one.person.key for one in pages.circle(firm, ada).contacts}
    page = text(browser.get("/thanks"))
    offered = re.findall(r'<option value="([^"]+)">([^<]+)</option>', page)
    assert offered == [(ben.person, "Ben Olu"), (lea.person, "Lea Moreau")]
    said = browser.post("/thanks/say", {"person": lea.person, "by_name": "yes"}, follow=True)
    assert said.redirect_chain[-1][0] == "/thanks"
    assert "You learned from Lea Moreau" in text(said)


def test_who_opted_out_is_offered_to_nobody_and_offered_nobody(firm, ada, ben, cleo):
    everyone = [ada.person, ben.person, cleo.person, "nosuchkey", ""]
    assert learning.may_be_thanked(firm, ada, everyone) == {ben.person, cleo.person}
    opting.opt_out(firm, company.address("Ben Olu"))
    assert learning.may_be_thanked(firm, ada, everyone) == {cleo.person}
    assert learning.may_be_thanked(firm, ben, everyone) == frozenset()


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
