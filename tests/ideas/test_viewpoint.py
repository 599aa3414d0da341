"""Viewpoints: of enough texts on work alone, without what is sensitive and without anybody's name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from crosstie.ideas import Names
from crosstie.ideas.topics import Sensitive
from crosstie.ideas.viewpoint import LEAST_TEXTS, encoder, viewpoints

PLAIN = "The left bearing of the spindle runs hot after an hour of milling."


@pytest.fixture
def seen() -> list[str]:
    return []


def _viewpoints(texts: dict[str, list[str]], seen: list[str]) -> dict[str, NDArray[np.float32]]:
    def encode(given: Sequence[str]) -> NDArray[np.float32]:
        seen.extend(given)
        return np.array([[len(text), text.count("e") + 1.0] for text in given], dtype=np.float32)

    return viewpoints(
        texts, names=Names(["Ada Berg", "Ben Olu"]), sensitive=Sensitive(["kita"]), encode=encode
    )


def test_a_viewpoint_is_a_direction_of_enough_texts(seen):
    found = _viewpoints({"a": [PLAIN] * LEAST_TEXTS, "b": [PLAIN] * (LEAST_TEXTS - 1)}, seen)
    assert found.keys() == {"a"}
    assert np.linalg.norm(found["a"]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "text",
    [
        "The works council wants to know more about the new shift plan for the hall.",
        "My therapy with the psychiatrist starts on Monday, so somebody else has to mill the part.",
        "Die Kita schließt heute früher, deshalb fehle ich in der Besprechung zum neuen Lager.",
    ],
)
def test_what_is_sensitive_is_left_out_whole_and_never_seen_by_the_model(text, seen):
    found = _viewpoints({"a": [text] * 10 + [PLAIN] * LEAST_TEXTS}, seen)
    assert found.keys() == {"a"}
    assert len(seen) == LEAST_TEXTS
    assert _viewpoints({"a": [text] * 10}, seen) == {}


def test_what_comes_late_in_a_long_text_counts_too(seen):
    assert _viewpoints({"a": [PLAIN * 30 + " The works council wants to know."] * LEAST_TEXTS}, seen) == {}
    assert seen == []


def test_names_code_quotations_and_short_greetings_are_left_out(seen):
    text = "@ada Berg said `x = secret` \n> quoted words\nthe spindle of Ben Olu runs hot after milling"
    _viewpoints({"a": ["Thanks, Ada!", *[text] * LEAST_TEXTS]}, seen)
    assert len(seen) == LEAST_TEXTS
    for word in ("Ada", "Berg", "Olu", "secret", "quoted", "Thanks"):
        assert all(word not in one for one in seen)


def test_without_the_extra_there_is_no_model(monkeypatch):
    monkeypatch.setattr("crosstie.ideas.viewpoint.find_spec", lambda _name: None)
    assert encoder() is None


def test_the_same_said_in_another_language_lies_near_and_another_matter_far():
    encode = encoder()
    if encode is None:
        pytest.skip("the extra ideas is not installed")
    one, same, other = encode(
        [
            "The bearing runs hot after an hour.",
            "Das Lager wird nach einer Stunde heiß.",
            "Our customers want a cheaper contract for support.",
        ]
    )
    assert float(one @ same) > float(one @ other) + 0.2
