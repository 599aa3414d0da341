"""A way in lasts no longer than the power of who made it, and nobody fills a mailbox by asking for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.actions import company
from tests.organisation.conftest import link_in_last_letter

from crosstie.actions.organisation import invitations, leaving, members, sign_in_links
from crosstie.errors import NotAllowed
from crosstie.people import Role
from crosstie.store.models import Invitation, Letter, Member, SignInLink

ADA = company.address("Ada Berg")
DAN = "dan@firm.example"


def token_of(path: str) -> str:
    return path.removeprefix("/join/")


@pytest.fixture
def eve(join):
    """Another steward."""
    return join("Cleo Marti", Role.STEWARD)


LOSSES = {
    "suspended": lambda home, ada, eve: members.suspend(home, ada, eve.member, active=False),
    "a facilitator now": lambda home, ada, eve: members.change_role(home, ada, eve.member, Role.FACILITATOR),
    "forgotten": lambda home, ada, eve: leaving.forget_me(home, eve, company.address("Cleo Marti")),
}


@pytest.mark.parametrize("lose", LOSSES.values(), ids=LOSSES)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.STEWARD])
def test_an_invitation_ends_with_the_power_of_who_made_it(firm, ada, eve, lose, role):
    token = token_of(invitations.invite(firm, eve, [DAN], role=role)[DAN])
    link = token_of(invitations.invite_by_link(firm, eve, domains=["firm.example"], uses=5))
    assert invitations.way(firm, token).role is role
    lose(firm, ada, eve)
    for refused in (
        lambda: invitations.way(firm, token),
        lambda: invitations.accept(firm, token, name="Dan"),
        lambda: invitations.way(firm, link),
        lambda: invitations.ask_to_join(firm, link, DAN),
    ):
        with pytest.raises(NotAllowed, match="used up"):
            refused()
    assert not Member.objects.filter(email=DAN).exists()


def test_what_a_link_for_many_mailed_ends_with_it(firm, ada, eve):
    link = token_of(invitations.invite_by_link(firm, eve, domains=["firm.example"], uses=5))
    invitations.ask_to_join(firm, link, DAN)
    members.suspend(firm, ada, eve.member, active=False)
    with pytest.raises(NotAllowed):
        invitations.accept(firm, token_of(link_in_last_letter(DAN)), name="Dan")


def test_asking_again_takes_the_place_of_the_open_invitation_and_no_use(firm, ada):
    link = token_of(invitations.invite_by_link(firm, ada, domains=["firm.example"], uses=2))
    invitations.ask_to_join(firm, link, DAN)
    first = token_of(link_in_last_letter(DAN))
    invitations.ask_to_join(firm, link, DAN)
    assert Invitation.objects.get(digest=members.digest_of(link)).uses_left == 1
    with pytest.raises(NotAllowed):
        invitations.accept(firm, first, name="Dan")
    invitations.accept(firm, token_of(link_in_last_letter(DAN)), name="Dan")


def test_asking_by_a_link_takes_nothing_of_the_role_one_was_invited_to(firm, ada):
    invitations.invite(firm, ada, [DAN], role=Role.FACILITATOR)
    link = token_of(invitations.invite_by_link(firm, ada, domains=["firm.example"], uses=2))
    invitations.ask_to_join(firm, link, DAN)
    invitations.accept(firm, token_of(link_in_last_letter(DAN)), name="Dan")
    assert Member.objects.get(email=DAN).role == "facilitator"


def test_a_use_that_somebody_else_took_meanwhile_is_not_taken_twice(firm, ada, monkeypatch):
    link = token_of(invitations.invite_by_link(firm, ada, domains=["firm.example"], uses=1))
    original = invitations._holding

    def holding(token):
        found = original(token)
        Invitation.objects.filter(pk=found.pk).update(uses_left=0)
        return found

    monkeypatch.setattr(invitations, "_holding", holding)
    with pytest.raises(NotAllowed):
        invitations.ask_to_join(firm, link, DAN)
    assert not Letter.objects.filter(address=DAN).exists()


def test_letters_with_a_way_in_are_few_an_hour_and_the_page_does_not_tell(firm, site):
    pages = {site().post("/sign-in", {"address": ADA}).content.decode() for _ in range(6)}
    written = Letter.objects.filter(kind="sign-in")
    assert written.count() == sign_in_links.LETTERS_AN_HOUR == 3
    assert len(pages) == 1
    SignInLink.objects.update(made_at=timezone.now() - timedelta(minutes=61))
    sign_in_links.send(firm, ADA)
    assert written.count() == 4


def test_letters_to_who_is_no_member_yet_are_few_an_hour(firm, ada):
    link = token_of(invitations.invite_by_link(firm, ada, domains=["firm.example"], uses=50))
    for _ in range(6):
        invitations.ask_to_join(firm, link, DAN)
    assert Letter.objects.filter(address=DAN).count() == sign_in_links.LETTERS_AN_HOUR
    invitations.accept(firm, token_of(link_in_last_letter(DAN)), name="Dan")
