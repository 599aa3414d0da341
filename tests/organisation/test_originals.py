"""Originals as members open them: what lies in the open is open to every member, and nothing else is."""

from __future__ import annotations

import pytest
from tests.actions import company

from crosstie.actions import opting, pages, snapshots
from crosstie.actions.home import Home
from crosstie.actions.keying import Keying
from crosstie.actions.organisation import asking, correcting, gate, learning, work
from crosstie.actions.organisation.members import SOURCE as HERE
from crosstie.errors import NotShown
from crosstie.people import Viewer
from crosstie.record import Kind, Openness, Place, Trace
from crosstie.record.keys import new_key
from crosstie.sources import Ledger
from crosstie.store.models import Member

pytestmark = pytest.mark.anywhere


def keep(home: Home, *traces: Trace) -> None:
    """Keep traces as they are, whoever agreed to what."""
    keying = Keying(home.keyring, home.store, Ledger())
    told = [*company.accounts(), *company.places(), *traces]
    home.record.append(keying.interactions(told), before_commit=keying.flush)
    keying.flush()
    snapshots.current(home)


def id_of(home: Home, outside: str, source: str = company.SOURCE) -> str:
    return home.keyring.hashed("message", source, outside)


def refused(home: Home, who: Viewer, trace: str) -> bool:
    try:
        pages.trace(home, who, trace)
    except NotShown as said:
        return said.message == "There is no such original, or it is not open to you."
    return False


@pytest.fixture
def newcomer(firm: Home) -> Viewer:
    """A member of whom nothing was read."""
    made = Member.objects.create(email="new@firm.example", name="Nia", account=new_key())
    return gate.viewer_of(firm, made.pk)


def browse(site, who: Viewer):
    opened = site()
    opened.force_login(Member.objects.get(pk=who.member), backend="django.contrib.auth.backends.ModelBackend")
    return opened


def test_what_was_said_to_nobody_in_particular_is_open_to_every_member(firm, ben, newcomer):
    keep(firm, company.said(9000, "Ada", link=""))
    for who in (ben, newcomer):
        shown = pages.trace(firm, who, id_of(firm, "m9000"))
        assert (shown.who, shown.whom, shown.place) == ("Ada Berg", "", "questions")
        assert shown.text == "Message 9000 of Ada?"
        assert shown.at is not None


def test_its_page_is_there_for_every_member_with_the_dates_of_what_was_read(firm, site, newcomer):
    keep(firm, company.said(9000, "Ada", link=""))
    page = browse(site, newcomer).get(f"/trace/{id_of(firm, 'm9000')}")
    assert page.status_code == 200
    assert "Ada Berg wrote" in page.content.decode()
    assert "As of " in page.content.decode()


def test_the_record_names_both_of_an_open_answer_to_a_member_in_no_tie(firm, newcomer):
    question = company.said(9000, "Ada")
    keep(firm, question, company.answered(9001, "Ben", question))
    shown = pages.trace(firm, newcomer, id_of(firm, "m9001"))
    assert (shown.who, shown.kind, shown.whom) == ("Ben Olu", "answered", "Ada Berg")


def test_nobody_opens_the_direct_message_of_others_by_its_id(firm, ada, ben, cleo, newcomer):
    keep(firm, company.said(9000, "Ada", place="direct", addressed=("Ben",)))
    direct = id_of(firm, "m9000")
    assert pages.trace(firm, ben, direct).text == ""
    assert pages.trace(firm, ada, direct).place == "a direct conversation"
    assert refused(firm, cleo, direct)
    assert refused(firm, newcomer, direct)


def test_what_was_said_in_a_members_place_is_its_authors_alone(firm, ada, ben, newcomer):
    keep(firm, company.said(9000, "Ben", place="members"))
    said = id_of(firm, "m9000")
    own = pages.trace(firm, ben, said)
    assert (own.who, own.place, own.text, own.link) == ("you", "board", "", "")
    assert refused(firm, ada, said)
    assert refused(firm, newcomer, said)
    number = learning.acknowledge(firm, ben, ada.person)
    work.work_once(firm)
    assert refused(firm, newcomer, id_of(firm, f"acknowledged:{number}", HERE))


