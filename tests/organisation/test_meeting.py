"""What people say to introductions: all say yes before anything is sent, and nobody learns of a no."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.actions import company
from tests.organisation.meetings import MONDAY, all_say_yes, letters_to, suggested

from crosstie.actions import opting
from crosstie.actions.home import Home
from crosstie.actions.organisation import introducing, keeping_apart, meeting, meeting_rules, meetings_sent
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Viewer
from crosstie.store.models import Letter, Look, Meeting, Member, Part


def test_an_introduction_says_what_both_share_what_differs_and_what_to_do(firm, ben, cleo, introduced):
    (shown,) = meeting.meet(firm, ben).suggested
    assert [card.name for card in shown.who] == ["Cleo Marti"]
    assert "You both know Ada Berg." in shown.reasons
    assert "You both take part in questions." in shown.reasons
    assert shown.task
    assert shown.task_reason
    (theirs,) = meeting.meet(firm, cleo).suggested
    assert [card.name for card in theirs.who] == ["Ben Olu"]
    assert theirs.task == shown.task


def test_units_and_places_that_differ_are_named(firm, ben, cleo, introduced):
    row = Meeting.objects.get()
    row.reasons["own_places"] = {cleo.person: list(_places(firm, "questions"))}
    row.save()
    (shown,) = meeting.meet(firm, ben).suggested
    assert "Cleo Marti takes part in questions, where you have not written so far." in shown.reasons


def _places(home: Home, name: str) -> list[str]:
    return [key for key, (called, _) in home.store.places.names().items() if called == name]


def test_the_other_is_told_that_it_is_suggested_and_nothing_of_what_was_said(firm, ben, cleo, introduced):
    (letter,) = letters_to(cleo, "suggested")
    assert "Ben Olu" in letter.text
    assert not letters_to(ben, "suggested")  # was on the page when they were found
    before = meeting.meet(firm, cleo)
    meeting.say(firm, ben, introduced.pk, yes=True)
    assert meeting.meet(firm, cleo) == before
    assert letters_to(cleo, "suggested") == [letter]
    assert Letter.objects.filter(kind="meeting").count() == 0


def test_a_no_is_told_to_nobody_and_the_introduction_stays_open_to_the_other(firm, ben, cleo, introduced):
    before, letters = meeting.meet(firm, cleo), Letter.objects.count()
    assert not meeting.say(firm, ben, introduced.pk, yes=False)
    assert suggested(firm, ben) == []
    assert meeting.meet(firm, cleo) == before
    assert not meeting.say(firm, cleo, introduced.pk, yes=True)
    assert meeting.meet(firm, cleo).suggested[0].said_yes
    assert Letter.objects.count() == letters


def test_when_both_say_yes_both_get_a_letter_with_a_calendar_file(firm, ben, cleo, introduced):
    assert not meeting.say(firm, cleo, introduced.pk, yes=True)
    assert meeting.say(firm, ben, introduced.pk, yes=True)
    for viewer, other in ((ben, "Cleo Marti"), (cleo, "Ben Olu")):
        (letter,) = letters_to(viewer, "meeting")
        assert letter.subject == f"Meet {other}"
        assert company.address(other) in letter.text
        assert "You both know Ada Berg." in letter.text
        assert [one["name"] for one in letter.attachments] == ["meeting.ics"]
    assert suggested(firm, ben) == suggested(firm, cleo) == []
    assert [one.names for one in meeting.meet(firm, ben).agreed] == ["Cleo Marti"]


def test_a_yes_can_be_taken_back_while_it_is_open(firm, ben, cleo, introduced):
    meeting.say(firm, ben, introduced.pk, yes=True)
    meeting.say(firm, ben, introduced.pk, yes=False)
    assert not meeting.say(firm, cleo, introduced.pk, yes=True)
    assert Meeting.objects.get().state == "declined"


def test_some_days_after_both_are_asked_once_whether_they_met(firm, ben, cleo, introduced):
    all_say_yes(firm, introduced, ben, cleo)
    meetings_sent.ask_whether_met(firm, {})
    assert not Letter.objects.filter(kind="did-you-meet").exists()
    assert introduced.starts_at is not None
    with time_machine.travel(introduced.starts_at + timedelta(days=3, minutes=1)):
        for _ in range(2):
            meetings_sent.ask_whether_met(firm, {})
        (letter,) = letters_to(ben, "did-you-meet")
        assert f"/meet#met-{introduced.pk}" in letter.text
        assert meeting.meet(firm, ben).agreed[0].is_over
        meeting.say_met(firm, ben, introduced.pk, yes=True)
        assert meeting.meet(firm, ben).agreed[0].met == "yes"
        assert meeting.meet(firm, cleo).agreed[0].met == ""


def test_whether_one_met_is_said_only_once_it_was_due(firm, ben, cleo, introduced, program):
    all_say_yes(firm, introduced, ben, cleo)
    assert introduced.starts_at is not None
    said = program(ben)("PUT", f"meet/{introduced.pk}/met", {"met": True})
    assert said.status_code == 403
    assert "still ahead" in said.json()["detail"]
    with time_machine.travel(introduced.starts_at - timedelta(minutes=1)), pytest.raises(NotAllowed):
        meeting.say_met(firm, ben, introduced.pk, yes=True)
    assert not Part.objects.exclude(met="").exists()
    with time_machine.travel(introduced.starts_at + timedelta(minutes=1)):
        meeting.say_met(firm, ben, introduced.pk, yes=True)
    assert Part.objects.get(account=ben.account).met == "yes"


def test_where_no_half_hour_was_found_one_may_say_so_at_once(firm, ben, cleo, introduced):
    all_say_yes(firm, introduced, ben, cleo)
    Meeting.objects.update(starts_at=None)
    meeting.say_met(firm, ben, introduced.pk, yes=False)
    assert Part.objects.get(account=ben.account).met == "no"


def test_an_outsider_can_do_nothing_with_introductions(firm, ben, cleo, introduced):
    outside = Viewer(person=ben.person)
    for verb in (
        lambda: meeting.meet(firm, outside),
        lambda: meeting.say(firm, outside, introduced.pk, yes=True),
        lambda: meeting.never(firm, outside, introduced.pk),
        lambda: meeting.call_off(firm, outside, introduced.pk),
        lambda: meeting.say_met(firm, outside, introduced.pk, yes=True),
        lambda: meeting.calendar(firm, outside, introduced.pk),
        lambda: introducing.look(firm, outside),
        lambda: keeping_apart.keep_apart(firm, outside, cleo.person),
        lambda: keeping_apart.apart(firm, outside),
        lambda: keeping_apart.release(firm, outside, 1),
        lambda: keeping_apart.may_keep_apart(firm, outside),
    ):
        with pytest.raises(NotShown):
            verb()


def test_an_introduction_of_two_others_is_not_mine(firm, ada, ben, cleo, introduced):
    all_say_yes(firm, introduced, ben)
    for verb in (
        lambda: meeting.say(firm, ada, introduced.pk, yes=True),
        lambda: meeting.never(firm, ada, introduced.pk),
        lambda: meeting.call_off(firm, ada, introduced.pk),
        lambda: meeting.say_met(firm, ada, introduced.pk, yes=True),
        lambda: meeting.calendar(firm, ada, introduced.pk),
    ):
        with pytest.raises(NotShown):
            verb()
    assert meeting.meet(firm, ada).suggested == ()


def test_who_opted_out_is_in_no_introduction_and_named_nowhere(firm, ada, ben, cleo, introduced):
    opting.opt_out(firm, company.address("Ada Berg"))
    (shown,) = meeting.meet(firm, ben).suggested
    assert "Ada" not in " ".join(shown.reasons)
    opting.opt_out(firm, company.address("Cleo Marti"))
    assert meeting.meet(firm, ben).suggested == ()
    with pytest.raises(NotShown):
        meeting.say(firm, ben, introduced.pk, yes=True)
    with time_machine.travel(timezone.now() + timedelta(days=100)):
        assert introducing.look(firm, ben) == 0
        introducing.suggest(firm, MONDAY)
    assert Meeting.objects.count() == 1
    with pytest.raises(NotShown):
        keeping_apart.keep_apart(firm, ben, cleo.person)


def test_who_opted_out_after_both_said_yes_is_not_shown_nor_asked_about(firm, ben, cleo, introduced):
    all_say_yes(firm, introduced, ben, cleo)
    opting.opt_out(firm, company.address("Cleo Marti"))
    assert meeting.meet(firm, ben).agreed == ()
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        meetings_sent.ask_whether_met(firm, {})
    assert not Letter.objects.filter(kind="did-you-meet").exists()


def test_a_mutual_contact_is_named_only_from_open_places(firm, ben, cleo, introduced):
    """Hana and Ivo talk on a closed board alone: no tie of theirs is ever said."""
    row = Meeting.objects.get()
    who = {person.name: key for key, person in firm.persons().by_key.items()}
    row.reasons["mutual"] = [who["Hana Sato"], who["Ada Berg"]]
    row.save()
    (shown,) = meeting.meet(firm, ben).suggested
    assert "You both know Ada Berg." in shown.reasons


def test_whoever_is_shown_can_see_that_they_were(firm, ben, cleo, introduced):
    meeting.meet(firm, ben)
    assert list(Look.objects.values_list("viewer", "shown", "what")) == [
        (ben.account, cleo.person, "introduction")
    ]


def test_a_letter_is_in_its_readers_language(firm, ben, cleo, introduced):
    Member.objects.filter(pk=cleo.member).update(language="de")
    all_say_yes(firm, introduced, ben, cleo)
    weekday = f"{introduced.starts_at:%A}"
    assert weekday in letters_to(ben, "meeting")[0].text
    assert weekday not in letters_to(cleo, "meeting")[0].text


def test_calling_a_meeting_of_three_off_leaves_the_other_two_theirs(firm, ben, cleo, join, introduced):
    dan = join("Dan Wu")
    Part.objects.create(meeting=introduced, account=dan.account)
    all_say_yes(firm, introduced, ben, cleo, dan)
    assert introduced.state == "agreed"
    meeting.call_off(firm, dan, introduced.pk)
    for viewer, other in ((ben, "Cleo Marti"), (cleo, "Ben Olu")):
        (letter,) = letters_to(viewer, "as-two")
        assert other in letter.text
        assert [one.names for one in meeting.meet(firm, viewer).agreed] == [other]
    assert meeting.meet(firm, dan).agreed == ()
    assert not letters_to(dan, "as-two")


def test_what_was_called_off_is_suggested_to_neither_again(firm, ben, cleo, introduced):
    all_say_yes(firm, introduced, ben, cleo)
    meeting.call_off(firm, ben, introduced.pk)
    for one in (ben, cleo):
        assert meeting.meet(firm, one).suggested == meeting.meet(firm, one).agreed == ()
        with pytest.raises(NotShown):
            meeting.say(firm, one, introduced.pk, yes=True)
    assert not meeting_rules.open_parts(), "it takes no room of another introduction"
    Letter.objects.all().delete()
    introducing.suggest(firm, MONDAY)
    meetings_sent.tell(firm, [ben.account, cleo.account])
    assert not Letter.objects.filter(kind="suggested").exists()
    assert Meeting.objects.count() == 1
