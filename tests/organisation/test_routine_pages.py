"""*What comes again*: for every member; a facilitator chooses a first reply; one's own share is one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from tests.actions import company
from tests.actions.test_routine import asking
from tests.advice.recurring import ANSWERS, RECURRING
from tests.organisation.conftest import Join, grown

from crosstie.actions import opting, presence, reading, routine_files, snapshots
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.organisation import first_replies, journal, proposing
from crosstie.actions.routine import recurring
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Role, Viewer
from crosstie.record import Trace
from crosstie.store.models import Member

pytestmark = pytest.mark.anywhere

DRAFT = "Who renews my badge when the turnstile refuses the badge?"


@pytest.fixture(scope="module")
def firm_workspace(firm_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The firm, where "badge" and "vpn" were asked again and again, and the questions compared."""

    def ask(home: Home) -> None:
        _read(home, list(asking(times=120)))
        routine_files.current(home)

    return grown(firm_workspace, tmp_path_factory.mktemp("asked"), ask)


@pytest.fixture
def asked(firm: Home) -> Home:
    """The firm by what its tests look at."""
    return firm


@pytest.fixture
def fay(join: Join) -> Viewer:
    """A facilitator."""
    return join("Fay Lind", Role.FACILITATOR)


@pytest.fixture
def open_as(site: Callable[[], Client]) -> Callable[[Viewer], Client]:
    """Return a function that opens the pages as a member."""

    def opening(viewer: Viewer) -> Client:
        browser = site()
        member = Member.objects.get(pk=viewer.member)
        browser.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return opening


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    said: str = answer.content.decode()
    return said


def _read(home: Home, told: list[Trace]) -> None:
    plan = company.plan(told, path=f"{len(told)}.json")
    reading.read(home, plan, agreed=Consent(domains=frozenset({"firm.example"})))


def _badge(home: Home, viewer: Viewer) -> str:
    return recurring(home, viewer).questions[0].ids[0]


def test_every_member_sees_what_comes_again_with_its_answer_and_a_draft(asked, ben, open_as):
    browser = open_as(ben)
    assert 'href="/ask/again"' in text(browser.get("/ask"))
    page = text(browser.get("/ask/again"))
    assert "Asked 5 times since" in page
    assert ANSWERS["badge"] in page
    assert "# " + RECURRING["badge"][0][:20] in page or "## Answer" in page
    assert "By their words alone, questions that are alike are seldom the same." in page
    assert "Show this answer first" not in page


def test_before_a_worker_compared_them_the_page_says_so(firm, ben, open_as):
    _read(firm, [*company.accounts(), *company.places(), company.said(9000, "Ada")])
    snapshots.current(firm)
    with presence.present(firm.folder):
        page = text(open_as(ben).get("/ask/again"))
    assert "Questions are being compared." in page


def test_a_facilitator_chooses_a_first_reply_and_whoever_drafts_such_a_question_reads_it_first(
    asked, ben, fay, open_as
):
    assert proposing.draft(asked, ben, DRAFT).first_reply is None
    browser = open_as(fay)
    assert "Show this answer first" in text(browser.get("/ask/again"))
    said = {"question": _badge(asked, fay), "answer": "yes"}
    assert browser.post("/ask/again/choose", said).status_code == 302
    page = text(open_as(ben).post("/ask", {"text": DRAFT}))
    assert "Questions like this one were asked 5 times." in page
    assert page.index("This comes again") < page.index("Answered before")
    assert proposing.draft(asked, ben, "How does the tunnel drop?").first_reply is None
    browser.post("/ask/again/choose", said | {"answer": "no"})
    assert proposing.draft(asked, ben, DRAFT).first_reply is None


def test_what_a_facilitator_chose_is_in_the_journal_without_the_question(asked, ada, fay):
    first_replies.choose(asked, fay, _badge(asked, fay), yes=True)
    entry = journal.journal(asked, ada)[0]
    assert (entry.who, entry.what, entry.why) == ("Fay Lind", "chose a first reply", "")


def test_a_member_does_not_choose_and_nobody_chooses_what_does_not_come_again(asked, ben, fay):
    with pytest.raises(NotAllowed):
        first_replies.choose(asked, ben, _badge(asked, ben), yes=True)
    with pytest.raises(NotShown):
        first_replies.choose(asked, fay, "other", yes=True)
    for show in (recurring, first_replies.chosen):
        with pytest.raises(NotShown):
            show(asked, Viewer(person=""))


def test_without_its_author_there_is_no_first_reply_of_theirs(asked, ben, fay):
    first_replies.choose(asked, fay, _badge(asked, fay), yes=True)
    reply = proposing.draft(asked, ben, DRAFT).first_reply
    assert reply is not None
    person = next(one for one in asked.persons().by_key.values() if one.name == reply.answer.who)
    opting.opt_out(asked, person.key)
    after = proposing.draft(asked, ben, DRAFT).first_reply
    assert after is None or after.answer.who != reply.answer.who


def test_ones_own_share_is_on_ones_own_page_alone(asked, ada, cleo, open_as):
    page = text(open_as(cleo).get("/me/answers"))
    assert "like one that had been asked and answered in the half year before." in page
    for other in (ada, cleo):
        browser = open_as(other)
        for address in ("/ask/again", "/map", "/members" if other is ada else "/me/shown"):
            assert "questions that you answered" not in text(browser.get(address))


def test_a_program_reads_the_same(asked, ben, program):
    call = program(ben, "ask:read", "me:read")
    seen = call("GET", "routine").json()
    assert [one["times"] for one in seen["questions"]] == [5, 4]
    quarters = call("GET", "routine/shares").json()["quarters"]
    assert {one["share"] for one in quarters} == {None}  # nobody asks in most of them
    assert call("GET", "routine/first-replies").json() == []
    assert set(call("GET", "me/answers").json()) == {"answered", "repeated", "sentence"}
