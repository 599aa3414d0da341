"""What a stranger would see of oneself, as one reads it: open ties alone, and nothing of who opted out."""

from __future__ import annotations

from dataclasses import fields

import pytest
from tests.actions import company

from crosstie.actions import opting, reading, snapshots
from crosstie.actions.consent import Consent
from crosstie.actions.organisation import (
    held_rows,
    seen_of_me,
)
from crosstie.actions.pages.sight import sight_of
from crosstie.network.network import Ties
from crosstie.people import Role, Viewer
from crosstie.record import Trace

pytestmark = pytest.mark.anywhere

BEN = company.address("Ben Olu")


@pytest.mark.parametrize("role", list(Role))
def test_what_a_stranger_sees_are_open_ties_alone_whatever_their_role(firm, ada, role):
    seen = seen_of_me.seen_of_me(firm, ada, role)
    assert seen.name == "Ada Berg"
    assert seen.ties == ("Ben Olu", "Cleo Marti", "Dan Wu", "Eve Ros", "Fay Lind", "Gil Amado")
    assert seen.open_rows == 96


def test_a_tie_from_a_members_place_is_seen_by_no_stranger(firm, ada, join):
    told: list[Trace] = [
        *company.accounts(),
        *company.places(),
        *(company.said(9100 + n, "Hana", place="members", addressed=("Ada",)) for n in range(5)),
    ]
    agreed = Consent(domains=frozenset({"firm.example"}), places=frozenset({"board"}))
    reading.read(firm, company.plan(told), agreed=agreed)
    hana = join("Hana Sato")
    assert seen_of_me.seen_of_me(firm, hana).ties == ()
    assert "Hana Sato" not in seen_of_me.seen_of_me(firm, ada).ties
    assert held_rows.number(firm, hana) == 5


@pytest.mark.parametrize("role", list(Role))
def test_the_ties_from_one_person_are_seen_as_among_all_ties(firm, role):
    agreed = Consent(domains=frozenset({"firm.example"}), places=frozenset({"board", "members"}))
    reading.read(firm, company.plan(), agreed=agreed)
    everyone = snapshots.current(firm).network.persons.tolist()
    compared = 0
    for stranger in everyone:
        viewer = Viewer(person=stranger, role=role)
        whole = sight_of(firm, viewer).network
        for row, person in enumerate(everyone):
            one = sight_of(firm, viewer, of=person)
            theirs = whole.ties.learner == row
            for column in fields(Ties):
                found, wanted = getattr(one.network.ties, column.name), getattr(whole.ties, column.name)
                # Weights of open evidence and of all of it were summed in another order.
                assert found.tolist() == pytest.approx(wanted[theirs].tolist()), column.name
            compared += int(theirs.sum())
    assert compared > 100


def test_of_someone_who_opted_out_nothing_is_seen(firm, ada, ben):
    opting.opt_out(firm, BEN)
    seen = seen_of_me.seen_of_me(firm, ben)
    assert (seen.name, seen.groups, seen.ties, seen.load) == ("", (), (), "")
    assert "Ben Olu" not in seen_of_me.seen_of_me(firm, ada).ties
