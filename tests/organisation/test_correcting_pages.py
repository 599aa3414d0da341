"""The pages on which people correct what is held about them, as a browser sees them."""

from __future__ import annotations

import re

import pytest
from tests.actions import company
from tests.organisation.conftest import PASSWORD

from crosstie.actions.organisation import held_rows, work
from crosstie.actions.presence import present
from crosstie.people import Viewer
from crosstie.store.models import Correction, Member

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


def test_a_trace_is_marked_as_not_me_and_back_where_it_stands(browser, firm, ada):
    trace = next(held_rows.every_row(firm, ada)).id
    assert f'value="{trace}"' in text(browser.get("/me/rows"))
    page = browser.post("/me/not-me", {"trace": trace, "after": ""}, follow=True)
    assert page.redirect_chain[-1][0] == "/me/rows"
    assert '<span class="tag">not you</span>' in text(page)
    assert "Not you: a trace" in text(browser.get("/me"))
    number = Correction.objects.get().pk
    page = browser.post(f"/me/corrections/{number}/take-back", {"after": ""}, follow=True)
    assert '<span class="tag">not you</span>' not in text(page)


def test_one_stays_on_the_page_of_traces_one_was_on(browser, firm, ada, monkeypatch):
    monkeypatch.setattr(held_rows, "ROWS_A_PAGE", 5)
    after = held_rows.rows(firm, ada).next
    row = held_rows.rows(firm, ada, after).rows[0]
    page = browser.post("/me/not-me", {"trace": row.id, "after": after}, follow=True)
    assert "not you" in text(page)
    assert page.request["QUERY_STRING"].startswith("after=")


def test_a_contact_ends_and_begins_again_on_their_page(browser, firm, ada, join):
    ben = join("Ben Olu")
    page = text(browser.get(f"/contact/{ben.person}"))
    assert "An active contact." in page
    page = text(browser.post("/me/no-longer", {"person": ben.person}, follow=True))
    assert "A known contact" in page
    assert "We do know each other" in page
    number = re.search(r"/me/corrections/(\d+)/take-back", page)
    assert number
    page = text(browser.post(number[0], {"person": ben.person}, follow=True))
    assert "An active contact." in page


def test_the_other_reads_nothing_of_it(browser, site, firm, ada, join):
    ben = join("Ben Olu")
    browser.post("/me/no-longer", {"person": ben.person})
    other = site()
    other.force_login(ben_member(ben), backend="django.contrib.auth.backends.ModelBackend")
    page = text(other.get(f"/contact/{ada.person}"))
    assert "You said that" not in page
    assert "What you corrected" not in text(other.get("/me"))
    assert other.post(f"/me/corrections/{Correction.objects.get().pk}/take-back").status_code == 403


def ben_member(viewer: Viewer) -> Member:
    return Member.objects.get(pk=viewer.member)


def test_what_a_worker_made_anew_is_shown_though_the_page_was_kept(browser, firm, ada, join):
    lea = join("Lea Moreau")
    browser.get("/")
    browser.post("/thanks/say", {"person": lea.person})
    work.work_once(firm)
    with present(firm.folder):
        assert "Lea Moreau" not in text(browser.get("/")), "of the snapshot before"
        work.work_once(firm)
        assert "Lea Moreau" in text(browser.get("/"))


@pytest.mark.parametrize(
    "path", ["/me/not-me", "/me/not-my-account", "/me/no-longer", "/me/corrections/1/take-back"]
)
def test_nothing_is_corrected_without_signing_in_or_by_following_a_link(browser, site, path):
    assert "/account/login/" in site().post(path).headers["Location"]
    assert browser.get(path).status_code == 405
