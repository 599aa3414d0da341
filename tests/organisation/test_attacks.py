"""Ways that somebody from outside might try to get in, or to find out who is a member."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.utils import timezone
from tests.actions import company
from tests.organisation.conftest import PASSWORD, link_in_last_letter
from tests.organisation.mail_server import smtp
from tests.organisation.test_entering_pages import ADA, BEN, sign_in

from crosstie.actions.organisation import (
    invitations,
    mail_settings,
    members,
    sign_in_links,
    tidying,
    tokens,
    work,
)
from crosstie.errors import NotAllowed
from crosstie.store.models import Invitation, Letter, Member, SignInLink, Token
from crosstie.web.organisation import limits

pytestmark = pytest.mark.anywhere

ROOT = Path(__file__).parents[2]
STRANGER = "nobody@firm.example"
NEW = "another long enough secret 8"
RESET = "/account/password/reset/"


def reset_link(home, browser) -> str:
    browser.post(RESET, {"email": ADA})
    found = re.search(
        r"(/account/password/reset/key/\S+)", Letter.objects.filter(kind="account").latest("pk").text
    )
    assert found
    return found[1]


class TestWhoIsAMember:
    """Neither the words nor the time of an answer tell it."""

    def test_signing_in_costs_as_much_whoever_it_is(  # noqa: PLR0917 - everyone plays a part
        self, site, firm, ada, ben, cleo, monkeypatch
    ):
        members.suspend(firm, ada, cleo.member, active=False)
        Member.objects.filter(pk=cleo.member).update(password=Member.objects.get(pk=ada.member).password)
        hashed: list[str] = []
        usual = MD5PasswordHasher.encode

        def counting(self, password, salt):
            hashed.append(password)
            return usual(self, password, salt)

        monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
        costs, pages = {}, set()
        for who in (ADA, BEN, company.address("Cleo Marti"), STRANGER):  # Ben has no password
            before = len(hashed)
            page = sign_in(site(), who, "wrong").content.decode()
            costs[who] = len(hashed) - before
            pages.add(re.search(r'<p class="notice trouble" role="alert">(.*?)</p>', page)[1])  # type: ignore[index]
        assert len(set(costs.values())) == 1, costs
        assert min(costs.values()) > 0
        assert pages == {"The address or the password is not right."}

    def test_asking_for_a_letter_takes_the_same_time_for_everyone(self, site, firm, monkeypatch):
        monkeypatch.setattr(limits, "EVEN_SECONDS", 0.6)
        for path, field in (("/sign-in", "address"), (RESET, "email")):
            for who in (ADA, STRANGER):
                begun = time.monotonic()
                site().post(path, {field: who})
                assert time.monotonic() - begun >= 0.6, (path, who)
        assert Letter.objects.count() == 2

    def test_a_link_for_many_does_not_tell_it_either(self, site, firm, ada, ben, monkeypatch):
        monkeypatch.setattr(limits, "EVEN_SECONDS", 0.3)
        path = invitations.invite_by_link(firm, ada, domains=["firm.example"], uses=5)
        said = []
        for who in (BEN, STRANGER):
            begun = time.monotonic()
            said.append(site().post(path, {"address": who}).content.decode().replace(who, ""))
            assert time.monotonic() - begun >= 0.3
        assert said[0] == said[1]

    def test_a_page_that_is_only_looked_at_is_quick(self, site, firm, monkeypatch):
        monkeypatch.setattr(limits, "EVEN_SECONDS", 30)
        assert site().get("/sign-in").status_code == 200


class TestTooOften:
    def test_one_place_cannot_ask_for_links_without_end_and_others_still_can(
        self, site, firm, monkeypatch, one_minute
    ):
        monkeypatch.setattr(limits, "EVEN_SECONDS", 0)
        for number in range(limits.A_MINUTE):
            asked = site().post("/sign-in", {"address": f"a{number}@firm.example"}, REMOTE_ADDR="192.0.2.1")
            assert asked.status_code == 200
        refused = site().post("/sign-in", {"address": ADA}, REMOTE_ADDR="192.0.2.1")
        assert refused.status_code == 429
        assert "Wait a minute" in refused.content.decode()
        assert not SignInLink.objects.exists()
        assert site().post("/sign-in", {"address": ADA}, REMOTE_ADDR="192.0.2.2").status_code == 200
        assert SignInLink.objects.count() == 1

    def test_one_household_is_one_place(self, site, firm, monkeypatch, one_minute):
        monkeypatch.setattr(limits, "EVEN_SECONDS", 0)
        asked = [
            site()
            .post("/sign-in", {"address": STRANGER}, REMOTE_ADDR=f"2001:db8:1:2::{number:x}")
            .status_code
            for number in range(limits.A_MINUTE + 1)
        ]
        assert asked[-2:] == [200, 429]
        other = site().post("/sign-in", {"address": STRANGER}, REMOTE_ADDR="2001:db8:1:3::1")
        assert other.status_code == 200

    def test_the_limit_of_the_library_is_a_page_of_ours(self, site, firm, monkeypatch, one_minute):
        monkeypatch.setattr(limits, "EVEN_SECONDS", 0)
        answered = [site().post(RESET, {"email": f"{n}@firm.example"}) for n in range(21)]
        assert answered[-1].status_code == 429
        assert "This was tried too often." in answered[-1].content.decode()


SERVE = """
from crosstie.web.serving import _serve_at, listen
def echo(environ, start):
    start("200 OK", [])
    return [f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']}".encode()]
_serve_at(listen(0), echo, on_ready=lambda address: print(address, flush=True), first=(), is_behind=IS_BEHIND)
"""


@pytest.mark.parametrize(("is_behind", "said"), [(True, "192.0.2.7 https"), (False, "127.0.0.1 http")])
def test_who_comes_is_known_behind_a_web_server_and_nobody_may_make_it_up(is_behind, said):
    with subprocess.Popen(
        [sys.executable, "-c", SERVE.replace("IS_BEHIND", str(is_behind))],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        # What a visitor made up stands first; what the web server adds stands last.
        made_up = {"X-Forwarded-For": "203.0.113.1, 192.0.2.7", "X-Forwarded-Proto": "https"}
        with urllib.request.urlopen(urllib.request.Request(address, headers=made_up)) as answer:
            assert answer.read().decode() == said
        process.terminate()


class TestLinks:
    def test_it_says_whom_it_signs_in_before_it_does(self, site, firm, ada):
        sign_in_links.send(firm, ADA)
        path = link_in_last_letter(ada.account)
        assert "Sign in as Ada Berg" in site().get(path).content.decode()
        assert site().post(path).status_code == 302
        assert site().get(path).status_code == 403
        assert site().get("/sign-in/nonsense").status_code == 403

    def test_one_that_was_used_ends_the_others(self, site, firm, ada, ben):
        paths = []
        for _ in range(2):
            sign_in_links.send(firm, ADA)
            paths.append(link_in_last_letter(ada.account))
        sign_in_links.send(firm, BEN)
        bens = link_in_last_letter(ben.account)
        assert site().post(paths[1]).status_code == 302
        assert site().post(paths[0]).status_code == 403
        assert site().post(bens).status_code == 302

    def test_it_is_too_old_after_twenty_minutes(self, site, firm, ada):
        sign_in_links.send(firm, ADA)
        path = link_in_last_letter(ada.account)
        with time_machine.travel(timezone.now() + timedelta(minutes=20, seconds=1)):
            assert site().get(path).status_code == 403
            assert site().post(path).status_code == 403

    def test_a_suspended_members_signs_nobody_in(self, firm, ada, ben):
        sign_in_links.send(firm, BEN)
        token = link_in_last_letter(ben.account).removeprefix("/sign-in/")
        members.suspend(firm, ada, ben.member, active=False)
        for verb in (sign_in_links.whose, sign_in_links.redeem):
            with pytest.raises(NotAllowed):
                verb(firm, token)

    def test_no_letter_keeps_a_way_in_once_it_went_out(self, firm, ada, site):
        with smtp() as (taken, port):
            mail_settings.keep(firm, sending=f"smtp://127.0.0.1:{port}", sender="crosstie@firm.example")
            invitations.invite(firm, ada, [STRANGER])
            sign_in_links.send(firm, ADA)
            site().post(RESET, {"email": ADA})
            assert Letter.objects.exclude(text="").count() == 3
            while work.work_once(firm):
                pass
        assert len(taken.mails) == 3
        assert set(Letter.objects.values_list("state", "text")) == {("sent", "")}

    def test_what_lets_nobody_in_any_more_is_dropped(self, site, firm, ada):
        open_way = invitations.invite(firm, ada, [STRANGER, BEN])
        invitations.accept(firm, open_way[BEN].removeprefix("/join/"), name="Ben Olu")
        sign_in_links.send(firm, ADA)
        tokens.make(firm, ada, "holds", ["ask:read"])
        tokens.make(firm, ada, "revoked", ["ask:read"])
        tokens.revoke(firm, ada, tokens.tokens(firm, ada)[0].number)
        tidying.tidy(firm, {})
        counted = [one.objects.count() for one in (SignInLink, Invitation, Token)]
        assert counted == [1, 2, 2]  # the same day they are needed still
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            tidying.tidy(firm, {})
        assert not SignInLink.objects.exists()
        assert [one.address for one in Invitation.objects.all()] == [STRANGER]
        with time_machine.travel(timezone.now() + timedelta(days=31)):
            tidying.tidy(firm, {})
        assert not Invitation.objects.exists()
        assert [one.label for one in Token.objects.all()] == ["holds"]


class TestPasswords:
    def test_a_link_for_a_new_one_is_used_once(self, site, firm):
        browser = site()
        path = reset_link(firm, browser)
        form = browser.get(path, follow=True).request["PATH_INFO"]
        assert browser.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
        assert sign_in(site(), ADA, NEW).status_code == 302
        other = site()
        again = other.get(path, follow=True)
        other.post(again.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
        assert sign_in(site(), ADA, PASSWORD).status_code == 200

    def test_it_is_too_old_after_an_hour_and_says_so_before(self, site, firm):
        path = reset_link(firm, site())
        assert "within 60 minutes" in Letter.objects.get(kind="account").text
        with time_machine.travel(timezone.now() + timedelta(minutes=61)):
            browser = site()
            form = browser.get(path, follow=True).request["PATH_INFO"]
            browser.post(form, {"password1": NEW, "password2": NEW})
            assert sign_in(site(), ADA, NEW).status_code == 200

    def test_a_new_one_ends_every_session_there_was(self, site, firm):
        thief = site()
        sign_in(thief)
        browser = site()
        form = browser.get(reset_link(firm, browser), follow=True).request["PATH_INFO"]
        browser.post(form, {"password1": NEW, "password2": NEW})
        assert thief.get("/me").status_code == 302


class TestSessions:
    def test_none_that_was_there_before_is_taken_over(self, site, firm, ada):
        browser = site()
        for come_in in (sign_in, lambda browser: browser.post(link_in_last_letter(ada.account))):
            sign_in_links.send(firm, ADA)
            browser.logout()
            browser.get("/sign-in")
            browser.session["planted"] = "yes"
            before = browser.session.session_key
            assert come_in(browser).status_code == 302
            assert browser.session.session_key != before
            assert browser.get("/me").status_code == 200

    def test_those_that_ended_are_gone_the_next_night(self, site, firm):
        browser = site()
        sign_in(browser)
        tidying.tidy(firm, {})
        assert Session.objects.count() == 1
        with time_machine.travel(timezone.now() + timedelta(days=15)):
            tidying.tidy(firm, {})
        assert not Session.objects.exists()
