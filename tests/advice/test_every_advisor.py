"""Every advisor says what it is."""

from __future__ import annotations

import pytest

from crosstie.advice import Advisor, every_advisor


@pytest.mark.parametrize("name", every_advisor())
def test_an_advisor_says_in_sentences_what_it_answers_and_what_it_does_not(name):
    advisor = every_advisor()[name]
    assert isinstance(advisor, Advisor)
    assert advisor.name == name
    assert advisor.question.endswith("?")
    for sentence in (advisor.how, advisor.reading, advisor.evidence, *advisor.cautions):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    assert advisor.cautions
    assert advisor.references
