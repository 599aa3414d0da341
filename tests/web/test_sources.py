"""*Sources*: the ledgers, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.web.made_up import MadeUp


def test_counts_of_one_source_are_said_once_and_in_words(ask, made_up):
    together = "All sources together"
    assert together in ask("/sources").text
    whole = MadeUp.sources
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            MadeUp,
            "sources",
            lambda self, viewer: replace(whole(self, viewer), readings=whole(self, viewer).readings[:1]),
        )
        text = ask("/sources").text
    assert together not in text
    assert "Answers" in text


def test_a_path_that_was_read_again_has_one_ledger_and_a_line_for_each_reading_before(ask, made_up):
    whole = MadeUp.sources
    with pytest.MonkeyPatch.context() as patch:

        def read_thrice(self, viewer):
            view = whole(self, viewer)
            latest, other = view.readings
            before = [replace(latest, read=one, used=1, left_out={"automatic": one - 1}) for one in (7, 3)]
            return replace(view, readings=(latest, other, *before))

        patch.setattr(MadeUp, "sources", read_thrice)
        text = ask("/sources").text
    assert text.count('class="ledger"') == 2
    assert text.count("Read 2 times before") == 1
    assert "7 messages read, 1 used, 6 left out" in text
    assert text.index("7 messages read") < text.index("3 messages read")


def test_a_single_record_is_counted_in_the_singular(ask, made_up):
    whole = MadeUp.sources
    with pytest.MonkeyPatch.context() as patch:

        def of_one(self, viewer):
            view = whole(self, viewer)
            one = replace(view.readings[0], read=1, used=1, left_out={}, unit="mails", unit_of_one="mail")
            return replace(view, readings=(one,))

        patch.setattr(MadeUp, "sources", of_one)
        assert "<b>1</b> mail read</span>" in ask("/sources").text
