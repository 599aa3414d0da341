"""What stewards did stands where stewards read it, and where the one it was done to does."""

from __future__ import annotations

import pytest
from tests.actions import company
from tests.organisation.conftest import PASSWORD

from crosstie.actions import opting
from crosstie.actions.organisation import (
    aliases,
    asking,
    invitations,
    journal,
    members,
    open_invitations,
    tokens,
)
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Role, Viewer

NOT_SHOWN = "someone who is not shown"


@pytest.fixture
def others(join):
    return [join(name, Role.STEWARD if name == "Lea Moreau" else Role.MEMBER) for name in company.NAMES[1:]]


@pytest.fixture
def hidden(firm, others) -> int:
    """Ben asks under an alias."""
    return asking.ask(firm, others[0], "Is it me?", {}, alias="A colleague")


def told(firm, viewer) -> list[tuple[str, str, str]]:
    return [(one.who, one.what, one.why) for one in journal.journal(firm, viewer)]


def test_a_steward_reads_who_agreed_to_lift_an_alias_and_why(firm, ada, others, hidden):
    aliases.lift(firm, ada, hidden, "A threat was made.")
    aliases.lift(firm, others[-1], hidden, "I agree.")
    assert told(firm, others[-1])[:3] == [
        ("Lea Moreau", "lifted an alias", f"question {hidden}"),
        ("Lea Moreau", "agreed that an alias be lifted", f"question {hidden}: I agree."),
        ("Ada Berg", "agreed that an alias be lifted", f"question {hidden}: A threat was made."),
    ]
    assert "Ben" not in str(told(firm, ada))


def test_what_members_decide_of_themselves_is_not_in_it(firm, ada, others):
    before = told(firm, ada)
    tokens.make(firm, others[0], "notebook", ["ask:read"])
    opting.opt_out(firm, others[1].person)
    assert told(firm, ada) == before
    assert {what for _, what, _ in before} == {"set up crosstie", "invited"}


def test_an_invitation_that_a_steward_took_back_stands_beside_the_one_they_made(firm, ada):
    invitations.invite(firm, ada, ["new@firm.example"], role=Role.FACILITATOR)
    (made,) = open_invitations.open_invitations(firm, ada)
    open_invitations.take_back(firm, ada, made.number)
    assert told(firm, ada)[:2] == [
        ("Ada Berg", "took an invitation back", "facilitator"),
        ("Ada Berg", "invited", "1 as facilitator"),
    ]


def test_a_steward_who_opted_out_did_what_they_did_and_is_not_named(firm, ada, others):
    members.change_role(firm, others[-1], others[0].member, Role.FACILITATOR)
    opting.opt_out(firm, others[-1].person)
    assert told(firm, ada)[0] == (NOT_SHOWN, "changed a role", "facilitator")


def test_only_stewards_read_it(firm, ada, others):
    with pytest.raises(NotAllowed):
        journal.journal(firm, others[0])
    with pytest.raises(NotShown):
        journal.journal(firm, Viewer(person=ada.person))


def test_the_one_whose_alias_was_lifted_reads_by_whom_and_why_and_nobody_else_does(firm, ada, others, hidden):
    ben, cleo, *_, lea = others
    aliases.lift(firm, ada, hidden, "A threat was made.")
    assert aliases.liftings(firm, ben, hidden) == ()
    (first,) = aliases.liftings(firm, lea, hidden)  # the second one has to know what the first one says
    assert (first.who.name, first.why) == ("Ada Berg", "A threat was made.")
    aliases.lift(firm, lea, hidden, "I agree.")
    assert [one.who.name for one in aliases.liftings(firm, ben, hidden)] == ["Ada Berg", "Lea Moreau"]
    assert aliases.liftings(firm, cleo, hidden) == ()
    with pytest.raises(NotShown):
        aliases.liftings(firm, Viewer(person=ben.person), hidden)
    opting.opt_out(firm, lea.person)
    assert [one.who.name for one in aliases.liftings(firm, ben, hidden)] == ["Ada Berg", NOT_SHOWN]


def test_the_pages_show_it(site, firm, ada, others, hidden):
    aliases.lift(firm, others[-1], hidden, "A threat was made.")
    browser = site()
    browser.post("/account/login/", {"login": company.address("Ada Berg"), "password": PASSWORD})
    assert "What stewards did, and why" in browser.get("/members").content.decode()
    page = browser.get("/members/journal").content.decode()
    assert f"question {hidden}: A threat was made." in page
    assert "One steward wants the alias lifted" in browser.get(f"/questions/{hidden}").content.decode()
