"""Programmes: drawn so that it can be checked, paired with nobody left out, looked at, and sent once."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from icalendar import Calendar
from tests.actions import company
from tests.organisation.conftest import Join
from tests.organisation.meetings import letters_to

from crosstie.actions.home import Home
from crosstie.actions.organisation import (
    keeping_apart,
    lasting,
    meeting,
    programmes,
    programmes_seen,
    work,
)
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Role, Viewer
from crosstie.store.models import Letter, Look, Meeting, Member, NotWith, Part, Programme

PEOPLE = company.NAMES[1:10]


@pytest.fixture
def fay(join: Join) -> Viewer:
    """A facilitator."""
    return join("Fay Lind", Role.FACILITATOR)


@pytest.fixture
def group(firm, fay, join) -> dict[str, Viewer]:
    """Nine people who joined, the facilitator among them, by first name."""
    return {name.split()[0]: fay if name == "Fay Lind" else join(name) for name in PEOPLE}


def made(home: Home, viewer: Viewer, group: dict[str, Viewer], **more) -> int:
    people = [one.person for one in group.values()]
    return programmes.make(home, viewer, **{"name": "Autumn", "picked": people, **more})


def seen(home: Home, viewer: Viewer, number: int) -> programmes_seen.ProgrammeView:
    return programmes_seen.programme(home, viewer, number)


def sent(home: Home, viewer: Viewer, group: dict[str, Viewer], **more) -> int:
    number = made(home, viewer, group, **more)
    programmes.send(home, viewer, number, seen(home, viewer, number).version)
    programmes.bring_together(home, {"number": number})
    return number


def test_an_odd_group_is_paired_with_one_trio_and_nobody_left_out(firm, fay, group):
    view = seen(firm, fay, made(firm, fay, group))
    assert sorted(len(pair.who) for pair in view.pairs) == [2, 2, 2, 3]
    assert sorted(card.name for pair in view.pairs for card in pair.who) == sorted(PEOPLE)
    assert view.unplaced == ()
    assert view.waiting == ()
    assert not Letter.objects.filter(kind="meeting").exists()


def test_everyone_who_joined_or_one_group_of_the_directory_can_be_chosen(firm, ada, fay, group):
    everyone = seen(firm, fay, programmes.make(firm, fay, name="All", everyone=True))
    assert len(everyone.people) == len(PEOPLE) + 1
    with pytest.raises(UsageRefused, match="Fewer than 5"):
        programmes.make(firm, fay, name="Unit", group=("department", "Nowhere"))


def test_with_less_room_the_first_are_drawn_and_the_others_wait_in_that_order(firm, fay, group):
    view = seen(firm, fay, made(firm, fay, group, capacity=6))
    first = {card.name for pair in view.pairs for card in pair.who}
    drawn = [card.name for card in view.order]
    assert set(drawn[:6]) == first
    assert [card.name for card in view.waiting] == drawn[6:]
    compared = Programme.objects.get().compared
    assert {account for pair in compared for account in pair} == {
        group[card.name.split()[0]].account for card in view.waiting
    }


def test_the_stored_draw_is_enough_to_draw_it_again_with_other_tools(firm, fay, group):
    number = made(firm, fay, group, capacity=6)
    stored = Programme.objects.get().draw
    again = sorted(
        stored["people"], key=lambda one: hashlib.sha256(f"{stored['seed']}\n{one}".encode()).digest()
    )
    assert again == stored["order"]
    assert len(stored["seed"]) >= 16
    assert programmes.is_drawn_right(firm, fay, number)


def test_a_draw_that_was_tampered_with_is_noticed(firm, fay, group):
    number = made(firm, fay, group, capacity=6)
    row = Programme.objects.get()
    row.draw["order"][0], row.draw["order"][-1] = row.draw["order"][-1], row.draw["order"][0]
    row.save()
    assert not programmes.is_drawn_right(firm, fay, number)


def test_two_draws_differ_and_dropped_ones_are_journalled_and_counted(firm, fay, group):
    first = made(firm, fay, group)
    seed = Programme.objects.get().draw["seed"]
    programmes.drop(firm, fay, first)
    second = made(firm, fay, group)
    view = seen(firm, fay, second)
    assert view.draw.seed != seed
    assert view.redrawn == 1
    verbs = [verb for _, _, verb, _ in firm.store.journal_rows()]
    assert verbs.count("programme drawn") == 2
    assert verbs.count("programme dropped") == 1
    with pytest.raises(NotShown):
        seen(firm, fay, first)


@pytest.mark.parametrize("chosen", [{"meets": False}, {"paused_until": date(2100, 1, 1)}])
def test_who_pauses_is_listed_with_the_reason_and_not_drawn(firm, fay, group, chosen):
    Member.objects.filter(pk=group["Ben"].member).update(**chosen)
    view = seen(firm, fay, made(firm, fay, group))
    assert [(card.name, reason[:10]) for card, reason in view.unplaced] == [("Ben Olu", "has paused")]
    assert group["Ben"].account not in view.draw.order
    assert sorted(len(pair.who) for pair in view.pairs) == [2, 2, 2, 2]


def test_who_had_as_many_meetings_as_they_want_is_listed_so(firm, fay, group):
    now = timezone.now()
    for name in ("Cleo", "Dan"):
        one = Meeting.objects.create(uid=name, state="agreed", made_at=now, agreed_at=now)
        for viewer in (group["Ben"], group[name]):
            Part.objects.create(meeting=one, account=viewer.account, answer="yes")
    assert [(card.name, reason) for card, reason in seen(firm, fay, made(firm, fay, group)).unplaced] == [
        ("Ben Olu", "has had as many meetings this month as they want")
    ]


def test_whoever_somebody_does_not_want_is_paired_otherwise_and_no_word_of_it_is_said(firm, fay, group):
    for name in ("Cleo", "Dan", "Eve", "Fay", "Gil", "Hana", "Ivo", "Jun"):
        if name in group and name != "Fay":
            keeping_apart.keep_apart(firm, group[name], group["Ben"].person)
    view = seen(firm, fay, made(firm, fay, group))
    (with_ben,) = [pair for pair in view.pairs if "Ben Olu" in pair.names]
    assert {card.name for card in with_ben.who} == {"Ben Olu", "Fay Lind"}
    keeping_apart.keep_apart(firm, fay, group["Ben"].person)
    view = seen(firm, fay, made(firm, fay, group))
    assert [(card.name, reason) for card, reason in view.unplaced] == [
        ("Ben Olu", "can be paired with nobody in this group just now")
    ]


def test_a_facilitator_keeps_two_apart_and_the_pairs_are_made_anew(firm, fay, group):
    number = made(firm, fay, group)
    pair = next(one for one in seen(firm, fay, number).pairs if len(one.who) == 2)
    one, other = (card.key for card in pair.who)
    programmes.keep_apart(firm, fay, number, one, other)
    assert all({one, other} - {card.key for card in each.who} for each in seen(firm, fay, number).pairs)
    assert [row.said_by for row in NotWith.objects.all()] == [fay.account]
    (apart,) = keeping_apart.apart(firm, fay)
    keeping_apart.release(firm, fay, apart.number)
    assert not NotWith.objects.exists()


def test_too_few_people_or_too_little_room_are_refused(firm, fay, group):
    few = dict(list(group.items())[:4])
    with pytest.raises(UsageRefused, match="Fewer than 5"):
        made(firm, fay, few)
    with pytest.raises(UsageRefused, match="room for 5"):
        made(firm, fay, group, capacity=2)
    with pytest.raises(UsageRefused, match="name"):
        made(firm, fay, group, name="  ")


def test_sending_brings_everyone_a_letter_with_a_calendar_file_once(firm, fay, group):
    number = made(firm, fay, group)
    programmes.send(firm, fay, number, seen(firm, fay, number).version)
    assert not Letter.objects.filter(kind="meeting").exists()
    for _ in range(2):
        work.work_once(firm)
    for viewer in group.values():
        (letter,) = letters_to(viewer, "meeting")
        assert "You are brought together in “Autumn”." in letter.text
        assert Calendar.from_ical(letter.attachments[0]["text"]).walk("VEVENT")
    for _ in range(2):
        programmes.bring_together(firm, {"number": number})
    assert Letter.objects.filter(kind="meeting").count() == len(group)
    with pytest.raises(NotAllowed):
        programmes.send(firm, fay, number, seen(firm, fay, number).version)
    with pytest.raises(NotAllowed):
        programmes.pair_again(firm, fay, number)


def test_pairs_are_sent_only_as_they_were_looked_at(firm, fay, group):
    number = made(firm, fay, group)
    view = seen(firm, fay, number)
    with pytest.raises(NotAllowed):
        programmes.send(firm, fay, number, "")
    Member.objects.filter(pk=group["Ben"].member).update(meets=False)
    assert seen(firm, fay, number).is_stale
    with pytest.raises(NotAllowed, match="as they were shown"):
        programmes.send(firm, fay, number, view.version)
    programmes.pair_again(firm, fay, number)
    again = seen(firm, fay, number)
    assert not again.is_stale
    assert [card.name for card, _ in again.unplaced] == ["Ben Olu"]
    programmes.send(firm, fay, number, again.version)


def test_who_chose_otherwise_after_it_was_sent_gets_no_letter(firm, fay, group):
    number = made(firm, fay, group)
    programmes.send(firm, fay, number, seen(firm, fay, number).version)
    Member.objects.filter(pk=group["Ben"].member).update(meets=False)
    programmes.bring_together(firm, {"number": number})
    assert not letters_to(group["Ben"], "meeting")
    assert Letter.objects.filter(kind="meeting").count() in {len(group) - 2, len(group) - 3}


def test_declining_is_free_and_the_facilitator_sees_nothing_of_it(firm, fay, group):
    number = sent(firm, fay, group)
    before = seen(firm, fay, number), lasting.of_programme(firm, fay, number)
    pair = next(one for one in before[0].pairs if len(one.who) == 2 and "Fay" not in one.names)
    viewer, other = (group[card.name.split()[0]] for card in pair.who)
    meeting.call_off(firm, viewer, pair.number)
    assert letters_to(other, "called-off")
    assert meeting.meet(firm, viewer).agreed == meeting.meet(firm, other).agreed == ()
    assert (seen(firm, fay, number), lasting.of_programme(firm, fay, number)) == before


def test_nobody_else_does_anything_with_a_programme(firm, ada, fay, group):
    number = made(firm, fay, group)
    version = seen(firm, fay, number).version
    outside, ben = Viewer(person=group["Ben"].person), group["Ben"]
    for viewer, refused in ((outside, NotShown), (ben, NotAllowed), (ada, NotShown)):
        for verb in (
            lambda viewer=viewer: programmes_seen.programme(firm, viewer, number),
            lambda viewer=viewer: programmes.pair_again(firm, viewer, number),
            lambda viewer=viewer: programmes.keep_apart(firm, viewer, number, ben.person, fay.person),
            lambda viewer=viewer: programmes.send(firm, viewer, number, version),
            lambda viewer=viewer: programmes.drop(firm, viewer, number),
            lambda viewer=viewer: programmes.is_drawn_right(firm, viewer, number),
            lambda viewer=viewer: lasting.of_programme(firm, viewer, number),
        ):
            with pytest.raises(refused):
                verb()
    for viewer, refused in ((outside, NotShown), (ben, NotAllowed)):
        for act in (
            lambda viewer=viewer: programmes.make(firm, viewer, name="Mine", everyone=True),
            lambda viewer=viewer: programmes_seen.choices(firm, viewer),
            lambda viewer=viewer: programmes_seen.programmes_of(firm, viewer),
            lambda viewer=viewer: lasting.of_introductions(firm, viewer),
            lambda viewer=viewer: keeping_apart.keep_two_apart(firm, viewer, ben.person, fay.person),
        ):
            with pytest.raises(refused):
                act()
    assert programmes_seen.programmes_of(firm, ada) == ()


def test_everyone_who_was_shown_to_the_facilitator_can_see_it(firm, fay, group):
    seen(firm, fay, made(firm, fay, group))
    shown = set(Look.objects.filter(viewer=fay.account, what="programme").values_list("shown", flat=True))
    assert len(shown) >= len(group) - 1


def test_some_days_after_the_people_of_a_programme_are_asked_whether_they_met(firm, fay, group):
    work.work_once(firm)  # what comes round comes round from the first day of work on
    sent(firm, fay, group)
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        work.work_once(firm)
    assert Letter.objects.filter(kind="did-you-meet").count() == len(group)


def test_many_pairs_go_over_pages_and_each_stands_on_one(firm, fay, group, monkeypatch):
    monkeypatch.setattr(programmes_seen, "PAIRS_A_PAGE", 2)
    number = made(firm, fay, group)
    whole = seen(firm, fay, number)
    assert whole.pages == -(-len(whole.pairs) // 2) > 1
    paged = [
        programmes_seen.programme(firm, fay, number, page=page).pairs for page in range(1, whole.pages + 1)
    ]
    assert [pair for pairs in paged for pair in pairs] == list(whole.pairs)
    assert programmes_seen.programme(firm, fay, number, page=whole.pages + 1).pairs == ()
