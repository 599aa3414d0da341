"""Letters about one's account: in our words, in the reader's language, and to the site's address alone."""

from __future__ import annotations

import pytest
from tests.actions import company

from crosstie.actions.organisation import mail_settings, sending
from crosstie.store.models import Letter, Member

ELSEWHERE = {"HTTP_HOST": "localhost:6666"}
SITE = "https://crosstie.firm.example"


def latest(home) -> str:
    letter = Letter.objects.latest("pk")
    return f"{letter.subject}\n{sending.with_addresses(letter.text, mail_settings.site_address(home))}"


@pytest.fixture
def firm(firm):
    mail_settings.keep_site_address(firm, SITE)
    return firm


@pytest.fixture
def adas(site, ada):
    opened = site()
    opened.force_login(Member.objects.get(pk=ada.member), backend="django.contrib.auth.backends.ModelBackend")
    return opened


def test_a_new_password_is_chosen_on_the_site_and_nowhere_else(firm, site):
    site().post("/account/password/reset/", {"email": company.address("Ada Berg")}, **ELSEWHERE)
    said = latest(firm)
    assert said.startswith("A new password\n")
    assert f"\n{SITE}/account/password/reset/key/" in said
    assert "localhost" not in said
    path = next(line for line in said.splitlines() if line.startswith(SITE)).removeprefix(SITE)
    assert site().get(path, follow=True).status_code == 200


def test_it_speaks_the_readers_language_not_the_senders(firm, site):
    Member.objects.update(language="de")
    site().post("/account/password/reset/", {"email": company.address("Ada Berg")}, HTTP_ACCEPT_LANGUAGE="en")
    assert latest(firm).startswith("Ein neues Passwort\n")


def test_who_is_no_member_is_written_nothing(firm, site):
    site().post("/account/password/reset/", {"email": "nobody@firm.example"}, **ELSEWHERE)
    assert not Letter.objects.exists()


def test_an_invitation_a_steward_hands_on_has_the_sites_address(firm, adas):
    shown = adas.post("/members/invite", {"addresses": "new@firm.example", "role": "member"}, **ELSEWHERE)
    assert f"{SITE}/join/" in shown.content.decode()
    assert "localhost" not in shown.content.decode()
