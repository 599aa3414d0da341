"""How people get in, and who may do what."""

from __future__ import annotations

import threading

import pytest
from django.db import connections
from tests.actions import company
from tests.organisation.conftest import PASSWORD, link_in_last_letter

from crosstie.actions import pages, settings
from crosstie.actions.organisation import gate, invitations, members, sign_in_links
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Role, Viewer
from crosstie.store.models import Invitation, Member


def test_the_first_visit_makes_the_steward_and_the_second_does_not(home):
    assert members.is_empty(home)
    members.set_up(home, organisation="Firm", name="Ada Berg", address="Ada@Firm.example", password=PASSWORD)
    with pytest.raises(NotAllowed, match="has its steward"):
        members.set_up(home, organisation="X", name="Eve", address="eve@else.example", password=PASSWORD)
    assert [(one.email, one.role) for one in Member.objects.all()] == [("ada@firm.example", "steward")]


def test_a_member_is_joined_to_the_person_of_the_record_by_the_confirmed_address(firm, ada):
    person = gate.card_of(firm, ada.account)
    assert person.key == ada.person
    assert pages.circle(firm, ada).contacts


def test_an_invitation_for_an_address_lets_that_one_in_once(firm, ada):
    path = invitations.invite(firm, ada, ["ben@firm.example"])["ben@firm.example"]
    token = path.removeprefix("/join/")
    invitations.accept(firm, token, name="Ben")
    with pytest.raises(NotAllowed, match="used up"):
        invitations.accept(firm, token, name="Ben again")


def test_a_new_invitation_takes_the_place_of_the_old_one(firm, ada):
    old = invitations.invite(firm, ada, ["ben@firm.example"])["ben@firm.example"].removeprefix("/join/")
    new = invitations.invite(firm, ada, ["ben@firm.example"])["ben@firm.example"].removeprefix("/join/")
    with pytest.raises(NotAllowed):
        invitations.accept(firm, old, name="Ben")
    invitations.accept(firm, new, name="Ben")


def test_a_link_for_many_confirms_each_address_by_mail_and_counts_down(firm, ada):
    path = invitations.invite_by_link(firm, ada, domains=["firm.example"], uses=1)
    token = path.removeprefix("/join/")
    with pytest.raises(NotAllowed, match="other addresses"):
        invitations.ask_to_join(firm, token, "eve@else.example")
    invitations.ask_to_join(firm, token, "ben@firm.example")
    assert not Member.objects.filter(email="ben@firm.example").exists()
    with pytest.raises(NotAllowed):
        invitations.ask_to_join(firm, token, "cem@firm.example")
    own = link_in_last_letter("ben@firm.example").removeprefix("/join/")
    invitations.accept(firm, own, name="Ben")
    assert Member.objects.get(email="ben@firm.example").role == "member"


def test_a_link_for_many_without_a_domain_is_refused(firm, ada):
    with pytest.raises(UsageRefused, match="mail domains"):
        invitations.invite_by_link(firm, ada, domains=[" "], uses=5)


def test_a_link_to_sign_in_works_once_and_tells_nobody_who_is_a_member(firm, ada):
    sign_in_links.send(firm, "nobody@else.example")
    sign_in_links.send(firm, company.address("Ada Berg"))
    token = link_in_last_letter(ada.account).removeprefix("/sign-in/")
    assert sign_in_links.redeem(firm, token) == ada.member
    with pytest.raises(NotAllowed):
        sign_in_links.redeem(firm, token)


def test_no_token_is_kept_as_it_is(firm, ada):
    path = invitations.invite(firm, ada, ["ben@firm.example"])["ben@firm.example"]
    assert path.removeprefix("/join/") not in Invitation.objects.get(address="ben@firm.example").digest


@pytest.mark.parametrize(
    "verb",
    [
        lambda home, who: invitations.invite(home, who, ["x@firm.example"]),
        lambda home, who: invitations.invite_by_link(home, who, domains=["firm.example"], uses=1),
        members.members,
        lambda home, who: members.change_role(home, who, 1, Role.MEMBER),
        lambda home, who: members.suspend(home, who, 1, active=False),
    ],
    ids=["invite", "invite_by_link", "members", "change_role", "suspend"],
)
def test_what_a_steward_does_nobody_else_may(firm, join, verb):
    ben = join("Ben Olu")
    with pytest.raises(NotAllowed):
        verb(firm, ben)
    with pytest.raises(NotShown):
        verb(firm, Viewer(person=ben.person))
    with pytest.raises(NotShown):
        verb(firm, Viewer(person="", member=10_000))


def test_the_last_steward_stays(firm, ada):
    with pytest.raises(NotAllowed, match="Somebody has to be"):
        members.change_role(firm, ada, ada.member, Role.MEMBER)
    with pytest.raises(NotAllowed, match="Somebody has to be"):
        members.suspend(firm, ada, ada.member, active=False)


def test_who_is_let_in_no_more_sees_nothing(firm, ada, join):
    ben = join("Ben Olu")
    members.suspend(firm, ada, ben.member, active=False)
    with pytest.raises(NotShown):
        pages.circle(firm, ben)


def test_a_viewer_made_by_hand_is_worth_no_more_than_its_member(firm, ada, join):
    ben = join("Ben Olu")
    forged = Viewer(person=ada.person, member=ben.member, role=Role.STEWARD, read_everything=True)
    assert pages.circle(firm, forged).viewer.key == ben.person
    with pytest.raises(NotAllowed):
        members.members(firm, forged)


def test_the_first_steward_says_how_long_is_kept_and_two_years_are_proposed(home):
    members.set_up(home, organisation="Firm", name="Ada Berg", address="ada@firm.example", password=PASSWORD)
    assert settings.chosen(home).record.keep_months == 24


def test_what_another_changes_of_a_member_holds_at_the_next_question(firm, join):
    ben = join("Ben Olu")
    assert gate.acting(firm, ben).is_active
    assert ben.person in gate.joined(firm)

    def let_in_no_more() -> None:
        Member.objects.filter(pk=ben.member).update(is_active=False)
        connections[firm.store.alias].close()

    another = threading.Thread(target=let_in_no_more)
    another.start()
    another.join()
    with pytest.raises(NotShown):
        gate.acting(firm, ben)
    assert ben.person not in gate.joined(firm)


def test_whoever_acts_is_nobody_elses_to_change(firm, ada):
    gate.acting(firm, ada).role = "member"
    assert gate.acting(firm, ada).role == "steward"
