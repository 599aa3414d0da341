"""Who opted out is offered nobody, brings nothing about, and is in no introduction that is open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.actions import company
from tests.organisation.meetings import all_say_yes, letters_to, suggested

from crosstie.actions import opting
from crosstie.actions.organisation import introducing, leaving, meeting, meeting_rules, pairing_up
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Viewer
from crosstie.store.models import Letter, Meeting, Member, Part

pytestmark = pytest.mark.anywhere

VERBS = {
    "say yes": lambda home, viewer, number: meeting.say(home, viewer, number, yes=True),
    "say no": lambda home, viewer, number: meeting.say(home, viewer, number, yes=False),
    "never": meeting.never,
    "say that one met": lambda home, viewer, number: meeting.say_met(home, viewer, number, yes=True),
    "look": lambda home, viewer, _number: introducing.look(home, viewer),
    "offer to pair": lambda home, viewer, _number: pairing_up.offer(home, viewer, viewer.person),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_who_opted_out_can_do_none_of_it(firm, ben, introduced, verb):
    leaving.opt_out(firm, ben)
    with pytest.raises(NotAllowed, match="You opted out"):
        verb(firm, ben, introduced.pk)
    with pytest.raises(NotShown):
        verb(firm, Viewer(person=ben.person, account=ben.account), introduced.pk)


def test_an_introduction_goes_for_both_and_leaves_room_for_another(firm, ben, cleo, introduced):
    meeting.say(firm, cleo, introduced.pk, yes=True)
    leaving.opt_out(firm, ben)
    assert suggested(firm, ben) == suggested(firm, cleo) == []
    assert not meeting_rules.open_parts()
    introduced.refresh_from_db()
    assert introduced.state == "lapsed"
    leaving.opt_in(firm, ben)
    assert suggested(firm, ben) == suggested(firm, cleo) == []
    with pytest.raises(NotShown):
        meeting.say(firm, ben, introduced.pk, yes=True)
    assert not Letter.objects.filter(kind="meeting").exists()


def test_one_that_was_declined_goes_too_so_that_nobody_can_tell_the_two_apart(firm, ben, cleo, introduced):
    meeting.say(firm, ben, introduced.pk, yes=False)
    leaving.opt_out(firm, ben)
    leaving.opt_in(firm, ben)
    assert suggested(firm, cleo) == []
    assert not Part.objects.exclude(answer="").exists()


def test_what_was_open_before_this_rule_is_not_shown_either(firm, ben, introduced):
    leaving.opt_out(firm, ben)
    Meeting.objects.update(state="suggested")
    assert suggested(firm, ben) == []


def test_a_meeting_that_is_ahead_is_off_for_both_and_whoever_was_told_hears_it(firm, ben, cleo, introduced):
    all_say_yes(firm, introduced, ben, cleo)
    Letter.objects.update(state="sent")
    leaving.opt_out(firm, ben)
    for one in (ben, cleo):
        assert meeting.meet(firm, one).agreed == ()
        with pytest.raises(NotShown):
            meeting.call_off(firm, one, introduced.pk)
    (letter,) = letters_to(cleo, "called-off")
    assert "This meeting does not take place:\n\nsomeone who is not shown" in letter.text
    assert "Ben Olu" not in f"{letter.subject}{letter.text}{letter.attachments}"
    assert "STATUS:CANCELLED" in str(letter.attachments)
    assert letters_to(ben, "called-off") == []
    leaving.opt_in(firm, ben)
    leaving.opt_out(firm, ben)
    assert len(letters_to(cleo, "called-off")) == 1


def test_whoever_was_not_told_yet_hears_nothing_of_it(firm, ben, cleo, introduced):
    all_say_yes(firm, introduced, ben, cleo)
    leaving.opt_out(firm, ben)
    assert letters_to(cleo, "meeting") == letters_to(cleo, "called-off") == []
    assert meeting.meet(firm, cleo).agreed == ()


def test_a_meeting_that_was_due_stays_as_it_was(firm, ben, cleo, introduced):
    all_say_yes(firm, introduced, ben, cleo)
    Letter.objects.update(state="sent")
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    leaving.opt_out(firm, ben)
    assert letters_to(cleo, "called-off") == []
    introduced.refresh_from_db()
    assert introduced.state == "agreed"
    (shown,) = meeting.meet(firm, ben).agreed
    assert shown.reasons == ()


def test_of_three_those_who_are_left_hear_that_they_meet_as_two(firm, ben, cleo, join, introduced):
    dan = join("Dan Wu")
    Part.objects.create(meeting=introduced, account=dan.account)
    all_say_yes(firm, introduced, ben, cleo, dan)
    Letter.objects.filter(account=cleo.account).update(state="sent")
    leaving.opt_out(firm, ben)
    assert [one.subject for one in letters_to(cleo, "as-two")] == ["You meet as two"]
    assert letters_to(dan, "as-two") == []
    assert [one.subject for one in letters_to(dan, "meeting")] == ["Meet Cleo Marti"]
    assert [one.names for one in meeting.meet(firm, cleo).agreed] == ["Dan Wu"]
    assert meeting.meet(firm, ben).agreed == ()
    Letter.objects.filter(account=dan.account).update(state="sent")
    leaving.opt_out(firm, cleo)
    (letter,) = letters_to(dan, "called-off")
    assert "Ben" not in letter.text
    assert "Cleo" not in letter.text


def test_on_the_command_line_whoever_was_told_hears_it_too(firm, ben, cleo, introduced):
    all_say_yes(firm, introduced, ben, cleo)
    Letter.objects.update(state="sent")
    opting.opt_out(firm, company.address("Ben Olu"))
    assert len(letters_to(cleo, "called-off")) == 1


def test_whoever_was_told_of_a_meeting_with_someone_who_is_forgotten_hears_that_it_is_off(
    firm, ben, cleo, introduced
):
    all_say_yes(firm, introduced, ben, cleo)
    Letter.objects.update(state="sent")
    leaving.forget_me(firm, ben, company.address("Ben Olu"))
    (letter,) = letters_to(cleo, "called-off")
    assert "This meeting does not take place:\n\nsomeone who is not shown\n" in letter.text
    assert "STATUS:CANCELLED" in str(letter.attachments)
    assert "Ben" not in f"{letter.subject}{letter.text}{letter.attachments}"
    assert letter.state == "waiting"
    assert not Meeting.objects.exists()


def test_whoever_was_not_told_of_it_hears_nothing_when_someone_is_forgotten(firm, ben, cleo, introduced):
    all_say_yes(firm, introduced, ben, cleo)
    leaving.forget_me(firm, ben, company.address("Ben Olu"))
    assert [one.text for one in letters_to(cleo, "meeting")] in ([], [""])
    assert letters_to(cleo, "called-off") == []


def test_of_three_those_who_are_left_of_someone_forgotten_meet_as_two(firm, ben, cleo, join, introduced):
    dan = join("Dan Wu")
    Part.objects.create(meeting=introduced, account=dan.account)
    all_say_yes(firm, introduced, ben, cleo, dan)
    Letter.objects.filter(account=cleo.account).update(state="sent")
    leaving.forget_me(firm, ben, company.address("Ben Olu"))
    for one, other in ((cleo, "Dan Wu"), (dan, "Cleo Marti")):
        (letter,) = letters_to(one, "as-two")
        assert f"You still meet: {other}." in letter.text
        assert "Ben" not in letter.text
        assert [shown.names for shown in meeting.meet(firm, one).agreed] == [other]


def test_two_both_know_somebody_also_where_they_were_three(firm, ben, cleo, join, introduced):
    dan = join("Dan Wu")
    Part.objects.create(meeting=introduced, account=dan.account)
    all_say_yes(firm, introduced, ben, cleo, dan)
    leaving.opt_out(firm, dan)
    (shown,) = meeting.meet(firm, ben).agreed
    assert "You both know Ada Berg." in shown.reasons


def test_the_page_says_that_they_opted_out_and_asks_nothing(firm, site, program, ben, introduced):
    Meeting.objects.update(state="agreed", agreed_at=timezone.now())
    own = program(ben)
    leaving.opt_out(firm, ben)
    browser = site()
    browser.force_login(
        Member.objects.get(pk=ben.member), backend="django.contrib.auth.backends.ModelBackend"
    )
    page = browser.get("/meet").content.decode()
    assert "You opted out" in page
    assert "Did you meet?" not in page
    assert "Nothing that was read" not in page
    assert own("GET", "meet").json()["is_out"]
    assert own("POST", "meet/look").status_code == 403
