"""The language of a person at a place."""

from __future__ import annotations

import importlib
import sys

import pytest
from tests.ideas.said import said

from crosstie.ideas import Names
from crosstie.ideas.language import Said, language_of, languages

ENGLISH = "We have to look at the bearing again, because it is not in the right position and it wobbles."
GERMAN = "Wir müssen das Lager noch einmal ansehen, denn es sitzt nicht richtig und die Welle wackelt."
FRENCH = "Il faut regarder encore une fois le roulement, parce que l'arbre ne tourne pas comme il devrait."


@pytest.mark.parametrize(
    ("text", "language"), [(ENGLISH, "en"), (GERMAN, "de"), (FRENCH, "fr"), ("Hm, ok!", "")]
)
def test_a_text_has_a_language_if_it_is_long_enough(text, language):
    assert language_of(text) == language


def test_code_and_addresses_are_no_language():
    code = "```\nfor the_value in and_then(with_this, that): return the, is, to, of, in, it\n```"
    assert language_of(f"{code} https://example.org/and/the/path") == ""
    assert language_of(f"{code} {GERMAN}") == "de"


def test_what_someone_wrote_at_one_place_is_pooled():
    """No message of Ada's alone is long enough."""
    parts = [" ".join(GERMAN.split()[at : at + 4]) for at in range(0, 16, 4)]
    told = [said(number, "ada", text, place="werkstatt") for number, text in enumerate(parts)]
    told += [said(20, "ada", ENGLISH, place="office"), said(21, "", FRENCH, place="office")]
    found = languages(told, names=Names())
    assert found == {("ada", "werkstatt"): "de", ("ada", "office"): "en"}


def test_with_too_little_the_person_then_the_place_decide():
    told = [
        said(1, "ada", GERMAN, place="a"),
        said(2, "ada", "Ja!", place="b"),
        said(3, "ben", ENGLISH, place="b"),
        said(4, "cleo", "ok", place="b"),
        said(5, "dan", "ok", place="c"),
    ]
    found = languages(told, names=Names())
    assert found["ada", "b"] == "de"
    assert found["cleo", "b"] == "en"
    assert found["dan", "c"] == ""


def test_people_are_counted_once_a_language_while_messages_pass():
    told = [
        said(1, "ada", GERMAN, place="a"),
        said(2, "ada", GERMAN, place="b"),
        said(3, "ada", ENGLISH, place="c"),
        said(4, "ben", ENGLISH, place="c"),
        said(5, "dan", "ok", place="d"),
        said(6, "", FRENCH, place="d"),
    ]
    noted = Said(Names())
    assert list(noted.noting(told)) == told
    assert noted.people() == {"de": 1, "en": 2}
    assert importlib.import_module("py3langid.langid").IDENTIFIER is None  # 75 MB


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (GERMAN, "de"), (FRENCH, "")])
def test_without_the_extra_two_languages_are_told(monkeypatch, text, language):
    monkeypatch.setitem(sys.modules, "py3langid", None)
    assert language_of(text) == language
