"""The pages of one's password: all are there, none changes the address by which one opts out."""

from __future__ import annotations

import re

import pytest
from tests.actions import company
from tests.organisation.conftest import PASSWORD

from crosstie.actions import snapshots
from crosstie.actions.organisation import asking, leaving, members, work
from crosstie.people import Role
from crosstie.store.models import Letter, Member

pytestmark = pytest.mark.anywhere

ADA = company.address("Ada Berg")


@pytest.fixture
def signed_in(site, ada):
    browser = site()
    browser.force_login(
        Member.objects.get(pk=ada.member), backend="django.contrib.auth.backends.ModelBackend"
    )
    return browser


@pytest.mark.parametrize("path", ["email/", "signup/", "confirm-email/", "confirm-email/MQ:1:x/", ""])
def test_no_page_changes_an_address_or_signs_anybody_up(signed_in, path):
    for answered in (
        signed_in.get(f"/account/{path}"),
        signed_in.post(f"/account/{path}", {"email": "private@elsewhere.example", "action_add": ""}),
    ):
        assert answered.status_code == 404
    assert not Letter.objects.filter(address="private@elsewhere.example").exists()


@pytest.mark.parametrize("path", ["password/change/", "reauthenticate/", "reauthenticate/code/", "logout/"])
def test_the_pages_of_who_signed_in_are_there(signed_in, path):
    assert signed_in.get(f"/account/{path}").status_code == 200


def test_a_password_is_set_anew_by_mail_for_members_alone(site, firm):
    browser = site()
    for address in (ADA, "nobody@firm.example"):
        asked = browser.post("/account/password/reset/", {"email": address}, follow=True)
        assert asked.redirect_chain[-1][0] == "/account/password/reset/done/"
        assert asked.status_code == 200
    (letter,) = Letter.objects.filter(kind="account")
    found = re.search(r"(/account/password/reset/key/\S+)", letter.text)
    assert found
    page = browser.get(found[1], follow=True)
    new = "another long enough secret 8"
    done = browser.post(page.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)
    assert done.redirect_chain[-1][0] == "/account/password/reset/key/done/"
    assert done.status_code == 200
    for tried, comes_in in ((PASSWORD, False), (new, True)):
        answered = site().post("/account/login/", {"login": ADA, "password": tried})
        assert (answered.status_code == 302) is comes_in


def test_who_is_let_in_no_more_and_signs_in_reads_so_on_a_page_of_ours(site, firm, ada, join):
    cleo = join("Cleo Marti", Role.STEWARD)
    members.suspend(firm, cleo, ada.member, active=False)
    browser = site()
    page = browser.post("/account/login/", {"login": ADA, "password": PASSWORD}, follow=True)
    assert page.redirect_chain[-1][0] == "/account/inactive/"
    said = page.content.decode()
    assert "A steward of Firm decided so" in said
    assert "Account Inactive" not in said
    assert browser.get("/me").status_code == 302, "they are not signed in"
    members.suspend(firm, cleo, ada.member, active=True)
    assert browser.post("/account/login/", {"login": ADA, "password": PASSWORD}).url == "/"


@pytest.mark.parametrize("leave", ["opts out", "is forgotten"])
def test_what_a_member_does_is_theirs_whatever_their_address_is_now(firm, ben, leave):
    Member.objects.filter(pk=ben.member).update(email="private@elsewhere.example")
    asking.ask(firm, ben, "a question", {})
    work.work_once(firm)
    assert not [row.id for row in firm.store.accounts.all() if "elsewhere" in f"{row.id} {row.address}"]
    with firm.record.connect() as connection:
        asked = "SELECT actor FROM interactions WHERE text = 'a question'"
        assert connection.execute(asked).fetchall() == [(ben.account,)]
    if leave == "opts out":
        leaving.opt_out(firm, ben)
        assert ben.person not in snapshots.persons(firm).by_key
    else:
        leaving.forget_me(firm, ben, "private@elsewhere.example")
        with firm.record.connect() as connection:
            assert not connection.execute(asked).fetchall()
        assert ben.account not in {row.key for row in firm.store.accounts.all()}
