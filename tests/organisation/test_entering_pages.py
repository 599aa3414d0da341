"""The pages of getting in, as a browser sees them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests.actions import company
from tests.organisation.conftest import PASSWORD, link_in_last_letter
from tests.web.conftest import asker

from crosstie.actions.organisation import asking, mail_settings
from crosstie.store.models import Member
from crosstie.web.organisation import organisation_app, site_of

pytestmark = pytest.mark.anywhere

ADA = company.address("Ada Berg")
BEN = company.address("Ben Olu")


def sign_in(browser: Client, address: str = ADA, password: str = PASSWORD) -> Any:
    return browser.post("/account/login/", {"login": address, "password": password})


def test_the_first_visit_leads_to_the_set_up_and_then_to_the_members(site):
    browser = site()
    assert browser.get("/", follow=True).redirect_chain[-1][0] == "/set-up"
    said = {"organisation": "Firm", "name": "Ada Berg", "address": ADA, "password": PASSWORD}
    said["keep_months"] = "24"
    page = browser.post("/set-up", said, follow=True)
    assert page.redirect_chain[-1][0] == "/members"
    assert "Ada Berg" in page.content.decode()
    assert site().get("/set-up").headers["Location"] == "/account/login/"


def test_a_weak_password_is_refused_in_words(site):
    said = {"organisation": "Firm", "name": "Ada Berg", "address": ADA, "password": "12345"}
    assert "too short" in site().post("/set-up", said).content.decode()


def test_invite_and_join_and_see_the_circle(site, firm):
    steward = site()
    assert sign_in(steward).headers["Location"] == "/"
    page = steward.post("/members/invite", {"addresses": f"{BEN}, cleo@firm.example", "role": "member"})
    assert page.content.decode().count("/join/") == 2
    ben = site()
    path = link_in_last_letter(BEN)
    assert "Join the people of Firm" in ben.get(path).content.decode()
    page = ben.post(path, {"name": "Ben Olu"}, follow=True)
    assert page.redirect_chain[-1][0] == "/"
    assert "My circle" in page.content.decode()
    assert ben.get("/members").status_code == 403


def test_a_link_by_mail_signs_in_only_on_a_click(site, firm, ada):
    browser = site()
    browser.post("/sign-in", {"address": ADA})
    path = link_in_last_letter(ada.account)
    for _ in range(2):  # a mail program may follow the link before its reader does
        assert site().get(path).status_code == 200
    assert browser.post(path).headers["Location"] == "/"
    assert browser.get("/").status_code == 200
    assert site().post(path).status_code == 403


def test_whether_an_address_is_a_members_is_not_told(site, firm):
    told = [site().post("/sign-in", {"address": one}).content.decode() for one in (ADA, "x@else.example")]
    assert told[0].replace(ADA, "") == told[1].replace("x@else.example", "")


@pytest.mark.parametrize("path", ["/", "/map", "/map.json", "/sources", "/members", "/contact/x", "/trace/x"])
def test_no_page_is_shown_before_the_login(site, firm, path):
    answer = site().get(path)
    assert answer.status_code == 302
    assert "/account/login/" in answer.headers["Location"]


def test_nobody_signs_up_without_an_invitation(site, firm):
    page = site().post("/account/signup/", {"email": "eve@else.example", "password1": PASSWORD})
    assert page.status_code == 404
    assert sign_in(site(), "eve@else.example").status_code == 200


def test_every_page_has_the_safe_headers_and_no_form_goes_without_a_token(firm):
    ask = asker(organisation_app(site_of(firm)))
    answer = ask("/account/login/")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert ask("/account/login/", REQUEST_METHOD="POST").status == 403


def test_another_host_is_refused(firm):
    assert asker(organisation_app(site_of(firm)))("/", HTTP_HOST="evil.example").status == 400


def test_members_are_found_by_name_and_a_list_of_many_ends(site, firm, join, monkeypatch):
    from crosstie.web.organisation import stewards

    for name in ("Ben Olu", "Cleo Marti"):
        join(name)
    steward = site()
    sign_in(steward)
    assert rows(steward.get("/members?find=OLU")) == ["Ben Olu"]
    assert rows(steward.get("/members?find=nobody")) == []
    monkeypatch.setattr(stewards, "SHOWN", 2)
    page = steward.get("/members")
    assert rows(page) == ["Ada Berg", "Ben Olu"]
    assert "3 members. Find the others by name." in page.content.decode()


def rows(page: Any) -> list[str]:
    return re.findall(r'<th scope="row">([^<]+)', page.content.decode())


def test_where_others_can_come_first_only_the_key_of_the_terminal_makes_the_steward(home):
    from crosstie.web.organisation.application import SITE

    place = "https://crosstie.firm.example"
    site = site_of(home, address=place, set_up_key="k3y")
    carried: dict[str, Any] = {
        SITE: site,
        "HTTP_HOST": "crosstie.firm.example",
        "wsgi.url_scheme": "https",
    }
    browser = Client(**carried)
    said = {
        "organisation": "Firm",
        "name": "Ada Berg",
        "address": ADA,
        "password": PASSWORD,
        "keep_months": 24,
    }
    for key in ("", "other"):
        assert "Begin" not in browser.get(f"/set-up?key={key}").content.decode()
        browser.post("/set-up", said | {"key": key})
        assert not Member.objects.exists()
    assert "Begin" in browser.get("/set-up?key=k3y").content.decode()
    browser.post("/set-up", said | {"key": "k3y"})
    assert Member.objects.get().email == ADA


def test_a_wrong_address_among_many_loses_none_of_them(site, firm):
    steward = site()
    sign_in(steward)
    page = steward.post("/members/invite", {"addresses": f"{BEN}\nbroken", "role": "member"})
    text = page.content.decode()
    assert BEN in text
    assert "“broken” is no e-mail address." in text
    assert "/join/" not in text


def test_pages_say_so_where_no_mail_goes_out(site, firm):
    steward = site()
    sign_in(steward)
    assert "letters wait" in steward.get("/members").content.decode()
    assert "No mail goes out" in site().post("/sign-in", {"address": ADA}).content.decode()
    mail_settings.keep(firm, sending="smtp://127.0.0.1:1", sender="crosstie@firm.example")
    assert "letters wait" not in steward.get("/members").content.decode()
    assert "No mail goes out" not in site().post("/sign-in", {"address": ADA}).content.decode()


def test_what_waits_stands_on_the_first_page(site, firm, ada, join):
    ben = join("Ben Olu")
    browser = site()
    sign_in(browser)
    assert "Waiting for you" not in browser.get("/").content.decode()
    asking.ask(firm, ben, "How do queues fill up?", {ada.person: ("You know.",)})
    assert "1 question" in browser.get("/").content.decode()