def test_what_was_open_once_is_refused_where_the_place_is_no_more(firm, ada, ben):
    question = company.said(9000, "Ada", link="")
    keep(firm, question, company.answered(9001, "Ben", question), company.said(9002, "Dan"))
    place = Place(source=company.SOURCE, id="open", name="questions", openness=Openness.MEMBERS)
    firm.store.places.save({firm.keyring.hashed("place", company.SOURCE, "open"): place})
    assert refused(firm, ben, id_of(firm, "m9002"))
    assert pages.trace(firm, ben, id_of(firm, "m9001")).text == ""


@pytest.mark.parametrize("made_up", ["nosuch", "' OR 1=1 --", "m9000", "%"])
def test_a_made_up_id_opens_nothing(firm, ben, made_up):
    keep(firm, company.said(9000, "Ada"))
    assert refused(firm, ben, made_up)


def test_an_outsider_opens_nothing(firm, ada, ben):
    keep(firm, company.said(9000, "Ada"))
    for who in (Viewer(person=ben.person), Viewer(person=ben.person, read_everything=True), None):
        with pytest.raises(NotShown):
            pages.trace(firm, who, id_of(firm, "m9000"))


def test_what_somebody_said_who_opted_out_is_refused_and_in_answers_they_are_not_named(firm, ben, cleo):
    question = company.said(9000, "Dan")
    keep(firm, question, company.answered(9001, "Ben", question), company.answered(9002, "Dan", question))
    assert pages.trace(firm, cleo, id_of(firm, "m9001")).whom == "Dan Wu"
    opting.opt_out(firm, company.address("Dan Wu"))
    assert refused(firm, cleo, id_of(firm, "m9000"))
    assert refused(firm, cleo, id_of(firm, "m9002"))
    shown = pages.trace(firm, cleo, id_of(firm, "m9001"))
    assert (shown.who, shown.whom) == ("Ben Olu", "")


def test_who_opted_out_reads_in_the_open_like_everybody_and_is_named_to_nobody(firm, ada, ben):
    keep(firm, company.said(9000, "Ada"))
    opting.opt_out(firm, company.address("Ben Olu"))
    assert pages.trace(firm, ben, id_of(firm, "m9000")).who == "Ada Berg"


def test_what_was_said_not_to_be_oneself_is_nobodys(firm, ben, cleo):
    keep(firm, company.said(9000, "Ben"))
    correcting.not_me(firm, ben, id_of(firm, "m9000"))
    assert refused(firm, cleo, id_of(firm, "m9000"))


def test_what_was_asked_and_answered_here_links_to_its_question(firm, site, ada, ben, cleo):
    number = asking.ask(firm, ada, "How do I balance the turbine blades of the old mill?", {})
    asking.answer(firm, ben, number, "Balance the blades of the turbine by hand.")
    work.work_once(firm)
    browser = browse(site, cleo)
    page = browser.post("/ask", {"text": "balance turbine blades"}).content.decode()
    assert f'<a href="/questions/{number}">How do I balance' in page
    page = browser.get(f"/questions/{number}").content.decode()
    assert "I learned this from Ben Olu" in page
    trace = browser.get(f"/trace/{id_of(firm, f'question:{number}', HERE)}").content.decode()
    assert f'<a href="/questions/{number}">Open it where it was said</a>' in trace


def test_no_other_link_of_our_own_is_followed(firm, site, ben):
    keep(firm, company.said(9000, "Ada", kind=Kind.SAID, link="/me/forget"))
    page = browse(site, ben).get(f"/trace/{id_of(firm, 'm9000')}").content.decode()
    assert 'href="/me/forget"' not in page
    assert "this page stands in for it" in page
