"""For whom a workspace was read: that person, and nobody else, by whatever door they come."""

from __future__ import annotations

import pytest
from tests.actions import company

from crosstie.actions import looking, pages, reading
from crosstie.actions.consent import Consent
from crosstie.actions.forgetting import forget
from crosstie.actions.home import Home
from crosstie.errors import NotShown, PersonUnclear, WorkspaceRefused
from crosstie.people import Viewer
from crosstie.record import Account

ADA, BEN = company.address("Ada Berg"), company.address("Ben Olu")


def test_the_same_person_by_another_word_is_still_the_same_person(firm: Home):
    for word in ("Ada Berg", "ADA.BERG@firm.example", looking.find(firm, ADA).key):
        assert looking.viewer(firm, word).person == looking.find(firm, ADA).key
        reading.read(firm, company.plan(), viewer=word)
    assert firm.viewer_given == ADA


def test_a_misspelt_viewer_leaves_no_claim(home: Home):
    reading.read(home, company.plan(), viewer="ada.bergh@firm.example")
    with pytest.raises(PersonUnclear):
        looking.viewer(home, "ada.bergh@firm.example")
    reading.read(home, company.plan(), viewer=ADA)
    assert looking.viewer(home).person == looking.find(home, ADA).key


def test_a_viewer_who_is_nobody_keeps_the_claim_where_closed_places_were_read_for_them(firm: Home):
    firm.store.set_fact("viewer", "someone with no account")
    with pytest.raises(WorkspaceRefused, match="is that of"):
        looking.viewer(firm, BEN)


def test_a_name_of_two_people_admits_neither_and_nothing_is_read(home: Home):
    namesakes = [Account(source=company.SOURCE, id=id_, name="Ada Stone") for id_ in ("a1", "a2")]
    direct = company.said(9000, "a1", place="direct", addressed=("Ben",))
    with pytest.raises(PersonUnclear, match="More than one") as refused:
        reading.read(home, company.plan([*namesakes, *company.traces(), direct]), viewer="Ada Stone")
    assert refused.value.near == ("Ada Stone (a1)", "Ada Stone (a2)")
    assert home.store.readings.all() == []
    assert home.viewer_given == ""


def test_a_namesake_who_is_met_later_does_not_shut_out_whom_it_was_read_for(home: Home):
    reading.read(home, company.plan(), viewer="Ada Berg")
    me = looking.viewer(home).person
    namesake = Account(source=company.SOURCE, id="a2", name="Ada Berg", address="berg@else.example")
    reading.read(home, company.plan([namesake]), viewer=ADA)
    assert looking.viewer(home).person == me
    with pytest.raises(PersonUnclear, match="More than one"):
        looking.viewer(home, "Ada Berg")
    with pytest.raises(WorkspaceRefused, match="is that of"):
        looking.viewer(home, "berg@else.example")


def test_a_viewer_made_by_hand_is_worth_no_more_than_its_key(firm: Home):
    for person in (looking.find(firm, BEN).key, "nosuchkey"):
        for page in (pages.circle, pages.network_map):
            with pytest.raises(NotShown):
                page(firm, Viewer(person=person, read_everything=True))


def test_what_was_read_for_an_organisation_is_no_single_persons(home: Home):
    agreed = Consent(places=frozenset({"board"}), opted_in=frozenset({ADA, BEN}))
    reading.read(home, company.plan(), agreed=agreed)
    with pytest.raises(WorkspaceRefused, match="for an organisation"):
        looking.viewer(home, BEN)
    with pytest.raises(WorkspaceRefused, match="for an organisation"):
        reading.read(home, company.plan(), viewer=BEN)
    with pytest.raises(NotShown):
        pages.circle(home, looking.find(home, BEN).key)
    assert pages.network_map(home, looking.viewer(home)).people == ()


def test_what_was_read_for_one_person_becomes_no_organisations(firm: Home):
    with pytest.raises(WorkspaceRefused, match="for one person"):
        reading.read(firm, company.plan(), agreed=Consent())


def test_nothing_real_is_read_into_the_invented_company(home: Home):
    home.store.set_fact("demo", "yes")
    with pytest.raises(WorkspaceRefused, match="invented company"):
        reading.read(home, company.plan())


def test_when_the_viewer_is_forgotten_nobody_else_moves_in(firm: Home):
    forget(firm, looking.find(firm, ADA).key)
    assert looking.viewer(firm) == looking.nobody()
    for attempt in (
        lambda: looking.viewer(firm, BEN),
        lambda: reading.read(firm, company.plan(), viewer=BEN),
    ):
        with pytest.raises(WorkspaceRefused, match="asked to be forgotten"):
            attempt()
