"""Tokens end: after the time chosen for them, and never later than stewards let them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from tests.actions import company
from tests.organisation.api_clients import Program
from tests.organisation.test_entering_pages import sign_in

from crosstie.actions.organisation import token_limit, tokens
from crosstie.actions.organisation.tokens import Admitted, Ended
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Viewer
from crosstie.store.models import Journal, Token

MADE = datetime.fromisoformat("2030-03-01T10:15:00+00:00")
LAST = MADE + timedelta(days=30, seconds=-1)


@pytest.fixture
def clock(firm):
    """The first of March, on which Ada makes a token for a month."""
    with time_machine.travel(MADE, tick=False) as moving:
        yield moving


@pytest.fixture
def secret(clock, firm, ada):
    return tokens.make(firm, ada, "a script", ["ask:read"], days=30)


class TestOneToken:
    def test_it_holds_to_its_last_second_and_not_beyond(self, firm, clock, secret):
        clock.move_to(LAST)
        assert isinstance(tokens.admit(firm, secret), Admitted)
        clock.shift(1)
        assert tokens.admit(firm, secret) == Ended(at=MADE + timedelta(days=30))

    def test_for_ninety_days_where_nothing_is_said(self, firm, ada, clock):
        tokens.make(firm, ada, "a script", ["ask:read"])
        assert tokens.tokens(firm, ada)[0].ends_at == MADE + timedelta(days=90)

    def test_it_is_listed_as_ended_until_it_is_removed(self, firm, ada, clock, secret):
        clock.move_to(LAST)
        assert [one.is_ended for one in tokens.tokens(firm, ada)] == [False]
        clock.shift(1)
        (card,) = tokens.tokens(firm, ada)
        assert card.is_ended
        tokens.revoke(firm, ada, card.number)
        assert tokens.tokens(firm, ada) == ()
        assert tokens.admit(firm, secret) is None

    def test_its_use_after_the_end_is_not_written_down(self, firm, ada, clock, secret):
        clock.move_to(LAST + timedelta(days=9))
        tokens.admit(firm, secret)
        assert tokens.tokens(firm, ada)[0].last_used_on is None

    def test_ended_ones_do_not_count_among_the_most(self, firm, ada, clock, secret):
        for number in range(tokens.MOST - 1):
            tokens.make(firm, ada, str(number), ["ask:read"], days=90)
        with pytest.raises(NotAllowed, match="already"):
            tokens.make(firm, ada, "one more", ["ask:read"])
        clock.shift(timedelta(days=30))
        assert tokens.make(firm, ada, "one more", ["ask:read"])

    @pytest.mark.parametrize("days", [0, -1, 31, 366, 100_000])
    def test_no_other_time_can_be_chosen(self, firm, ada, days):
        with pytest.raises(UsageRefused):
            tokens.make(firm, ada, "x", ["ask:read"], days=days)
        assert not Token.objects.exists()


class TestProgram:
    def test_it_is_told_that_and_when_its_token_ended(self, site, firm, clock, secret):
        ask = Program(site(), secret)
        clock.move_to(LAST)
        assert ask("GET", "questions").status_code == 200
        clock.shift(1)
        refused = ask("GET", "questions")
        assert (refused.status_code, refused.json()["code"]) == (401, "token-ended")
        assert refused.json()["detail"] == "This token ended on 31 March 2030."
        assert "invalid_token" in refused.headers["WWW-Authenticate"]

    def test_that_is_told_to_nobody_else(self, site, firm, ada, clock, secret):
        clock.move_to(LAST + timedelta(seconds=1))
        for other in (secret[:-1], secret.upper(), "crosstie_"):
            assert Program(site(), other)("GET", "questions").json()["code"] == "token-refused"
        tokens.revoke(firm, ada, tokens.tokens(firm, ada)[0].number)
        assert Program(site(), secret)("GET", "questions").json()["code"] == "token-refused"


class TestLimit:
    def test_nothing_longer_is_made_or_offered(self, firm, ada):
        assert token_limit.lifetimes(firm) == (30, 90, 365)
        token_limit.limit(firm, ada, 30)
        assert token_limit.lifetimes(firm) == (30,)
        with pytest.raises(NotAllowed, match="30 days at most"):
            tokens.make(firm, ada, "x", ["ask:read"])
        assert tokens.make(firm, ada, "x", ["ask:read"], days=30)

    def test_those_made_before_end_by_then_and_none_is_made_longer(self, firm, ada, clock, secret):
        tokens.make(firm, ada, "a year", ["ask:read"], days=365)
        clock.shift(timedelta(days=10))
        token_limit.limit(firm, ada, 90)
        token_limit.limit(firm, ada, 365)
        year, month = tokens.tokens(firm, ada)
        assert year.ends_at == MADE + timedelta(days=100)
        assert month.ends_at == MADE + timedelta(days=30)

    def test_stewards_set_it_and_the_journal_says_so(self, firm, ada, join):
        ben = join("Ben Olu")
        for verb in (lambda who: token_limit.limit(firm, who, 30), lambda who: token_limit.to_set(firm, who)):
            with pytest.raises(NotAllowed):
                verb(ben)
            with pytest.raises(NotShown):
                verb(Viewer(person=ben.person))
        with pytest.raises(UsageRefused):
            token_limit.limit(firm, ada, 91)
        assert token_limit.longest(firm) == 365
        token_limit.limit(firm, ada, 30)
        assert Journal.objects.filter(verb="token limit set", reason="30 days").count() == 1


class TestPages:
    def test_a_member_chooses_how_long_and_sees_what_ended(self, site, firm, clock):
        browser = site()
        sign_in(browser)
        said = {"label": "Weekly summary", "scopes": ["ask:read"], "days": "30"}
        made = browser.post("/me/tokens", said).content.decode()
        assert "crosstie_" in made
        assert "<td>31 March 2030</td>" in made
        assert 'value="90" selected' in made
        clock.move_to(LAST + timedelta(seconds=1))
        sign_in(browser)  # sessions end sooner than tokens
        page = browser.get("/me/tokens").content.decode()
        assert "ended on 31 March 2030" in page
        assert "Remove Weekly summary" in page
        browser.post(f"/me/tokens/{Token.objects.get().pk}/revoke")
        assert "Weekly summary" not in browser.get("/me/tokens").content.decode()

    def test_a_steward_limits_it_and_no_forged_form_goes_beyond(self, site, firm, join):
        browser = site()
        sign_in(browser)
        assert "/members/tokens" in browser.get("/members").content.decode()
        assert 'value="365" selected' in browser.get("/members/tokens").content.decode()
        shown = browser.post("/members/tokens", {"days": "30"}, follow=True).content.decode()
        assert 'value="30" selected' in shown
        forged = {"label": "x", "scopes": ["ask:read"], "days": "365"}
        assert "crosstie_" not in browser.post("/me/tokens", forged).content.decode()
        assert not Token.objects.exists()
        browser.post("/members/tokens", {"days": "4000"})
        assert token_limit.longest(firm) == 30

    def test_nobody_else_reaches_the_limit(self, site, firm, join):
        join("Ben Olu")
        browser = site()
        sign_in(browser, company.address("Ben Olu"))
        assert browser.post("/members/tokens", {"days": "30"}).status_code in {302, 403}
        assert token_limit.longest(firm) == 365


def test_tokens_from_before_they_ended_get_ninety_days_from_the_update(firm, ada):
    store = firm.store.alias
    tokens.make(firm, ada, "a year", ["ask:read"], days=365)
    call_command("migrate", "store", "0015", database=store, verbosity=0)
    call_command("migrate", "store", database=store, verbosity=0)
    left = Token.objects.get().ends_at - timezone.now()
    assert timedelta(days=89, hours=23) < left <= timedelta(days=90)
