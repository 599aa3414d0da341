"""What stewards see of invitations that nobody has accepted yet, and do about them."""

from __future__ import annotations

import pytest
from tests.organisation.conftest import PASSWORD, link_in_last_letter

from crosstie.actions.organisation import gate, invitations, open_invitations
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Role
from crosstie.store.models import Letter


def test_what_holds_is_listed_and_what_was_accepted_is_not(firm, ada):
    invitations.invite(firm, ada, ["ben@firm.example"], role=Role.FACILITATOR)
    path = invitations.invite(firm, ada, ["cleo@firm.example"])["cleo@firm.example"]
    invitations.invite_by_link(firm, ada, domains=["firm.example"], uses=3)
    invitations.accept(firm, path.removeprefix("/join/"), name="Cleo")
    listed = open_invitations.open_invitations(firm, ada)
    assert [(one.address, one.domains, one.role, one.uses_left) for one in listed] == [
        ("", ("firm.example",), Role.MEMBER, 3),
        ("ben@firm.example", (), Role.FACILITATOR, 1),
    ]


def test_taken_back_it_holds_no_more_and_its_letter_stays_here(firm, ada):
    path = invitations.invite(firm, ada, ["ben@firm.example"])["ben@firm.example"]
    (listed,) = open_invitations.open_invitations(firm, ada)
    open_invitations.take_back(firm, ada, listed.number)
    assert open_invitations.open_invitations(firm, ada) == ()
    assert not Letter.objects.filter(kind="invitation").exists()
    with pytest.raises(NotAllowed):
        invitations.accept(firm, path.removeprefix("/join/"), name="Ben")
    with pytest.raises(NotShown):
        open_invitations.take_back(firm, ada, listed.number)


def test_sent_again_only_the_new_link_holds_and_the_role_stays(firm, ada):
    old = invitations.invite(firm, ada, ["ben@firm.example"], role=Role.FACILITATOR)["ben@firm.example"]
    (listed,) = open_invitations.open_invitations(firm, ada)
    open_invitations.send_again(firm, ada, listed.number)
    with pytest.raises(NotAllowed):
        invitations.accept(firm, old.removeprefix("/join/"), name="Ben")
    new = link_in_last_letter("ben@firm.example").removeprefix("/join/")
    ben = gate.viewer_of(firm, invitations.accept(firm, new, name="Ben"))
    assert ben.role is Role.FACILITATOR


def test_a_link_for_many_is_not_sent(firm, ada):
    invitations.invite_by_link(firm, ada, domains=["firm.example"], uses=3)
    (listed,) = open_invitations.open_invitations(firm, ada)
    with pytest.raises(NotAllowed, match="link for many"):
        open_invitations.send_again(firm, ada, listed.number)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.FACILITATOR])
def test_nobody_but_a_steward_sees_or_changes_any(firm, ada, join, role):
    invitations.invite(firm, ada, ["new@firm.example"])
    (listed,) = open_invitations.open_invitations(firm, ada)
    ben = join("Ben Olu", role)
    for verb in (open_invitations.open_invitations,):
        with pytest.raises(NotAllowed):
            verb(firm, ben)
    for change in (open_invitations.take_back, open_invitations.send_again):
        with pytest.raises(NotAllowed):
            change(firm, ben, listed.number)


def test_the_page_lists_them_and_takes_one_back(firm, ada, site):
    invitations.invite(firm, ada, ["new@firm.example"])
    browser = site()
    browser.post("/account/login/", {"login": "ada.berg@firm.example", "password": PASSWORD})
    page = browser.get("/members").content.decode()
    assert "new@firm.example" in page
    (listed,) = open_invitations.open_invitations(firm, ada)
    sent = browser.post(f"/members/invitations/{listed.number}", {"what": "again"}).content.decode()
    assert "/join/" in sent
    (listed,) = open_invitations.open_invitations(firm, ada)
    browser.post(f"/members/invitations/{listed.number}", {"what": "back"})
    assert "new@firm.example" not in browser.get("/members").content.decode()
