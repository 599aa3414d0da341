"""How introductions are found: once, never against a choice, and for nobody too many."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.actions import company
from tests.organisation.meetings import MONDAY, all_say_yes, letters_to, suggested

from crosstie.actions import reading
from crosstie.actions.organisation import introducing, keeping_apart, meeting, meeting_rules
from crosstie.errors import NotAllowed, NotShown
from crosstie.record import Entry
from crosstie.store.models import Meeting, Member, NotWith, Part


def test_it_stays_the_same_when_the_page_is_opened_again(firm, ben, introduced):
    assert meeting.meet(firm, ben) == meeting.meet(firm, ben)
    assert introducing.look(firm, ben) == 0
    assert Meeting.objects.count() == 1


def test_the_same_two_are_not_suggested_within_90_days_whatever_became_of_it(firm, ben, cleo, introduced):
    meeting.say(firm, ben, introduced.pk, yes=False)
    introducing.suggest(firm, MONDAY)
    assert Meeting.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=89)):
        introducing.suggest(firm, MONDAY)
        assert Meeting.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=92)):
        introducing.suggest(firm, MONDAY)
        assert Meeting.objects.count() == 2


def test_who_said_that_they_met_know_each_other_and_are_not_introduced_again(firm, ben, cleo, introduced):
    all_say_yes(firm, introduced, ben, cleo)
    assert introduced.starts_at is not None
    with time_machine.travel(introduced.starts_at + timedelta(minutes=1)):
        meeting.say_met(firm, cleo, introduced.pk, yes=True)
    with time_machine.travel(timezone.now() + timedelta(days=200)):
        introducing.suggest(firm, MONDAY)
    assert Meeting.objects.count() == 1


def test_never_is_kept_and_told_to_nobody(firm, ben, cleo, introduced):
    before = meeting.meet(firm, ben)
    meeting.never(firm, cleo, introduced.pk)
    assert meeting.meet(firm, ben) == before
    assert keeping_apart.apart(firm, ben) == ()
    assert [one.names for one in keeping_apart.apart(firm, cleo)] == ["Ben Olu"]
    with time_machine.travel(timezone.now() + timedelta(days=200)):
        introducing.suggest(firm, MONDAY)
        assert Meeting.objects.count() == 1
        keeping_apart.release(firm, cleo, NotWith.objects.get().pk)
        introducing.suggest(firm, MONDAY)
        assert Meeting.objects.count() == 2


def test_one_can_say_rather_not_before_anything_is_suggested(firm, ada, ben, cleo):
    assert [card.name for card in keeping_apart.may_keep_apart(firm, ada)] == ["Ben Olu", "Cleo Marti"]
    keeping_apart.keep_apart(firm, ben, cleo.person)
    assert introducing.look(firm, ben) == introducing.look(firm, cleo) == 0
    with pytest.raises(NotAllowed):
        keeping_apart.keep_apart(firm, ben, ben.person)


@pytest.mark.parametrize(
    "chosen",
    [
        {"meets": False},
        {"paused_until": date(2100, 1, 1)},
        {"absent_from": date(2020, 1, 1), "absent_until": None},
    ],
)
def test_who_pauses_is_away_or_wants_none_is_introduced_to_nobody(firm, ben, cleo, chosen):
    Member.objects.filter(pk=cleo.member).update(**chosen)
    assert introducing.look(firm, ben) == 0
    assert introducing.look(firm, cleo) == 0
    assert meeting.meet(firm, cleo).is_paused


def test_nobody_is_in_more_than_three_that_are_open(firm, join):
    viewers = [join(name) for name in company.NAMES[1:7]]
    introducing.suggest(firm, MONDAY)
    counts = [len(suggested(firm, viewer)) for viewer in viewers]
    assert max(counts) == meeting_rules.OPEN_AT_MOST
    assert min(counts) >= 1
    introducing.suggest(firm, MONDAY)
    assert [len(suggested(firm, viewer)) for viewer in viewers] == counts


def test_one_that_the_other_declined_still_takes_its_place_so_that_nobody_can_tell(firm, join):
    viewers = [join(name) for name in company.NAMES[1:7]]
    introducing.suggest(firm, MONDAY)
    found = Meeting.objects.first()
    assert found is not None
    one, other = (part.account for part in found.parts.order_by("pk"))
    by_account = {viewer.account: viewer for viewer in viewers}
    meeting.say(firm, by_account[one], found.pk, yes=False)
    assert meeting_rules.open_parts()[other] == len(suggested(firm, by_account[other]))


def test_nobody_goes_through_the_whole_firm_by_saying_no(firm, ben, join, monkeypatch):
    for name in company.NAMES[2:7]:
        join(name)
    monkeypatch.setattr(introducing, "A_WEEK_AT_MOST", 5)
    for found in (3, 2):
        assert introducing.look(firm, ben) == found
        for part in Part.objects.filter(account=ben.account, answer=""):
            meeting.say(firm, ben, part.meeting_id, yes=False)
    with pytest.raises(NotAllowed, match="Enough"):
        introducing.look(firm, ben)


def test_the_weeks_round_tells_each_once_whom_to_meet(firm, ben, cleo):
    introducing.suggest(firm, MONDAY)
    introducing.suggest(firm, MONDAY)
    for viewer, other in ((ben, "Cleo Marti"), (cleo, "Ben Olu")):
        (letter,) = letters_to(viewer, "suggested")
        assert f"- {other}. You both know Ada Berg." in letter.text
        assert letter.text.rstrip().endswith("/meet")


def test_a_suggestion_lapses_after_weeks_and_who_said_no_is_forgotten(firm, ben, cleo, introduced):
    meeting.say(firm, ben, introduced.pk, yes=False)
    with time_machine.travel(timezone.now() + timedelta(days=27)):
        introducing.lapse(firm, {})
        assert suggested(firm, cleo) == ["Ben Olu"]
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        introducing.lapse(firm, {})
        assert suggested(firm, cleo) == []
        with pytest.raises(NotShown):
            meeting.say(firm, cleo, introduced.pk, yes=True)
    assert not Part.objects.exclude(answer="").exists()


def test_who_has_left_by_the_directory_is_introduced_to_nobody(firm, ben, cleo):
    entry = Entry(
        source="directory:hr",
        id="3",
        name="Cleo Marti",
        address=company.address("Cleo Marti"),
        left_on="2026-05-01",
    )
    reading.read(firm, company.plan([entry], path="hr.csv"))
    assert introducing.look(firm, ben) == 0
    assert introducing.look(firm, cleo) == 0
