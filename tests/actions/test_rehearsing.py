"""Whom `--as` could mean, said before anything is read."""

from __future__ import annotations

import pytest
from tests.actions import company

from crosstie.actions import opting, rehearsing
from crosstie.actions.forgetting import forget
from crosstie.actions.home import Home
from crosstie.actions.looking import find
from crosstie.errors import PersonUnclear
from crosstie.record import Account, Trace

UNCLEAR = "whom --as means there is not clear"
NOBODY = "nobody there is whom --as names"


def unclear(viewer: str, home: Home | None = None) -> PersonUnclear | None:
    met = rehearsing.Met()
    rehearsing.rehearse(company.plan(), home=home, viewer=viewer, met=met)
    return rehearsing.unclear(viewer, met, home=home)


def test_near_matches_are_named_in_the_words_of_a_reading(open_firm: Home):
    wanted = "ben.oluu@firm.example"
    rehearsed = unclear(wanted)
    assert rehearsed is not None
    with pytest.raises(PersonUnclear) as read:
        find(open_firm, wanted)
    assert rehearsed.message == read.value.message
    assert rehearsed.near[0] == "Ben Olu <ben.olu@firm.example>"
    assert read.value.near[0].startswith(rehearsed.near[0])


def test_where_nobody_is_near_the_hint_says_what_is_wanted():
    rehearsed = unclear("someone quite different")
    assert rehearsed is not None
    assert rehearsed.near == ()
    assert rehearsed.hint.startswith("Give a key, a full name or an address")


def test_a_viewer_who_is_there_and_no_viewer_are_clear():
    assert unclear(company.address("Ben Olu")) is None
    assert unclear("") is None


def test_a_full_name_that_is_not_enough_for_closed_places_is_answered_with_the_address():
    rehearsed = unclear("Ben Olu")
    assert rehearsed is not None
    assert rehearsed.near == ("Ben Olu <ben.olu@firm.example>",)
    assert "what is not open would not be read" in rehearsed.message


def test_whom_the_workspace_knows_is_clear(open_firm: Home):
    assert unclear(find(open_firm, "Ben Olu").key, open_firm) is None


def test_nobody_who_opted_out_or_was_forgotten_is_suggested(open_firm: Home):
    opting.opt_out(open_firm, company.address("Ben Olu"))
    forget(open_firm, find(open_firm, company.address("Cleo Marti")).key)
    for name in ("ben.oluu@firm.example", "cleo.martii@firm.example"):
        rehearsed = unclear(name, open_firm)
        assert rehearsed is not None
        assert not any("Ben" in one or "Cleo" in one for one in rehearsed.near)


def test_a_viewer_met_in_one_of_two_sources_is_clear():
    met = rehearsing.Met()
    viewer = company.address("Ada Berg")
    without: list[Trace] = [Account(source="other", id="x", name="X Y")]
    first = rehearsing.rehearse(company.plan(), viewer=viewer, met=met)
    other = rehearsing.rehearse(company.plan(without), viewer=viewer, met=met)
    assert not {NOBODY, UNCLEAR} & first.notes.keys()
    assert NOBODY in other.notes
    assert UNCLEAR not in other.notes
    assert rehearsing.unclear(viewer, met) is None


def test_a_name_that_is_there_beside_an_address_is_noted_as_unclear():
    notes = rehearsing.rehearse(company.plan(), viewer="Ben Olu").notes
    assert UNCLEAR in notes
    assert NOBODY not in notes
