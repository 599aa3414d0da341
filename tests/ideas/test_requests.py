"""Questions and requests: by learned weights in English, by rules elsewhere and without the weights."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from crosstie.ideas import requests

REQUESTS = (
    "Please send me the drawing by Friday.",
    "Could you check the torque for me?",
    "Let me know what you need.",
)
NONE = ("The lift is out of order until Thursday.", "We had a very nice day.", "Thanks, that was it!")


@pytest.mark.parametrize("text", REQUESTS)
def test_a_request_is_one_by_weights_and_by_rule(text):
    assert requests.is_request(text)
    assert requests.is_request_by_rule(text)


@pytest.mark.parametrize("text", NONE)
def test_what_only_tells_is_none(text):
    assert not requests.is_request(text)
    assert not requests.is_request_by_rule(text)


def test_one_requesting_sentence_makes_a_requesting_text():
    assert requests.is_request(" ".join([*NONE, REQUESTS[0]]))
    assert not requests.is_request("")


@pytest.mark.parametrize(
    "text", ["Bitte schick mir die Zeichnung.", "Könntest du das prüfen", "Gib mir Bescheid."]
)
def test_another_language_goes_by_rules(text):
    assert requests.is_request(text, language="de")
    assert not requests.is_request("Der Aufzug steht bis Donnerstag still.", language="de")


def test_without_weights_rules_decide(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(requests, "has_weights", lambda: False)
    assert requests.is_request(REQUESTS[1])
    assert not requests.is_request(NONE[0])


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("who knows about the spindle", True),
        ("It wobbles?", True),
        ("hi, does anybody have the list", True),
        ("Weiß jemand, wo der Plan liegt", True),
        ("When it wobbles, it is the ring.", False),
        ("It wobbles.", False),
    ],
)
def test_a_question_is_told_by_its_mark_or_its_beginning(sentence, asks):
    assert requests.is_question(sentence) is asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Which one? (The old lathe?)", True),
        ("> It wobbles.\nSince when?", True),
        ("Wo genau?", True),
        ("Did you oil it? That helped here.", False),
        ("Look at `x ? y : z`.", False),
        ("Yes.", False),
        ("?", False),
        ("", False),
    ],
)
def test_who_has_only_questions_asks_back(text, asks):
    assert requests.only_asks(text) is asks


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("The lift in the old building is out of order again until Thursday afternoon.", True),
        ("Der Aufzug im alten Haus steht wieder still, und das bis zum Donnerstag.", True),
        ("The lift in the old building is out of order again. Who has the key to the roof?", False),
        ("The lift in the old building is out of order again, please send me the key.", False),
        ("Der Aufzug im alten Haus steht still. Bitte schick mir den Schlüssel vom Dach.", False),
        ("L'ascenseur du vieux bâtiment est encore en panne, et il le reste jusqu'à jeudi soir.", False),
        ("lift key", False),
    ],
)
def test_a_text_that_asks_nothing_is_told_where_it_can_be(text, nothing):
    assert requests.asks_nothing(text) is nothing


def test_the_weights_are_numbers_alone_and_small():
    file = files("crosstie.ideas").joinpath("requests.npz")
    assert len(file.read_bytes()) < 300_000
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as named:
        kinds = {name: named[name].dtype.kind for name in named.files}
    assert kinds == {"weight": "i", "scale": "f", "constant": "f"}
