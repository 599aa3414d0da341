"""Whoever signs in with an address that several people of the directory have is none of them."""

from __future__ import annotations

from tests.actions import company

from crosstie.actions import looking, pages, reading, snapshots
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, members
from crosstie.people import Role, Viewer
from crosstie.record import Entry, Trace

BOTH = "floor@firm.example"


def test_a_shared_address_opens_nobodys_pages(firm: Home, ada: Viewer):
    told: list[Trace] = [
        Entry(source="directory:hr", id=f"{number}", name=name, shared_address=BOTH)
        for number, name in enumerate(("Ann Able", "Cal Cole"))
    ]
    told += [*company.places(), *company.accounts()]
    told.append(company.said(7000, BOTH))
    reading.read(firm, company.plan(told), agreed=Consent(domains=frozenset({"firm.example"})))
    number = members.join(firm, name="Floor", address=BOTH, role=Role.MEMBER, password="").pk
    viewer = gate.viewer_of(firm, number)
    me = snapshots.persons(firm).by_key[viewer.person]
    assert me.accounts == (viewer.account,)
    assert me.name == "Floor"
    for name in ("Ann Able", "Cal Cole"):
        assert gate.member_of(firm, looking.find(firm, name).key) is None
    assert not pages.circle(firm, viewer).contacts
