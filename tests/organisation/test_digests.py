"""What digests say and leave unsaid, when they come, and how they are stopped."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from tests.organisation.mail_server import smtp
from tests.organisation.test_entering_pages import sign_in

from crosstie.actions import opting
from crosstie.actions.organisation import asking, digests, learning, mail_settings, work
from crosstie.errors import NotShown
from crosstie.people import Viewer
from crosstie.store.models import Letter, Member, Question

pytestmark = pytest.mark.anywhere

MONDAY = datetime(2026, 5, 4, 5, tzinfo=UTC)
FRIDAY = MONDAY - timedelta(days=3)
FOR_MONDAY = {"begins": MONDAY.isoformat()}


@pytest.fixture
def hana(join):
    """Someone who was never in touch with Ada, Ben or Cleo in this firm, but on the board with Ivo."""
    return join("Hana Sato")


@pytest.fixture(autouse=True)
def on_friday():
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def weekly(firm, on_friday):
    """Return a function that writes Monday's digests and returns their texts by account."""

    def written() -> dict[str, str]:
        on_friday.move_to(MONDAY)
        digests.weekly(firm, FOR_MONDAY)
        return dict(Letter.objects.filter(kind="digest").values_list("account", "text"))

    return written


def new(viewer: Viewer) -> None:
    Member.objects.exclude(pk=viewer.member).update(joined_at=FRIDAY - timedelta(days=200))


def test_with_nothing_to_say_no_mail_comes(firm, ada, ben, weekly):
    assert weekly() == {}


class TestQuestions:
    QUESTION = "Message 0 of Ada?"  # everyone who answered Ada answered one like it

    def test_an_open_question_reaches_who_could_answer_it_with_the_reasons(self, firm, ada, ben, weekly):
        number = asking.ask(firm, ada, self.QUESTION, {})
        text = weekly()[ben.account]
        assert "Ada Berg: “Message 0 of Ada?”" in text
        assert "Why you: " in text
        assert re.search(rf"^/questions/{number}$", text, re.MULTILINE)

    def test_neither_the_asker_nor_who_was_asked_or_answered_reads_it_again(  # noqa: PLR0917 - everyone plays a part
        self, firm, ada, ben, cleo, join, weekly
    ):
        dan = join("Dan Wu")
        number = asking.ask(firm, ada, self.QUESTION, {ben.person: ("x",)})
        asking.answer(firm, cleo, number, "So.")
        assert set(weekly()) == {dan.account}

    def test_one_like_which_nobody_answered_reaches_somebody_only_from_a_newcomer(
        self, firm, ada, ben, weekly
    ):
        strange = "Where does the coffee stand?"
        asking.ask(firm, ada, strange, {})
        Question.objects.create(account=ada.account, text=strange, asked_at=FRIDAY, is_newcomers=True)
        assert weekly()[ben.account].count(strange) == 1

    def test_newcomers_questions_stand_first(self, firm, ada, ben, cleo, weekly):
        new(cleo)
        asking.ask(firm, cleo, self.QUESTION, {})
        asking.ask(firm, ada, self.QUESTION, {})
        text = weekly()[ben.account]
        assert text.index("Cleo Marti, new here:") < text.index("Ada Berg:")

    def test_an_alias_stays_one(self, firm, ada, ben, weekly):
        number = asking.ask(firm, ada, self.QUESTION, {})
        Question.objects.filter(pk=number).update(alias="A colleague")
        text, stops, _ = weekly()[ben.account].partition("/digest/stop/")  # what follows may hold any word
        assert stops
        assert "A colleague: “" in text
        assert "Ada" not in text.replace(self.QUESTION, "")

    @pytest.mark.parametrize(
        "choice", [{"is_free": False}, {"paused_until": MONDAY.date() + timedelta(days=1)}]
    )
    def test_who_is_not_free_or_away_reads_of_none(self, firm, ada, ben, weekly, choice):
        asking.ask(firm, ada, self.QUESTION, {})
        Member.objects.filter(pk=ben.member).update(**choice)
        assert ben.account not in weekly()

    def test_a_closed_or_answered_question_is_none(self, firm, ada, ben, cleo, weekly):
        asking.close(firm, ada, asking.ask(firm, ada, self.QUESTION, {}))
        asking.accept(firm, ada, asking.answer(firm, cleo, asking.ask(firm, ada, self.QUESTION, {}), "So."))
        assert ben.account not in weekly()


class TestWhatHelped:
    def accepted(self, firm, asker, helper, text="How do queues fill?") -> int:
        number = asking.ask(firm, asker, text, {})
        asking.accept(firm, asker, asking.answer(firm, helper, number, "Slowly."))
        return number

    def test_it_is_told_outside_the_askers_circle_and_to_who_helped(  # noqa: PLR0917 - everyone plays a part
        self, firm, ada, ben, cleo, hana, weekly
    ):
        number = self.accepted(firm, ada, ben)
        told = weekly()
        said = "Ada Berg asked “How do queues fill?”. The answer of Ben Olu helped."
        assert said in told[hana.account]
        assert f"/questions/{number}" in told[hana.account]
        assert cleo.account not in told  # in Ada's circle, so no news from outside
        assert ada.account not in told
        assert "Ada Berg accepted your answer to “How do queues fill?”." in told[ben.account]

    def test_what_was_accepted_before_or_after_the_week_is_not(  # noqa: PLR0917 - everyone plays a part
        self, firm, ada, ben, hana, on_friday, weekly
    ):
        on_friday.move_to(MONDAY - timedelta(days=8))
        self.accepted(firm, ada, ben)
        assert weekly() == {}

    def test_what_was_asked_under_an_alias_is_not(self, firm, ada, ben, hana, weekly):
        Question.objects.filter(pk=self.accepted(firm, ada, ben)).update(alias="A colleague")
        assert weekly() == {}


