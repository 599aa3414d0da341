"""What thinking rooms say is English for the command, and can be said again in another language."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date

import pytest
from django.utils import translation

from crosstie.actions import speaking
from crosstie.actions.speaking import spoken
from crosstie.saying import Month, Number, Said, Share, listed, packed, say, say_count, together, unpacked
from crosstie.store import database

SAID = {
    "%(share)s of %(count)s, in %(month)s.": "%(share)s von %(count)s, im %(month)s.",
    "On %(day)s, %(amount)s.": "Am %(day)s, %(amount)s.",
    "nobody": "niemand",
    "Only a word.": "Nur ein Wort.",
    "%(before)s and %(last)s": "%(before)s und %(last)s",
    "%(count)s person": "%(count)s Person",
    "%(percent)s%%": "%(percent)s\N{NO-BREAK SPACE}%%",
}


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch):
    """German with a few made-up messages, whatever the catalogue says."""
    database.set_up()
    monkeypatch.setattr(speaking, "gettext", lambda message: SAID.get(message, message))
    monkeypatch.setattr(
        speaking, "ngettext", lambda one, _many, count: SAID[one] if count == 1 else "%(count)s Leute"
    )
    with translation.override("de"):
        yield


def test_what_is_said_is_english_text_at_once():
    said = say(
        "%(share)s of %(count)s, in %(month)s.",
        share=Share(0.854),
        count=12345,
        month=Month(date(2026, 5, 3)),
    )
    assert said == "85% of 12,345, in May 2026."
    assert json.dumps(said) == '"85% of 12,345, in May 2026."'
    assert say("100% of it") == "100% of it"


def test_it_is_said_again_as_german_writes_it(german):
    said = say(
        "%(share)s of %(count)s, in %(month)s.",
        share=Share(0.854),
        count=12345,
        month=Month(date(2026, 5, 3)),
    )
    assert spoken(said) == "85\N{NO-BREAK SPACE}% von 12.345, im Mai 2026."
    day = say("On %(day)s, %(amount)s.", day=date(2026, 5, 3), amount=Number(1234.56, digits=1))
    assert day == "On 3 May 2026, 1,234.6."
    assert spoken(day) == "Am 3. Mai 2026, 1.234,6."


def test_numbers_of_things_are_told_apart(german):
    assert [say_count("%(count)s person", "%(count)s people", count) for count in (1, 2)] == [
        "1 person",
        "2 people",
    ]
    people = [spoken(say_count("%(count)s person", "%(count)s people", count)) for count in (1, 2)]
    assert people == ["1 Person", "2 Leute"]


def test_names_stay_and_sentences_within_are_translated(german):
    said = say("On %(day)s, %(amount)s.", day="nobody", amount=say("nobody"))
    assert spoken(said) == "Am nobody, niemand."
    assert spoken(together("Only a word.", "", "Never translated.")) == "Nur ein Wort. Never translated."
    assert spoken(listed(["Ada", "Ben"])) == "Ada und Ben"
    assert listed(["Ada", "Ben", "Cleo"]) == "Ada, Ben and Cleo"
    assert spoken("") == ""


@pytest.mark.parametrize(
    "said",
    [
        "A name.",
        say(
            "%(day)s, %(month)s, %(amount)s",
            day=date(2026, 5, 3),
            month=Month(date(2026, 5, 1)),
            amount=Number(2.5, 1),
        ),
        say_count(
            "%(count)s of %(share)s",
            "%(count)s of %(share)s of %(inner)s",
            3,
            share=Share(0.5),
            inner=say("nobody"),
        ),
        together("One.", say("Two of %(name)s.", name="Ada")),
    ],
)
def test_what_is_kept_as_json_comes_back_as_it_was_said(said):
    again = unpacked(json.loads(json.dumps(packed(said))))
    assert again == said
    assert packed(again) == packed(said)


@pytest.mark.parametrize("again", [copy.deepcopy, lambda said: pickle.loads(pickle.dumps(said))])
def test_a_copy_remembers_how_it_was_made(again):
    said = say("nobody turned to %(name)s", name="Ada")
    assert isinstance(again(said), Said)
    assert again(said).values == {"name": "Ada"}
