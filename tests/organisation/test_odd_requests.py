"""What no reader sends is answered like anything else that does not fit, and fails no page."""

from __future__ import annotations

import pytest
from django.test import Client

from crosstie.actions.organisation import asking
from crosstie.store.models import Answer, Member


@pytest.fixture
def bens(site, ben):
    opened = site()
    opened.force_login(Member.objects.get(pk=ben.member), backend="django.contrib.auth.backends.ModelBackend")
    return opened


@pytest.mark.parametrize("digits", [16, 20, 5_000])
def test_a_number_longer_than_any_row_has_is_none(bens, firm, ben, cleo, digits):
    long = "9" * digits
    assert bens.get(f"/me/looks?page={long}").status_code == 200
    number = asking.ask(firm, ben, "a question", {})
    sent = bens.post("/thanks/say", {"person": cleo.person, "answer": long, "question": str(number)})
    assert sent.headers["Location"] == f"/questions/{number}"


def test_a_length_that_is_no_length_is_too_large(site):
    said = site().get("/api/v1/questions", CONTENT_LENGTH="9" * 5_000)
    assert (said.status_code, said.json()["code"]) == (413, "too-large")


def test_the_character_zero_is_left_out_of_what_people_write(bens, firm, cleo):
    number = asking.ask(firm, cleo, "a question", {})
    bens.post(f"/questions/{number}/answer", {"text": "an\0 answer\0"})
    assert Answer.objects.get().text == "an answer"
    assert bens.get("/me/rows?after=%00").status_code == 200
    assert bens.get("/contact/%00").status_code == 404


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_form_that_is_too_old_is_refused_on_a_page_of_ours_with_a_way_back(site, ben, language):
    Member.objects.filter(pk=ben.member).update(language=language)
    strict = Client(enforce_csrf_checks=True, **site().defaults)
    strict.force_login(Member.objects.get(pk=ben.member), backend="django.contrib.auth.backends.ModelBackend")
    for came_from, is_ours in (
        ("http://127.0.0.1:8000/ask", True),
        ("https://elsewhere.example/ask", False),
        ("javascript:alert(1)", False),
    ):
        said = strict.post("/ask", {"text": "x"}, headers={"referer": came_from})
        page = said.content.decode()
        assert said.status_code == 403
        assert f'<html lang="{language}">' in page
        assert 'class="brand"' in page
        assert "DEBUG" not in page
        assert "style=" not in page
        assert "<style" not in page
        assert ('class="onward"><a href="http://127.0.0.1:8000/ask"' in page) == is_ours
        assert (language == "de") or "This form is too old, or comes from another site." in page
