"""Be forgotten from the page: nothing is left in any table or file, and others keep what is theirs."""

from __future__ import annotations

import pytest
from django.db import connections
from django.test import Client
from tests.actions import company
from tests.actions.searching import decoded
from tests.organisation import postgresql
from tests.organisation.conftest import grown, signed_in
from tests.organisation.someone import NAME, join_and_use_everything

from crosstie.actions import pages, reading, snapshots
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, invitations, learning, leaving, questions, work
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Viewer
from crosstie.store.held import HELD, rows_of
from crosstie.store.models import Letter, Member, Note, Programme, Workshop

BEN = company.address(NAME)


@pytest.fixture(scope="module")
def firm_workspace(firm_workspace, tmp_path_factory):
    """The firm in which Ben used everything, with its snapshot."""

    def use(home: Home) -> None:
        join_and_use_everything(home)
        snapshots.current(home)

    return grown(firm_workspace, tmp_path_factory.mktemp("used"), use)


@pytest.fixture
def ben(firm):
    return signed_in(firm, BEN)


def everything(home: Home) -> str:
    """All that the workspace holds: every table, and every file decoded."""
    with connections["default"].cursor() as cursor:
        rows = []
        for table in connections["default"].introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows.append(str(cursor.fetchall()))
    return "\n".join(rows) + ("" if postgresql.SERVER else decoded(home))


def words_of(home: Home, viewer: Viewer) -> list[str]:
    member = Member.objects.get(pk=viewer.member)
    return [NAME, BEN, *gate.own_person(home, member).accounts]


def browser_of(site, viewer: Viewer) -> Client:
    opened: Client = site()
    opened.force_login(
        Member.objects.get(pk=viewer.member), backend="django.contrib.auth.backends.ModelBackend"
    )
    return opened


def test_nothing_of_them_is_left_in_any_table_or_file(firm, ada, ben):
    words = words_of(firm, ben)
    assert len(words) == 5
    accounts = words[2:]
    held = {one.name for one in HELD if rows_of(one, accounts, [BEN]).exists()}
    assert held == {one.name for one in HELD}, "they were in every table there is"
    before = everything(firm)
    assert [word for word in words if word not in before] == [], "the search finds what is there"
    assert leaving.forget_me(firm, ben, BEN)
    after = everything(firm)
    assert [word for word in words if word in after] == []
    assert [one.name for one in HELD if rows_of(one, accounts, [BEN]).exists()] == []


def test_what_they_wrote_goes_and_what_others_wrote_stays_without_their_name(firm, ada, ben):
    leaving.forget_me(firm, ben, BEN)
    after = everything(firm)
    for gone in (
        "how invoices are matched",
        "nobody answered so far",
        "fills up on Mondays",
        "I asked in the open",
    ):
        assert gone not in after
    lists = questions.questions(firm, ada)
    assert [one.text for one in lists.mine] == ["Does the queue fill up?"]
    emptied = questions.question(firm, ada, 1)
    assert (emptied.text, emptied.state) == ("[…]", "closed")
    assert [one.text for one in emptied.answers] == ["You do, […]."]
    assert [note.text for note in Note.objects.order_by("pk")] == ["[…]", "Well done, […]."]
    workshop, programme = Workshop.objects.get(), Programme.objects.get()
    assert (workshop.name, workshop.facilitator) == ("[…]'s workshop", "")
    cleo = Member.objects.get(name="Cleo Marti").account
    assert programme.people == [ada.account, cleo]
    assert programme.compared == [[ada.account, cleo]]
    assert programme.unplaced == {}
    assert programme.meetings.count() == 1


def test_a_letter_that_names_them_never_goes_out(firm, ada, ben):
    waiting = Letter.objects.filter(account=ada.account, state="waiting", text__contains=NAME)
    sent = waiting.earliest("pk")
    Letter.objects.filter(pk=sent.pk).update(state="sent")
    leaving.forget_me(firm, ben, BEN)
    assert not waiting.exists()
    kept = Letter.objects.get(pk=sent.pk)
    assert kept.text == ""
    assert NAME not in kept.subject


def test_on_the_page_they_type_their_address_and_are_signed_out_everywhere(firm, site, ada, ben):
    browser, elsewhere = browser_of(site, ben), browser_of(site, ben)
    other = browser_of(site, ada)
    page = browser.post("/me/forget", {"address": "ben@firm.example"})
    assert "That is not your address" in page.content.decode()
    assert Member.objects.filter(pk=ben.member).exists()
    page = browser.post("/me/forget", {"address": f" {BEN.upper()} "}, follow=True)
    assert page.redirect_chain[-1][0] == "/forgotten"
    assert "You were forgotten" in page.content.decode()
    for one in (browser, elsewhere):
        assert "/account/login/" in one.get("/").headers["Location"]
    assert other.get("/").status_code == 200
    assert NAME not in other.get("/").content.decode()
    signing = site().post("/account/login/", {"login": BEN, "password": "a long enough secret 7"})
    assert signing.status_code == 200, "the login is shown again"


def test_reading_again_does_not_bring_them_back_and_joining_again_does_what_is_new(firm, ada, ben):
    leaving.forget_me(firm, ben, BEN)
    reading.read(firm, company.plan(), agreed=Consent(domains=frozenset({"firm.example"})))
    assert NAME not in {one.person.name for one in pages.circle(firm, ada).contacts}
    path = invitations.invite(firm, ada, [BEN])[BEN].removeprefix("/join/")
    again = gate.viewer_of(firm, invitations.accept(firm, path, name=NAME))
    assert again.person != ben.person
    assert pages.circle(firm, again).contacts == ()
    learning.acknowledge(firm, ada, again.person)
    work.work_once(firm)
    assert [one.person.name for one in pages.circle(firm, again).contacts] == ["Ada Berg"]


def test_the_last_steward_hands_over_first(firm, ada, ben):
    with pytest.raises(NotAllowed, match="Somebody has to be the steward"):
        leaving.forget_me(firm, ada, company.address("Ada Berg"))
    assert Member.objects.filter(pk=ada.member).exists()


def test_nobody_is_forgotten_by_anybody_else(firm, site, ada, ben):
    with pytest.raises(UsageRefused):
        leaving.forget_me(firm, ada, BEN)
    assert "/account/login/" in site().post("/me/forget", {"address": BEN}).headers["Location"]
    assert browser_of(site, ada).get("/me/forget").status_code == 405
    with pytest.raises(NotShown):
        leaving.forget_me(firm, Viewer(person=ben.person, account=ben.account), BEN)
    assert Member.objects.filter(pk=ben.member).exists()


def test_someone_who_opted_out_can_be_forgotten_too(firm, ada, ben):
    words = words_of(firm, ben)
    leaving.opt_out(firm, ben)
    assert leaving.forget_me(firm, ben, BEN)
    after = everything(firm)
    assert [word for word in words if word in after] == []
