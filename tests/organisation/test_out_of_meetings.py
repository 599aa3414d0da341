"""Who opted out is offered nobody, brings nothing about, and is in no introduction that is open."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.organisation.meetings import all_say_yes, letters_to, suggested

from crosstie.actions.organisation import introducing, leaving, meeting, meeting_rules, pairing_up
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Viewer
from crosstie.store.models import Letter, Meeting, Member, Part

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


def test_a_meeting_that_came_about_can_be_called_off_and_says_no_more(firm, ben, cleo, introduced):
    all_say_yes(firm, introduced, ben, cleo)
    leaving.opt_out(firm, ben)
    (shown,) = meeting.meet(firm, ben).agreed
    assert shown.reasons == ()
    meeting.call_off(firm, ben, introduced.pk)
    (letter,) = letters_to(cleo, "called-off")
    assert "Ben Olu" not in f"{letter.subject}{letter.text}{letter.attachments}"


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
