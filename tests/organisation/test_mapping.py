"""One's own map: confirmed, ended, and whoever is missing named."""

from __future__ import annotations

import pytest

from crosstie.actions import opting
from crosstie.actions.organisation import circles, correcting, gate, mapping, recording
from crosstie.actions.pages.circle import contacts_of
from crosstie.actions.pages.sight import sight
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Viewer
from crosstie.store.models import Run

pytestmark = pytest.mark.anywhere


@pytest.fixture
def hana(join):
    return join("Hana Sato")


def carry_over(home) -> None:
    for run in Run.objects.filter(kind="record").order_by("pk"):
        recording.record(home, run.payload)


def confirmed(home, viewer: Viewer) -> dict[str, bool]:
    return {one.person.name: one.is_confirmed for one in mapping.own_map(home, viewer).contacts}


def named(home, viewer: Viewer) -> list[str]:
    return [one.person.name for one in mapping.own_map(home, viewer).missing]


def test_ones_contacts_stand_there_by_name_and_nothing_is_said_of_them_yet(firm, ada):
    names = ["Ben Olu", "Cleo Marti", "Dan Wu", "Eve Ros", "Fay Lind", "Gil Amado"]
    assert list(confirmed(firm, ada).items()) == [(name, False) for name in names]


def test_what_one_confirms_is_ones_own_and_can_be_taken_back(firm, ada, ben, hana):
    for _ in range(2):
        mapping.confirm(firm, ada, ben.person)
    assert confirmed(firm, ada)["Ben Olu"]
    assert not confirmed(firm, ben)["Ada Berg"]
    mapping.confirm(firm, ada, ben.person, right=False)
    assert not confirmed(firm, ada)["Ben Olu"]
    with pytest.raises(NotShown):
        mapping.confirm(firm, ada, hana.person)


def test_a_contact_that_has_ended_stands_apart_until_that_is_taken_back(firm, ada, ben):
    correcting.no_longer(firm, ada, ben.person)
    told = mapping.own_map(firm, ada)
    assert [one.person.name for one in told.ended] == ["Ben Olu"]
    assert "Ben Olu" not in confirmed(firm, ada)
    assert mapping.own_map(firm, ben).ended == ()
    correcting.take_back(firm, ada, told.ended[0].number)
    assert mapping.own_map(firm, ada).ended == ()
    assert "Ben Olu" in confirmed(firm, ada)


def test_whoever_is_named_as_missing_is_in_both_circles_once_the_record_holds_it(firm, ada, hana):
    assert [one.name for one in mapping.own_map(firm, ada).others] == ["Hana Sato"]
    for _ in range(2):
        mapping.name_missing(firm, ada, hana.person)
    carry_over(firm)
    carry_over(firm)
    with firm.record.connect() as connection:
        rows = connection.execute(
            "SELECT actor, addressed, openness, text FROM interactions WHERE kind = 'named'"
        ).fetchall()
    assert rows == [(ada.account, [hana.account], "members", None)]
    assert hana.person in circles.people_in(firm, ada.account)
    assert ada.person in circles.people_in(firm, hana.account)
    (contact,) = [one for one in contacts_of(sight(firm, ada)) if one.person.key == hana.person]
    assert contact.is_stated
    assert mapping.own_map(firm, ada).others == ()


def test_a_naming_can_be_taken_back_and_then_ties_nobody(firm, ada, hana):
    mapping.name_missing(firm, ada, hana.person)
    carry_over(firm)
    (one,) = mapping.own_map(firm, ada).missing
    with pytest.raises(NotShown):
        mapping.take_back(firm, hana, one.number)
    mapping.take_back(firm, ada, one.number)
    assert named(firm, ada) == []
    carry_over(firm)
    assert hana.person not in circles.people_in(firm, ada.account)
    with pytest.raises(NotShown):
        mapping.take_back(firm, ada, one.number)
    mapping.name_missing(firm, ada, hana.person)
    carry_over(firm)
    assert hana.person in circles.people_in(firm, ada.account)


def test_oneself_and_who_did_not_join_cannot_be_named(firm, ada):
    with pytest.raises(NotAllowed):
        mapping.name_missing(firm, ada, ada.person)
    with pytest.raises(NotShown):
        mapping.name_missing(firm, ada, "nobody")


def test_an_outsider_maps_nothing(firm, ada, ben):
    outside = Viewer(person=ben.person)
    for verb in (
        lambda: mapping.own_map(firm, outside),
        lambda: mapping.colleagues(firm, outside),
        lambda: mapping.confirm(firm, outside, ada.person),
        lambda: mapping.name_missing(firm, outside, ada.person),
        lambda: mapping.take_back(firm, outside, 1),
    ):
        with pytest.raises(NotShown):
            verb()


def test_who_opted_out_stands_on_no_map_and_cannot_be_named(firm, ada, ben, hana):
    mapping.name_missing(firm, ada, hana.person)
    mapping.confirm(firm, ada, ben.person)
    for one in (ben, hana):
        opting.opt_out(firm, one.person)
    told = mapping.own_map(firm, ada)
    assert "Ben Olu" not in {one.person.name for one in told.contacts}
    assert (told.missing, told.others) == ((), ())
    assert mapping.colleagues(firm, ada) == ()
    with pytest.raises(NotShown):
        mapping.name_missing(firm, ada, hana.person)
    with pytest.raises(NotShown):
        mapping.confirm(firm, ada, ben.person)
    gone = gate.viewer_of(firm, ben.member)
    assert mapping.own_map(firm, gone).contacts == ()
    with pytest.raises(NotAllowed):
        mapping.name_missing(firm, gone, ada.person)
