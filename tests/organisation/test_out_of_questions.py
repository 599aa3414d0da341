"""Who opted out is named in no new letter of a question, and their words stand on no page of one."""

from __future__ import annotations

import pytest

from crosstie.actions import opting
from crosstie.actions.organisation import asking, being_asked, held_rows, learning, leaving, questions, work
from crosstie.errors import NotAllowed, NotShown
from crosstie.store.models import Asked, Letter, Member

pytestmark = pytest.mark.anywhere


def waiting_for(viewer) -> set[str]:
    return set(Letter.objects.filter(account=viewer.account, state="waiting").values_list("kind", flat=True))


def test_the_question_of_who_is_out_goes_no_further(firm, ada, ben, cleo):
    number = asking.ask(firm, ben, "About billing", {cleo.person: ["x"]})
    mine = Asked.objects.get(question=number).pk
    leaving.opt_out(firm, ben)
    with pytest.raises(NotAllowed, match="cannot be passed on any more"):
        being_asked.pass_on(firm, cleo, mine, ada.person)
    with pytest.raises(NotShown):
        being_asked.later(firm, cleo, mine)
    assert not Letter.objects.filter(text__contains="billing").exists()


def test_who_is_out_passes_nothing_on(firm, ada, ben, cleo):
    number = asking.ask(firm, ben, "About billing", {cleo.person: ["x"]})
    leaving.opt_out(firm, cleo)
    with pytest.raises(NotAllowed, match="You opted out"):
        being_asked.pass_on(firm, cleo, Asked.objects.get(question=number).pk, ada.person)


def test_who_passed_it_on_is_named_only_while_they_are_shown(firm, ada, ben, cleo):
    number = asking.ask(firm, ben, "About billing", {cleo.person: ["x"]})
    being_asked.pass_on(firm, cleo, Asked.objects.get(question=number).pk, ada.person)
    mine = questions.question(firm, ada, number).me_asked
    assert mine is not None
    assert mine.reasons == ("Cleo Marti thinks that you can help.",)
    assert Asked.objects.get(account=ada.account).reasons == []
    assert waiting_for(ada) == {"asked"}
    leaving.opt_out(firm, cleo)
    mine = questions.question(firm, ada, number).me_asked
    assert mine is not None
    assert "Cleo" not in str(mine.reasons)
    assert not waiting_for(ada)


def test_letters_that_name_them_and_wait_are_withdrawn_and_no_others(firm, ada, ben, cleo):
    number = asking.ask(firm, ben, "About billing", {cleo.person: ["x"]})
    asking.accept(firm, ben, asking.answer(firm, cleo, number, "So."))
    of_ada = asking.ask(firm, ada, "About mail", {cleo.person: ["x"]})
    asking.answer(firm, ben, of_ada, "So.")
    learning.acknowledge(firm, ben, cleo.person)
    assert (waiting_for(cleo), waiting_for(ada)) == ({"asked", "accepted", "thanks"}, {"answer"})
    leaving.opt_out(firm, ben)
    assert (waiting_for(cleo), waiting_for(ada)) == ({"asked"}, set())
    assert "Ada Berg" in Letter.objects.get(account=cleo.account, kind="asked").subject


def test_opted_out_on_the_command_line_their_letters_are_withdrawn_as_well(firm, ben, cleo):
    number = asking.ask(firm, cleo, "About billing", {ben.person: ["x"]})
    learning.acknowledge(firm, ben, cleo.person)
    assert waiting_for(cleo) == {"thanks"}
    opting.opt_out(firm, ben.person)
    assert not waiting_for(cleo)
    assert Asked.objects.get(question=number).state == "withdrawn"


def test_an_acceptance_by_who_is_out_names_nobody(firm, ben, cleo):
    number = asking.answer(firm, cleo, asking.ask(firm, ben, "About billing", {}), "So.")
    leaving.opt_out(firm, ben)
    asking.accept(firm, ben, number)
    assert "Ben" not in Letter.objects.get(kind="accepted").text


def test_their_answer_is_blank_to_others_counts_for_nobody_and_stays_theirs(firm, ada, ben, cleo):
    number = asking.ask(firm, ben, "My question", {})
    asking.answer(firm, cleo, number, "My answer words")
    leaving.opt_out(firm, cleo)
    for other in (ada, ben):
        assert [one.text for one in questions.question(firm, other, number).answers] == [""]
    assert [one.answers for one in questions.questions(firm, ada).open] == [0]
    assert [one.text for one in questions.question(firm, cleo, number).answers] == ["My answer words"]


def test_their_question_is_blank_to_others_in_no_list_and_stays_theirs(firm, ada, ben):
    number = asking.ask(firm, ben, "My question", {ada.person: ["x"]})
    leaving.opt_out(firm, ben)
    assert questions.question(firm, ada, number).text == ""
    shown = questions.questions(firm, ada)
    assert (shown.open, shown.of_me) == ((), ())
    assert questions.question(firm, ben, number).text == "My question"
    assert [one.text for one in questions.questions(firm, ben).mine] == ["My question"]


def test_the_line_of_their_thanks_is_blank_to_who_was_thanked(firm, ben, cleo):
    learning.acknowledge(firm, ben, cleo.person, "How a board is led")
    leaving.opt_out(firm, ben)
    assert [one.line for one in learning.thanks(firm, cleo)[1]] == [""]
    assert [one.line for one in learning.thanks(firm, ben)[0]] == ["How a board is led"]


def test_among_the_traces_of_others_stand_neither_their_name_nor_their_words(firm, site, ada, ben):
    number = asking.ask(firm, ada, "How do I resize a queue?", {})
    asking.answer(firm, ben, number, "Set its length first. Best, Ben Olu")
    learning.acknowledge(firm, ben, ada.person, "How to ask. Best, Ben Olu")
    work.work_once(firm)
    assert "Best, Ben Olu" in words_held(firm, site, ada)
    leaving.opt_out(firm, ben)
    held = words_held(firm, site, ada)
    assert "someone who is not shown answered you" in held
    assert "Best, Ben Olu" not in held
    assert "How do I resize a queue?" in held, "one's own words stay"
    assert "Best, Ben Olu" in words_held(firm, site, ben), "theirs stay theirs"


def words_held(home, site, viewer) -> str:
    """Return what a member is shown, and takes along, of the record and of thanks."""
    browser = site()
    browser.force_login(
        Member.objects.get(pk=viewer.member), backend="django.contrib.auth.backends.ModelBackend"
    )
    pages = [browser.get(path).content.decode() for path in ("/me/rows", "/me/held/acknowledgement")]
    rows = [f"{one.what}: {one.text}" for one in held_rows.every_row(home, viewer)]
    return "\n".join([*pages, *rows])
