"""Every insight says what it is."""

from __future__ import annotations

import pytest

from crosstie.insight import Insight, every_insight
from crosstie.privacy import SMALLEST_EVER


@pytest.mark.parametrize("name", every_insight())
def test_an_insight_says_in_sentences_what_it_answers_and_what_it_does_not(name):
    insight = every_insight()[name]
    assert isinstance(insight, Insight)
    assert insight.name == name
    assert insight.question.endswith("?")
    for sentence in (insight.how, insight.reading, insight.evidence, *insight.cautions):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    assert insight.cautions
    assert insight.references
    assert insight.smallest_group >= SMALLEST_EVER