class TestThanks:
    def test_they_are_told_to_the_one_thanked_alone_and_without_the_line(  # noqa: PLR0917 - everyone plays a part
        self, firm, ada, ben, cleo, hana, weekly
    ):
        learning.acknowledge(firm, ada, ben.person, "How queues fill up.")
        told = weekly()
        assert set(told) == {ben.account}
        assert "Ada Berg says to have learned from you." in told[ben.account]
        assert "queues" not in told[ben.account]

    def test_what_was_taken_back_is_not(self, firm, ada, ben, weekly):
        learning.take_back(firm, ada, learning.acknowledge(firm, ada, ben.person))
        assert weekly() == {}


def test_who_opted_out_gets_none_and_stands_in_none(  # noqa: PLR0917 - everyone plays a part
    firm, ada, ben, cleo, hana, weekly
):
    number = asking.ask(firm, ben, "Message 0 of Ada?", {})
    asking.accept(firm, ada, asking.answer(firm, ben, asking.ask(firm, ada, "How?", {}), "So."))
    learning.acknowledge(firm, ben, cleo.person)
    opting.opt_out(firm, ben.person)
    told = weekly()
    assert ben.account not in told
    assert not any("Ben" in text or f"/questions/{number}" in text for text in told.values())


def test_each_gets_what_they_chose_once_however_often_the_work_is_begun(firm, ada, ben, cleo):
    Member.objects.filter(pk=ben.member).update(digest="monthly")
    Member.objects.filter(pk=cleo.member).update(digest="never")
    for one in (ada, ben, cleo):
        learning.acknowledge(firm, one, (ben if one is not ben else ada).person)
    learning.acknowledge(firm, ada, cleo.person)
    for _ in range(2):
        digests.weekly(firm, FOR_MONDAY)
    assert [one.account for one in Letter.objects.filter(kind="digest")] == [ada.account]
    for _ in range(2):
        digests.monthly(firm, {"begins": datetime(2026, 6, 1, 5, tzinfo=UTC).isoformat()})
    assert [one.account for one in Letter.objects.filter(kind="digest")] == [ada.account, ben.account]


def test_each_reads_it_in_their_own_language(firm, ada, ben, cleo, weekly):
    Member.objects.filter(pk=ben.member).update(language="de")
    asking.ask(firm, ada, TestQuestions.QUESTION, {})
    told = weekly()
    assert "the last on 20 April 2026" in told[cleo.account]
    assert "20. April 2026" in told[ben.account]


def test_the_mail_says_how_to_stop_it_with_one_click(firm, ada, ben, weekly):
    learning.acknowledge(firm, ada, ben.person)
    weekly()
    with smtp() as (taken, port):
        mail_settings.keep(firm, sending=f"smtp://127.0.0.1:{port}", sender="c@firm.example")
        mail_settings.keep_site_address(firm, "https://crosstie.firm.example")
        work.work_once(firm)
    mails = [message_from_bytes(one, policy=policy.default) for one in taken.mails]
    (mail,) = [one for one in mails if one["Subject"] == "Your weekly digest"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = digests.token_of(firm, ben.account)
    assert mail["List-Unsubscribe"] == f"<https://crosstie.firm.example/digest/stop/{token}>"
    assert f"\nhttps://crosstie.firm.example/digest/stop/{token}" in mail.get_content().replace("\r", "")


class TestStopping:
    @pytest.fixture
    def path(self, firm, ben) -> str:
        return f"/digest/stop/{digests.token_of(firm, ben.account)}"

    def rhythm(self, viewer: Viewer) -> str:
        return Member.objects.get(pk=viewer.member).digest

    def test_one_click_stops_it_without_signing_in(self, site, ada, ben, path):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True, **site().defaults)
        answer = strict.post(path, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert not answer.cookies
        assert (self.rhythm(ben), self.rhythm(ada)) == ("never", "weekly")

    def test_a_mail_program_that_follows_the_link_stops_nothing(self, site, ben, path):
        page = site().get(path).content.decode()
        assert "Stop the digest?" in page
        assert self.rhythm(ben) == "weekly"
        assert "The digest is stopped" in site().post(path).content.decode()

    def test_nobody_guesses_it_or_uses_it_for_another(self, site, firm, ada, ben, path):
        proof = path.rpartition(".")[2]
        for guessed in ("x", f"{ben.account}.x", f"{ada.account}.{proof}", f"{ben.account}.{proof}ä"):
            assert site().post(f"/digest/stop/{guessed}").status_code == 403
        with pytest.raises(NotShown):
            digests.stop(firm, f"{ada.account}.{proof}")
        with pytest.raises(NotShown):
            digests.wanted(firm, "")
        assert (self.rhythm(ada), self.rhythm(ben)) == ("weekly", "weekly")

    def test_it_can_be_chosen_again(self, site, ada, firm):
        site().post(f"/digest/stop/{digests.token_of(firm, ada.account)}")
        browser = site()
        sign_in(browser)
        browser.post("/me/preferences", {"digest": "weekly", "asked_a_week": "3"})
        assert self.rhythm(ada) == "weekly"
