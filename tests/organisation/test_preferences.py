"""What members choose, and that it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.organisation.test_entering_pages import sign_in

from crosstie.actions import opting
from crosstie.actions.organisation import gate, letters, preferences, proposing
from crosstie.errors import NotShown, UsageRefused
from crosstie.people import Viewer
from crosstie.store.models import Letter, Member

HOOK = "https://hook.firm.example/in"


def chosen(home, viewer, **changes: Any) -> None:
    preferences.choose(home, viewer, replace(preferences.preferences(home, viewer), **changes))


def test_the_defaults_are_a_weekly_digest_and_three_questions_a_week(firm, ben):
    now = preferences.preferences(firm, ben)
    assert (now.digest, now.is_free, now.asked_a_week, now.meets) == ("weekly", True, 3, True)
    assert (now.paused_until, now.absent_from, now.absent_until, now.part_time) == (None, None, None, False)


def test_what_is_chosen_is_kept_and_nobody_elses_changes(firm, ada, ben):
    before = preferences.preferences(firm, ada)
    chosen(firm, ben, digest="never", asked_a_week=1, meets=False, part_time=True, language="de")
    now = preferences.preferences(firm, ben)
    assert (now.digest, now.asked_a_week, now.meets, now.part_time, now.language) == (
        "never", 1, False, True, "de",
    )  # fmt: skip
    assert preferences.preferences(firm, ada) == before


def test_who_pauses_is_away_until_that_day_and_who_is_not_free_is_asked_later(firm, ben):
    today = timezone.localdate()
    chosen(firm, ben, paused_until=today + timedelta(days=2), is_free=False)
    member = Member.objects.get(pk=ben.member)
    assert proposing.is_away(member, today)
    assert not proposing.is_away(member, today + timedelta(days=2))
    assert not proposing.is_free(member)


@pytest.mark.parametrize(
    "changes",
    [
        {"digest": "hourly"},
        {"language": "xx"},
        {"asked_a_week": 0},
        {"asked_a_week": 21},
        {"paused_until": timezone.localdate()},
        {"absent_until": timezone.localdate()},
        {"absent_from": timezone.localdate(), "absent_until": timezone.localdate() - timedelta(days=1)},
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(firm, ben, changes):
    before = preferences.preferences(firm, ben)
    with pytest.raises(UsageRefused):
        chosen(firm, ben, meets=False, **changes)
    assert preferences.preferences(firm, ben) == before


def test_each_webhook_and_each_turn_has_its_own_secret(firm, ben):
    first = preferences.set_webhook(firm, ben, HOOK)
    second = preferences.rotate_secret(firm, ben)
    assert len({first, second, preferences.set_webhook(firm, ben, HOOK)}) == 3
    assert Member.objects.get(pk=ben.member).webhook == HOOK
    with pytest.raises(UsageRefused):
        preferences.set_webhook(firm, ben, "http://hook.firm.example/in")
    assert preferences.webhook(firm, ben) == HOOK


def test_a_webhook_that_is_stopped_leaves_no_secret_and_no_letter_waiting(firm, ben):
    preferences.set_webhook(firm, ben, HOOK)
    for channel in ("mail", "webhook"):
        letters.write(key=channel, kind="asked", account=ben.account, channel=channel, subject="s", text="t")
    assert preferences.set_webhook(firm, ben, "") == ""
    assert Member.objects.get(pk=ben.member).webhook_secret == ""
    assert [one.channel for one in Letter.objects.filter(account=ben.account)] == ["mail"]
    with pytest.raises(UsageRefused):
        preferences.rotate_secret(firm, ben)


def test_an_outsider_chooses_nothing(firm, ben):
    outside = Viewer(person=ben.person)
    now = preferences.preferences(firm, ben)
    for verb in (
        lambda: preferences.preferences(firm, outside),
        lambda: preferences.choose(firm, outside, now),
        lambda: preferences.webhook(firm, outside),
        lambda: preferences.set_webhook(firm, outside, HOOK),
        lambda: preferences.rotate_secret(firm, outside),
    ):
        with pytest.raises(NotShown):
            verb()


def test_who_opted_out_still_chooses_for_themselves(firm, ben):
    opting.opt_out(firm, ben.person)
    gone = gate.viewer_of(firm, ben.member)
    assert gone.person == ""
    chosen(firm, gone, digest="never")
    assert preferences.preferences(firm, gone).digest == "never"


class TestPage:
    """The page as a browser sees it."""

    @pytest.fixture
    def browser(self, site, firm):
        browser = site()
        sign_in(browser)
        return browser

    def test_every_choice_is_there_and_is_kept(self, firm, ada, browser):
        page = browser.get("/me/preferences").content.decode()
        for name in preferences.Preferences.__slots__:
            assert f'name="{name}"' in page
        said = {"digest": "monthly", "asked_a_week": "2", "language": "", "part_time": "on"}
        answer = browser.post("/me/preferences", said, follow=True)
        assert "Your choices hold from now on." in answer.content.decode()
        now = preferences.preferences(firm, ada)
        assert (now.digest, now.asked_a_week, now.part_time, now.is_free) == ("monthly", 2, True, False)

    def test_a_day_that_does_not_fit_is_said_beside_the_form(self, firm, ada, browser):
        said = {"digest": "weekly", "asked_a_week": "3", "paused_until": "2020-01-01"}
        assert "A pause ends on a day to come." in browser.post("/me/preferences", said).content.decode()
        assert preferences.preferences(firm, ada).paused_until is None

    def test_the_secret_is_shown_once(self, ada, browser):
        page = browser.post("/me/preferences/webhook", {"address": HOOK}).content.decode()
        secret = Member.objects.get(pk=ada.member).webhook_secret
        assert page.count(secret) == 1
        assert secret not in browser.get("/me/preferences").content.decode()
        page = browser.post("/me/preferences/webhook/secret").content.decode()
        assert secret not in page
        assert Member.objects.get(pk=ada.member).webhook_secret in page

    def test_a_wrong_address_is_said_beside_it(self, browser):
        page = browser.post("/me/preferences/webhook", {"address": "ftp://x"}).content.decode()
        assert "begins with https://" in page
