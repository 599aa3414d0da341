"""Ask, answer, accept, pass on, decline: and who is told what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crosstie.actions import opting
from crosstie.actions.organisation import (
    aliases,
    asking,
    being_asked,
    choosing,
    gate,
    proposing,
    questions,
    recording,
)
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Role, Viewer
from crosstie.store.models import Answer, Asked, Letter, Look, Member, Question, Run

WHY = ("She answered two such questions in “questions”.",)


@pytest.fixture
def asked(firm, ada, ben) -> int:
    """Ada asks Ben."""
    return asking.ask(firm, ada, "How do I resize a queue?", {ben.person: WHY})


def letters_to(viewer: Viewer, kind: str) -> list[Letter]:
    return list(Letter.objects.filter(account=viewer.account, kind=kind).order_by("pk"))


def own_asked(viewer: Viewer) -> Asked:
    return Asked.objects.get(account=viewer.account)


def test_who_is_asked_reads_why_them_and_how_to_answer(asked, ben):
    (letter,) = letters_to(ben, "asked")
    assert letter.subject == "Ada Berg asks for your help"
    assert WHY[0] in letter.text
    assert f"/questions/{asked}" in letter.text
    assert letter.headers == {"Reply-Token": own_asked(ben).token}


def test_an_answer_reaches_who_asked_and_an_accepted_one_who_answered(firm, ada, ben, asked):
    number = asking.answer(firm, ben, asked, "Set its length before it is opened.")
    (letter,) = letters_to(ada, "answer")
    assert "Set its length" in letter.text
    asking.accept(firm, ada, number)
    assert Question.objects.get(pk=asked).state == "answered"
    assert letters_to(ben, "accepted")
    assert own_asked(ben).state == "answered"


def test_only_who_asked_accepts(firm, ada, ben, cleo, asked):
    number = asking.answer(firm, ben, asked, "So.")
    for other in (ben, cleo):
        with pytest.raises(NotShown):
            asking.accept(firm, other, number)


def test_an_answer_by_mail_comes_in_once_by_its_token(firm, ben, asked):
    token = own_asked(ben).token
    assert asking.answer_by_mail(firm, token, "By mail.", "<1@firm.example>")
    assert asking.answer_by_mail(firm, token, "By mail.", "<1@firm.example>") is None
    assert [(one.text, one.via) for one in Answer.objects.all()] == [("By mail.", "mail")]
    with pytest.raises(NotShown):
        asking.answer_by_mail(firm, "0" * 24, "Guessed.", "<2@firm.example>")


def test_passing_on_tells_the_next_one_who_thought_of_them(firm, ben, cleo, asked):
    being_asked.pass_on(firm, ben, own_asked(ben).pk, cleo.person)
    assert own_asked(ben).state == "passed"
    (letter,) = letters_to(cleo, "asked")
    assert "Ben Olu thinks that you can help." in letter.text
    with pytest.raises(NotAllowed):
        being_asked.pass_on(firm, cleo, own_asked(cleo).pk, ben.person)


def test_a_question_is_not_passed_back_to_who_asked_it(firm, ada, ben, asked):
    with pytest.raises(NotAllowed):
        being_asked.pass_on(firm, ben, own_asked(ben).pk, ada.person)


def test_not_my_subject_is_kept_and_holds_for_questions_like_it(firm, ben, asked):
    being_asked.not_mine(firm, ben, own_asked(ben).pk)
    reachable = proposing.reachable
    assert ben.person not in reachable(firm, "How could I resize this queue again?")
    assert ben.person in reachable(firm, "Where is the coffee machine?")


def test_later_reminds_once_and_not_after_an_answer(firm, ben, cleo, asked):
    being_asked.later(firm, ben, own_asked(ben).pk)
    (letter,) = letters_to(ben, "again")
    assert letter.due_at > timezone.now() + timedelta(days=2)
    asking.answer(firm, ben, asked, "Now I know.")
    assert not letters_to(ben, "again")


def test_an_outsider_can_do_nothing_with_a_question(firm, asked, ben):
    outside = Viewer(person=ben.person)
    mine = own_asked(ben).pk
    for verb in (
        lambda: asking.ask(firm, outside, "x", {}),
        lambda: asking.answer(firm, outside, asked, "x"),
        lambda: being_asked.not_mine(firm, outside, mine),
        lambda: being_asked.later(firm, outside, mine),
        lambda: being_asked.pass_on(firm, outside, mine, ben.person),
        lambda: asking.close(firm, outside, asked),
        lambda: questions.question(firm, outside, asked),
        lambda: questions.questions(firm, outside),
        lambda: aliases.lift(firm, outside, asked, "x"),
    ):
        with pytest.raises(NotShown):
            verb()


def test_what_somebody_else_was_asked_is_not_mine_to_settle(firm, cleo, ben, asked):
    with pytest.raises(NotShown):
        being_asked.not_mine(firm, cleo, own_asked(ben).pk)
    assert questions.question(firm, cleo, asked).asked == ()
    assert questions.question(firm, cleo, asked).me_asked is None


def test_a_closed_question_takes_no_answer_and_asks_nobody_any_more(firm, ada, ben, asked):
    asking.close(firm, ada, asked)
    assert own_asked(ben).state == "withdrawn"
    with pytest.raises(NotAllowed):
        asking.answer(firm, ben, asked, "Too late.")


def test_someone_away_or_not_here_cannot_be_asked(firm, ada, ben):
    Member.objects.filter(pk=ben.member).update(absent_from=timezone.localdate())
    with pytest.raises(NotAllowed):
        asking.ask(firm, ada, "Anyone?", {ben.person: WHY})
    with pytest.raises(NotAllowed):
        asking.ask(firm, ada, "Anyone?", {"nobody": WHY})


def test_an_empty_question_and_too_many_asked_are_refused(firm, ada):
    with pytest.raises(UsageRefused):
        asking.ask(firm, ada, "  ", {})
    with pytest.raises(UsageRefused):
        asking.ask(firm, ada, "All of you?", {str(number): WHY for number in range(6)})


class TestAlias:
    """A question under another name."""

    @pytest.fixture
    def crowd(self, firm, join):
        return [join(name) for name in ("Dan Wu", "Eve Ros", "Fay Lind", "Gil Amado", "Hana Sato", "Ivo Kral",
                                        "Jun Park", "Kim Dale", "Lea Moreau")]  # fmt: skip

    @pytest.fixture
    def hidden(self, firm, ben, cleo, crowd) -> int:
        return asking.ask(firm, ben, "Is it me?", {cleo.person: WHY}, alias="A colleague")

    def test_a_small_crowd_hides_nobody(self, firm, ada, ben):
        assert proposing.crowd(firm, ()) == 0
        with pytest.raises(NotAllowed, match="too few"):
            asking.ask(firm, ben, "Is it me?", {}, alias="A colleague")

    def test_nobody_reads_the_name(self, firm, ada, ben, cleo, hidden):
        (letter,) = letters_to(cleo, "asked")
        assert letter.subject == "Somebody under the alias “A colleague” asks for your help"
        assert "Ben" not in letter.text
        for viewer in (ada, cleo):
            view = questions.question(firm, viewer, hidden)
            assert view.who is None
            assert view.crowd == 11
            assert [line.by for line in questions.questions(firm, viewer).open] == [
                "Somebody under the alias “A colleague”"
            ]
        assert questions.question(firm, ben, hidden).is_mine

    def test_a_passed_on_question_keeps_its_alias(self, firm, ben, cleo, crowd, hidden):
        being_asked.pass_on(firm, cleo, own_asked(cleo).pk, crowd[0].person)
        (letter,) = letters_to(crowd[0], "asked")
        assert "Ben" not in letter.subject + letter.text

    def test_it_stays_out_of_the_record_until_the_asker_shows_themselves(self, firm, ben, hidden):
        def rows() -> Any:
            for run in Run.objects.filter(kind="record"):
                recording.record(firm, run.payload)
            with firm.record.connect() as connection:
                found = connection.execute(
                    "SELECT count(*) FROM interactions WHERE source = 'members'"
                ).fetchone()
            return found[0]

        assert rows() == 0
        aliases.show_myself(firm, ben, hidden)
        assert rows() == 1

    def test_lifting_takes_two_stewards_is_told_and_journalled(  # noqa: PLR0917 - everyone plays a part
        self, firm, ada, ben, cleo, crowd, hidden
    ):
        with pytest.raises(NotAllowed):
            aliases.lift(firm, cleo, hidden, "curious")
        assert aliases.lift(firm, ada, hidden, "A threat was made.") is None
        assert aliases.lift(firm, ada, hidden, "Again.") is None
        assert questions.question(firm, ada, hidden).who is None
        Member.objects.filter(pk=crowd[0].member).update(role=Role.STEWARD.value)
        second = gate.viewer_of(firm, crowd[0].member)
        assert aliases.lift(firm, second, hidden, "I agree.").name == "Ben Olu"  # type: ignore[union-attr]
        assert questions.question(firm, ada, hidden).who.name == "Ben Olu"  # type: ignore[union-attr]
        assert questions.question(firm, cleo, hidden).who is None
        (letter,) = letters_to(ben, "lifted")
        assert "A threat was made." in letter.text
        assert [verb for _, _, verb, _ in firm.store.journal_rows()].count("alias lifting agreed") == 2

    def test_only_the_asker_takes_the_alias_off_alone(self, firm, ada, hidden):
        with pytest.raises(NotShown):
            aliases.show_myself(firm, ada, hidden)


def test_an_accepted_answer_goes_into_the_record_once(firm, ada, ben, asked):
    asking.accept(firm, ada, asking.answer(firm, ben, asked, "So."))
    for _ in range(2):
        for run in Run.objects.filter(kind="record"):
            recording.record(firm, run.payload)
    with firm.record.connect() as connection:
        rows = connection.execute(
            "SELECT kind, actor, parent_author FROM interactions WHERE source = 'members' ORDER BY kind"
        ).fetchall()
    assert rows == [
        ("replied", ben.account, ada.account),
        ("said", ada.account, ""),
        ("thanked", ada.account, ben.account),
    ]


def test_reading_a_question_by_name_is_kept_as_a_look(firm, ada, ben, asked):
    questions.question(firm, ben, asked)
    questions.question(firm, ben, asked)
    assert [(one.viewer, one.shown) for one in Look.objects.all()] == [(ben.account, ada.account)]


class TestWhoIsSuggested:
    """Whom the page suggests, and why them."""

    def place(self, firm, viewer, name: str) -> str:
        return next(key for key, called in proposing.places(firm, viewer) if called == name)

    def test_the_open_places_where_questions_are_answered_can_be_named(self, firm, ada):
        assert {name for _, name in proposing.places(firm, ada)} == {"questions"}
        with pytest.raises(NotShown):
            proposing.draft(firm, ada, "Message 0 of Ada?", place="no such place")
        with pytest.raises(NotShown):
            proposing.places(firm, Viewer(person=ada.person))

    def test_a_question_keeps_the_place_it_was_said_to_belong_to(self, firm, ada):
        place = self.place(firm, ada, "questions")
        number = choosing.ask_chosen(firm, ada, "Message 0?", (), place=place)
        assert Question.objects.get(pk=number).place == place
        with pytest.raises(NotShown):
            choosing.ask_chosen(firm, ada, "Message 0?", (), place="no such place")

    def suggested(self, firm, ada) -> dict[str, bool]:
        draft = proposing.draft(firm, ada, "Message 0 of Ada?")
        return {one.helper.person.name: one.is_free for one in draft.candidates}

    def test_only_members_are_suggested_and_whoever_opts_out_is_gone(self, firm, ada, ben, cleo):
        assert set(self.suggested(firm, ada)) == {"Ben Olu", "Cleo Marti"}
        opting.opt_out(firm, ben.person)
        assert set(self.suggested(firm, ada)) == {"Cleo Marti"}

    def test_who_is_away_is_not_suggested_and_who_wants_no_questions_now_is_to_be_asked_later(
        self, firm, ada, ben, cleo
    ):
        Member.objects.filter(pk=ben.member).update(is_free=False)
        assert self.suggested(firm, ada) == {"Ben Olu": False, "Cleo Marti": True}
        Member.objects.filter(pk=ben.member).update(paused_until=timezone.localdate() + timedelta(days=2))
        assert self.suggested(firm, ada) == {"Cleo Marti": True}

    def test_who_was_asked_of_late_steps_back_and_after_enough_is_to_be_asked_later(
        self, firm, ada, ben, cleo
    ):
        first, second = self.suggested(firm, ada)
        account = {"Ben Olu": ben, "Cleo Marti": cleo}[first].account
        now = timezone.now()
        many = [Question(account=ada.account, text="Something else?", asked_at=now) for _ in range(400)]
        Asked.objects.bulk_create(
            Asked(question=one, account=account, token=str(one.pk), asked_at=now)
            for one in Question.objects.bulk_create(many)
        )
        assert self.suggested(firm, ada) == {second: True, first: False}
        assert list(self.suggested(firm, ada)) == [second, first]

    def test_who_is_asked_reads_the_reasons_the_asker_read(self, firm, ada, ben):
        (candidate,) = proposing.draft(firm, ada, "Message 0 of Ada?").candidates
        assert candidate.helper.reasons
        number = choosing.ask_chosen(firm, ada, "Message 0 of Ada?", [ben.person])
        (letter,) = letters_to(ben, "asked")
        for reason in candidate.helper.reasons:
            assert f"- {reason}" in letter.text
        shown = questions.question(firm, ben, number).me_asked
        assert shown is not None
        assert shown.reasons == candidate.helper.reasons
