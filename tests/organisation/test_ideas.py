"""*Ideas* in an organisation: of groups alone, and the same for every member."""

from __future__ import annotations

import re

import pytest

from crosstie.store.models import Member

pytestmark = pytest.mark.anywhere

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def test_everybody_reads_the_same_and_it_names_nobody(firm, ada, ben, site, program):
    pages = []
    for one in (ada, ben):
        browser = site()
        browser.force_login(
            Member.objects.get(pk=one.member), backend="django.contrib.auth.backends.ModelBackend"
        )
        answer = browser.get("/ideas")
        assert answer.status_code == 200
        (main,) = re.findall(r"<main.*?</main>", answer.content.decode(), re.DOTALL)
        pages.append(TOKEN.sub("", main))
    assert pages[0] == pages[1]
    assert "Olu" not in pages[0]
    own, other = (program(one)("GET", "ideas").json() for one in (ada, ben))
    assert own == other
    assert own["between"]["flows"] == own["between"]["talks"] == own["between"]["varieties"] == []


def test_nobody_reads_it_without_signing_in(firm, site):
    assert site().get("/ideas").status_code in {302, 401, 403}
    assert site().get("/api/v1/ideas").status_code == 401
