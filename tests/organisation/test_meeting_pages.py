"""*Meet* as a browser sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from tests.actions import company
from tests.organisation.conftest import PASSWORD

from crosstie.store.models import Meeting, Member, NotWith

pytestmark = pytest.mark.anywhere


class TestPages:
    """As a browser sees them."""

    @pytest.fixture
    def browsers(self, site: Callable[[], Client], introduced, ben, cleo) -> tuple[Client, Client]:
        opened = []
        for name, viewer in (("Ben Olu", ben), ("Cleo Marti", cleo)):
            member = Member.objects.get(pk=viewer.member)
            member.set_password(PASSWORD)
            member.save()
            browser = site()
            browser.post("/account/login/", {"login": company.address(name), "password": PASSWORD})
            opened.append(browser)
        return opened[0], opened[1]

    def test_from_a_suggestion_to_a_meeting(self, browsers, introduced):
        ben, cleo = browsers
        shown = ben.get("/meet").content.decode()
        assert "Cleo Marti" in shown
        assert "You both know Ada Berg." in shown
        address = f"/meet/{introduced.pk}/say"
        assert (
            "as soon as you have both said yes"
            in ben.post(address, {"answer": "yes"}, follow=True).content.decode()
        )
        page = cleo.post(address, {"answer": "yes"}, follow=True).content.decode()
        assert "You both said yes." in page
        assert "Calendar file" in page
        file = cleo.get(f"/meet/{introduced.pk}/calendar")
        assert file.headers["Content-Type"].startswith("text/calendar")
        assert Calendar.from_ical(file.content)
        assert ben.post(f"/meet/{introduced.pk}/met", {"met": "yes"}).status_code == 403
        Meeting.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
        assert "Yes, we met" in ben.get("/meet").content.decode()
        page = ben.post(f"/meet/{introduced.pk}/met", {"met": "yes"}, follow=True)
        assert page.status_code == 200

    def test_no_and_never_and_taking_back(self, browsers, introduced):
        ben, cleo = browsers
        address = f"/meet/{introduced.pk}/say"
        assert "told to nobody" in ben.post(address, {"answer": "no"}, follow=True).content.decode()
        cleo.post(address, {"answer": "never"})
        page = cleo.get("/meet/apart").content.decode()
        assert f"/meet/apart/{NotWith.objects.get().pk}/release" in page
        cleo.post(f"/meet/apart/{NotWith.objects.get().pk}/release")
        assert not NotWith.objects.exists()

    def test_someone_of_ones_circle_can_be_kept_away_from(self, browsers, ada):
        ben, _cleo = browsers
        assert "Ada Berg" in ben.get("/meet/apart").content.decode()
        page = ben.post("/meet/apart", {"person": ada.person}, follow=True).content.decode()
        assert "nobody is told" in page
        assert NotWith.objects.get().other == ada.account

    def test_a_word_that_is_no_answer_is_refused(self, browsers, introduced):
        ben, _cleo = browsers
        assert ben.post(f"/meet/{introduced.pk}/say", {"answer": "maybe"}).status_code == 400
        assert ben.post(f"/meet/{introduced.pk}/met", {"met": ""}).status_code == 400
        assert ben.get(f"/meet/{introduced.pk}/say").status_code == 405
        assert ben.get("/meet/999/calendar").status_code == 403

    def test_nobody_reads_it_before_the_login(self, site, firm):
        assert "/account/login/" in site().get("/meet").headers["Location"]
