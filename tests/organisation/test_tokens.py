"""Tokens: made once, kept as a digest, never for more than their member may, gone when revoked."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.actions import company
from tests.organisation.conftest import PASSWORD, link_in_last_letter

from crosstie.actions.organisation import members, sign_in_links, tokens
from crosstie.actions.organisation.scopes import SCOPES, for_role
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Role, Viewer
from crosstie.store.models import Member, Token


def test_a_token_admits_its_member_and_is_kept_as_a_digest_alone(firm, ben):
    secret = tokens.make(firm, ben, "a script", ["ask:read", "circle:read"])
    admitted = tokens.admit(firm, secret)
    assert isinstance(admitted, tokens.Admitted)
    assert admitted.viewer == ben
    assert admitted.scopes == {"ask:read", "circle:read"}
    kept = Token.objects.get()
    assert kept.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(vars(kept))
    assert tokens.admit(firm, secret[:-1]) is None
    assert tokens.admit(firm, "") is None


def test_only_the_day_of_its_last_use_is_kept(firm, ben):
    secret = tokens.make(firm, ben, "a script", ["ask:read"])
    assert tokens.tokens(firm, ben)[0].last_used_on is None
    later = timezone.now() + timedelta(days=3)
    with time_machine.travel(later, tick=False):
        tokens.admit(firm, secret)
    (card,) = tokens.tokens(firm, ben)
    assert card.last_used_on == later.date()


def test_a_revoked_token_opens_nothing_and_is_revoked_by_its_member_alone(firm, ada, ben):
    secret = tokens.make(firm, ben, "a script", ["ask:read"])
    (card,) = tokens.tokens(firm, ben)
    with pytest.raises(NotShown):
        tokens.revoke(firm, ada, card.number)
    assert tokens.admit(firm, secret)
    tokens.revoke(firm, ben, card.number)
    assert tokens.admit(firm, secret) is None
    assert tokens.tokens(firm, ben) == ()


def test_a_suspended_members_tokens_stop_at_once_and_start_again(firm, ada, ben):
    secret = tokens.make(firm, ben, "a script", ["ask:read"])
    members.suspend(firm, ada, ben.member, active=False)
    assert tokens.admit(firm, secret) is None
    members.suspend(firm, ada, ben.member, active=True)
    assert tokens.admit(firm, secret)


def test_a_role_that_was_taken_away_is_gone_from_the_token_too(firm, ada, ben):
    members.change_role(firm, ada, ben.member, Role.STEWARD)
    secret = tokens.make(firm, ben, "a script", ["members:read"])
    members.change_role(firm, ada, ben.member, Role.MEMBER)
    admitted = tokens.admit(firm, secret)
    assert isinstance(admitted, tokens.Admitted)
    with pytest.raises(NotAllowed):
        members.members(firm, admitted.viewer)


def test_nobody_gives_a_token_more_than_they_have(firm, ada, ben):
    with pytest.raises(NotAllowed, match="no more than you"):
        tokens.make(firm, ben, "too much", ["ask:read", "members:write"])
    assert tokens.make(firm, ada, "enough", ["members:write"])
    assert {one.role for one in for_role(Role.MEMBER)} == {Role.MEMBER}
    assert for_role(Role.STEWARD) == SCOPES


@pytest.mark.parametrize(("label", "scopes"), [("", ["ask:read"]), ("x", []), ("x", ["everything"])])
def test_a_token_without_label_or_known_scope_is_refused(firm, ben, label, scopes):
    with pytest.raises(UsageRefused):
        tokens.make(firm, ben, label, scopes)


def test_there_is_an_end_to_how_many(firm, ben):
    for number in range(tokens.MOST):
        tokens.make(firm, ben, str(number), ["ask:read"])
    with pytest.raises(NotAllowed, match="already"):
        tokens.make(firm, ben, "one more", ["ask:read"])


def test_an_outsider_has_no_tokens(firm, ben):
    for verb in (
        lambda who: tokens.make(firm, who, "x", ["ask:read"]),
        lambda who: tokens.tokens(firm, who),
        lambda who: tokens.revoke(firm, who, 1),
    ):
        with pytest.raises(NotShown):
            verb(Viewer(person=ben.person))


def test_the_page_shows_a_token_once_and_revokes_it(site, firm):
    browser = site()
    browser.post("/account/login/", {"login": company.address("Ada Berg"), "password": PASSWORD})
    said = {"label": "Weekly summary", "scopes": ["ask:read", "members:read"], "days": "90"}
    made = browser.post("/me/tokens", said).content.decode()
    secret = re.search(r"<code>(crosstie_[\w-]+)</code>", made)[1]  # type: ignore[index]
    assert tokens.admit(firm, secret)
    again = browser.get("/me/tokens").content.decode()
    assert secret not in again
    assert "Weekly summary" in again
    assert str(timezone.localdate().year) in again
    revoked = browser.post(f"/me/tokens/{Token.objects.get().pk}/revoke", follow=True).content.decode()
    assert "opens nothing any more" in revoked
    assert tokens.admit(firm, secret) is None


def test_the_page_says_what_is_missing_and_offers_no_more_than_the_role(site, firm, join):
    join("Ben Olu")
    sign_in_links.send(firm, company.address("Ben Olu"))
    browser = site()
    browser.post(link_in_last_letter(Member.objects.get(name="Ben Olu").account))
    page = browser.get("/me/tokens").content.decode()
    assert "ask:write" in page
    assert "members:write" not in page
    assert "Choose at least one thing" in browser.post("/me/tokens", {"label": "x"}).content.decode()
    forged = {"label": "x", "scopes": ["members:write"], "days": "90"}
    assert "crosstie_" not in browser.post("/me/tokens", forged).content.decode()
