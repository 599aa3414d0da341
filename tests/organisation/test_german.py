"""The pages and the letters in German: no English is left, and a member's own choice comes first."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from tests.actions import company
from tests.forbidden.walking import walked
from tests.house.test_messages import translated
from tests.organisation.conftest import PASSWORD, link_in_last_letter

from crosstie.actions.organisation import asking, being_asked, invitations, learning, sign_in_links
from crosstie.actions.organisation.agreement import impact_assessment, works_agreement
from crosstie.people import Role, Viewer
from crosstie.store.models import Letter, Member

pytestmark = pytest.mark.anywhere

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-DE,de;q=0.9,en;q=0.5"}
ADA = company.address("Ada Berg")
FEWEST_WORDS = 3


@cache
def english() -> tuple[str, ...]:
    """Return pieces of the English texts that a German page cannot hold by chance."""
    texts = [
        one
        for text, said in translated("de").items()
        for one, other in (zip(text, said, strict=True) if isinstance(text, tuple) else [(text, said)])
        if one != other
    ]
    pieces = {piece.strip() for text in texts for piece in re.split(r"%\(\w+\)[sd]|%[sd]|%%|\n", text)}
    return tuple(one for one in pieces if len(re.findall(r"[^\W\d_]+", one)) >= FEWEST_WORDS)


def leftovers(text: str) -> list[str]:
    """Return the English that a text holds."""
    return [piece for piece in english() if piece in text]


def text_of(page: str) -> str:
    """Return what people read of a page, the labels for those who listen too."""
    labels = re.findall(r'(?:aria-label|title|alt|placeholder|data-\w+)="([^"]*)"', page)
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(" ".join([re.sub(r"<[^>]*>", " ", page), *labels])).split())


@pytest.fixture
def busy(firm: Any, ada: Viewer, ben: Viewer, join: Any) -> Viewer:
    """Much has happened among people who chose German: questions, answers, thanks."""
    join("Cleo Marti", Role.FACILITATOR)
    Member.objects.update(language="de")
    Letter.objects.all().delete()  # invitations that were written before
    number = asking.ask(firm, ada, "Wie groß ist die Schlange?", {ben.person: ("Sie antwortet oft.",)})
    asking.accept(firm, ada, asking.answer(firm, ben, number, "Zehn."))
    asking.ask(firm, ben, "Was ist eine Schlange?", {ada.person: ("Sie antwortet oft.",)})
    learning.acknowledge(firm, ada, ben.person, "Wie groß sie ist.")
    return ada


def signed_in(browser: Client, viewer: Viewer) -> Client:
    browser.force_login(Member.objects.get(pk=viewer.member))
    browser.defaults |= GERMAN
    return browser


def test_english_left_on_a_page_would_be_noticed():
    assert len(english()) > 800
    assert "Only members may do this." in leftovers("x Only members may do this. y")


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_every_page_is_german_as_the_browser_asks(site, busy, ben, who):
    browser = signed_in(site(), busy if who == "ada" else ben)
    said = walked(browser, ben.person)
    assert len(said) > 20
    for path, page in said.items():
        if path.startswith("/api/"):
            continue  # programs read English
        assert leftovers(text_of(page)) == [], path
        if page.startswith("<!doctype"):
            assert '<html lang="de">' in page, path


def test_a_question_its_suggestions_and_its_page_are_german(site, busy):
    browser = signed_in(site(), busy)
    for page in (browser.post("/ask", {"text": "Message 0 of Ada?"}), browser.get("/questions/1")):
        assert page.status_code == 200
        assert leftovers(text_of(page.content.decode())) == []


def test_troubles_are_german(site, busy, ben):
    browser = signed_in(site(), ben)
    answers = [
        browser.get("/nirgends"),
        browser.get("/members"),
        browser.get("/questions/99"),
        browser.post("/ask", {"text": ""}),
        browser.post("/questions/1/close"),
        browser.post("/questions/1/answer", {"text": " "}),
    ]
    for page in answers:
        assert leftovers(text_of(page.content.decode())) == []
    assert "Dazu braucht es die Rolle „Verantwortung“." in text_of(answers[1].content.decode())


def test_who_is_not_signed_in_reads_what_the_browser_asks_for(site, firm, ada):
    invitations.invite(firm, ada, ["new@firm.example"])
    way_in = link_in_last_letter("new@firm.example")
    for path in ("/account/login/", "/sign-in", way_in, "/join/nothing"):
        german, other = (site().get(path, headers={"Accept-Language": one}) for one in ("de", "fr"))
        assert leftovers(text_of(german.content.decode())) == [], path
        assert '<html lang="en">' in other.content.decode(), path


def test_the_set_up_is_german(site):
    assert leftovers(text_of(site().get("/set-up", headers={"Accept-Language": "de"}).content.decode())) == []


def test_what_a_member_chose_comes_before_what_the_browser_asks(site, firm, ada):
    Member.objects.filter(pk=ada.member).update(language="de")
    browser = site()
    browser.force_login(Member.objects.get(pk=ada.member))
    page = browser.get("/agreement", headers={"Accept-Language": "en"})
    assert '<html lang="de">' in page.content.decode()
    assert page.headers["Content-Language"] == "de"
    Member.objects.filter(pk=ada.member).update(language="en")
    assert '<html lang="en">' in browser.get("/agreement", headers={"Accept-Language": "de"}).content.decode()


def test_a_kept_answer_of_one_language_is_not_shown_in_another(site, firm, ada):
    browser = site()
    browser.force_login(Member.objects.get(pk=ada.member))
    said = [browser.get("/", headers={"Accept-Language": one}).content.decode() for one in ("en", "de", "en")]
    assert said[0] != said[1]
    assert leftovers(text_of(said[1])) == []
    assert "Mein Kreis" not in said[2]


def letters() -> Iterable[str]:
    return (f"{one.subject}\n{one.text}" for one in Letter.objects.all())


def test_letters_speak_the_language_of_their_reader(firm, ada, ben, join):
    Member.objects.filter(pk=ben.member).update(language="de")
    Letter.objects.all().delete()
    number = asking.ask(firm, ada, "Wie groß?", {ben.person: ()})
    sign_in_links.send(firm, company.address("Ben Olu"))
    learning.acknowledge(firm, ada, ben.person)
    being_asked.later(firm, ben, 1)
    told = list(letters())
    assert len(told) == 4
    assert [leftovers(one) for one in told] == [[], [], [], []]
    asking.answer(firm, ben, number, "Zehn.")
    (to_ada,) = Letter.objects.filter(account=ada.account)
    assert to_ada.subject == "Ben Olu answered your question"


def test_an_invitation_is_in_the_language_of_who_invites_and_who_comes_by_it_stays_german(site, firm, ada):
    browser = site()
    browser.force_login(Member.objects.get(pk=ada.member))
    browser.defaults |= GERMAN
    browser.post("/members/invite", {"addresses": "new@firm.example", "role": "member"})
    letter = Letter.objects.get(address="new@firm.example")
    assert letter.subject == "Ada Berg lädt dich zu crosstie ein"
    assert leftovers(letter.text) == []
    way_in = link_in_last_letter("new@firm.example")
    site().post(way_in, {"name": "Neu", "password": PASSWORD}, headers={"Accept-Language": "de"})
    assert Member.objects.get(email="new@firm.example").language == "de"


@pytest.mark.parametrize("template", [works_agreement, impact_assessment])
def test_the_templates_are_german(firm, ada, template):
    with translation.override("de"):
        written = template(firm, ada)
    assert leftovers(written) == []
    assert "keine Rechtsberatung" in written


def test_dates_and_numbers_are_written_in_german(site, firm, ada):
    browser = signed_in(site(), ada)
    assert re.search(r"\b\d{1,2}\. (März|April) 2026\b", text_of(browser.get("/").content.decode()))


def test_the_words_that_tables_keep_are_said_in_words(site, busy):
    page = text_of(signed_in(site(), busy).get("/me").content.decode())
    assert "Verantwortung" in page
    assert not re.search(r"\b(weekly|waiting|not_mine)\b", page)
