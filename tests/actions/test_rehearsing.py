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
    return rehearsing.unclear(met)


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


def test_a_full_name_that_one_person_has_is_clear():
    assert unclear("Ben Olu") is None


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
    without: list[Trace] = [Account(source="other", id="x", name="X Y")]
    plans = [company.plan(), company.plan(without)]
    viewer = rehearsing.settle_or_tell(None, plans, company.address("Ada Berg"), met)
    first, other = (rehearsing.rehearse(one, viewer=viewer, met=met) for one in plans)
    assert not {NOBODY, UNCLEAR} & first.notes.keys()
    assert NOBODY in other.notes
    assert UNCLEAR not in other.notes
    assert rehearsing.unclear(met) is None


def test_a_name_that_two_people_have_is_noted_as_unclear():
    namesake = Account(source=company.SOURCE, id="other", name="Ben Olu", address="olu@else.example")
    met = rehearsing.Met()
    rehearsed = rehearsing.rehearse(company.plan([*company.traces(), namesake]), viewer="Ben Olu", met=met)
    assert UNCLEAR in rehearsed.notes
    assert NOBODY not in rehearsed.notes
    trouble = rehearsing.unclear(met)
    assert trouble is not None
    assert trouble.message.startswith("More than one person")
    assert trouble.near == ("Ben Olu <ben.olu@firm.example>", "Ben Olu <olu@else.example>")
