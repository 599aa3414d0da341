"""Personal pages speak as the browser asks: English, or German."""

from __future__ import annotations

import re

import pytest


@pytest.mark.parametrize("path", ["/", "/map", "/ideas", "/sources", "/nowhere"])
def test_a_page_speaks_german_to_a_german_browser(ask, path: str):
    page = ask(path, HTTP_ACCEPT_LANGUAGE="de-AT,de;q=0.8,en;q=0.4").text
    assert '<html lang="de">' in page
    assert "Zum Inhalt der Seite" in page
    assert "Mein Kreis" in page
    assert "Skip to the page" not in page


@pytest.mark.parametrize("asked", ["en", "fr", "", "xx-invalid;;q=9"])
def test_every_other_browser_reads_english(ask, asked: str):
    page = ask("/", HTTP_ACCEPT_LANGUAGE=asked).text
    assert '<html lang="en">' in page
    assert "Skip to the page" in page


def test_days_are_written_as_the_language_writes_them(ask):
    english, german = (ask("/sources", HTTP_ACCEPT_LANGUAGE=one).text for one in ("en", "de"))
    assert re.search(r"As of \d{1,2} [A-Z][a-z]+ \d{4}\.", english)
    assert re.search(r"Stand: \d{1,2}\. [A-Z][a-zä]+ \d{4}\.", german)


def test_a_browser_is_told_that_the_language_decides(ask):
    assert "Accept-Language" in ask("/").headers["Vary"]
