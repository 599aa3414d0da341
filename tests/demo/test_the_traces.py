"""What the year left behind in chat, mail, repositories and calendars."""

from __future__ import annotations

import re
import string
from collections import Counter
from datetime import UTC, timedelta

import pytest

from crosstie.demo import Company
from crosstie.demo.hours import SITES, day_number
from crosstie.record import Account, Entry, Interaction, Kind, Openness, Place
from crosstie.sources import REFUSED_PLACES


def test_the_year_has_a_believable_number_of_acts_of_every_sort(acts: list[Interaction]):
    assert 25_000 <= len(acts) <= 45_000
    assert {act.source for act in acts} == {"demo-chat", "demo-mail", "demo-git", "demo-meetings"}
    kinds = Counter(act.kind for act in acts)
    assert set(kinds) == {Kind.SAID, Kind.REPLIED, Kind.THANKED, Kind.REVIEWED, Kind.CO_WROTE, Kind.MET}
    assert min(kinds.values()) > 300
    assert {act.openness for act in acts} == set(Openness)


def test_accounts_and_places_come_before_the_acts_that_name_them(kestrel: Company):
    accounts, places = set(), {}
    for trace in kestrel.traces():
        match trace:
            case Account():
                accounts.add((trace.source, trace.id))
            case Place():
                places[trace.source, trace.id] = trace.openness
            case Interaction():
                named = [trace.actor, *trace.addressed, *trace.copied, *trace.mentioned]
                named += [trace.parent_author] if trace.parent_author else []
                assert all((trace.source, name) in accounts for name in named)
                assert places[trace.source, trace.place] == trace.openness
            case Entry():
                assert not accounts
    assert accounts == set(kestrel.person_of)


def test_every_account_is_of_somebody_in_the_directory(kestrel: Company):
    by_address = {person.address: person.id for person in kestrel.people}
    for trace in kestrel.traces():
        if isinstance(trace, Account):
            assert kestrel.person_of[trace.source, trace.id] == by_address[trace.address]


def test_every_act_lies_in_the_year_in_utc_and_is_known_once(kestrel: Company, acts: list[Interaction]):
    assert len({(act.source, act.external_id) for act in acts}) == len(acts)
    for act in acts:
        assert act.at is not None
        assert act.at.utcoffset() == timedelta(0)
        assert act.at.tzinfo is UTC
        assert kestrel.starts_on <= act.at.date() <= kestrel.ends_on
        assert act.at < kestrel.as_of


def test_text_and_links_stand_only_where_everyone_can_read(kestrel: Company, acts: list[Interaction]):
    for act in acts:
        if act.openness is Openness.OPEN:
            assert act.link.startswith("https://")
            assert ".kestrel.example/" in act.link
        else:
            assert act.text is None
            assert not act.link
    names = {
        trace.name
        for trace in kestrel.traces()
        if isinstance(trace, Place) and trace.openness is Openness.DIRECT
    }
    assert names == {""}


def test_an_act_asks_exactly_when_its_text_has_a_question_mark(acts: list[Interaction]):
    said = [act for act in acts if act.text is not None]
    assert all(act.asks == ("?" in (act.text or "")) for act in said)
    assert all(act.asks is None for act in acts if act.kind is Kind.THANKED)
    direct = [act.asks for act in acts if act.openness is Openness.DIRECT and act.kind is Kind.SAID]
    assert None not in direct
    assert 0.1 < sum(map(bool, direct)) / len(direct) < 0.9


def test_answers_and_thanks_come_after_what_they_answer(acts: list[Interaction]):
    known = {(act.source, act.external_id): act for act in acts}
    dropped = 0
    for act in acts:
        if not act.replies_to:
            assert act.kind not in (Kind.REPLIED, Kind.THANKED)
            continue
        answered = known.get((act.source, act.replies_to))
        if answered is None:  # a bot's message, which no source lets in
            dropped += 1
            assert not act.parent_author
            continue
        assert answered.actor == act.parent_author
        assert answered.at is not None
        assert act.at is not None
        assert answered.at <= act.at
    assert 50 < dropped < 300


def test_nobody_thanks_reviews_or_meets_themselves(acts: list[Interaction]):
    for act in acts:
        assert act.actor not in act.addressed
        assert act.actor not in act.mentioned
        assert len(set(act.addressed)) == len(act.addressed)
        if act.kind is Kind.THANKED:
            assert act.actor != act.parent_author


@pytest.mark.parametrize("kind", [Kind.REVIEWED, Kind.CO_WROTE, Kind.MET])
def test_what_is_done_with_others_names_them(kind: Kind, acts: list[Interaction]):
    assert all(act.addressed for act in acts if act.kind is kind)


def test_people_write_in_their_own_working_hours(kestrel: Company, acts: list[Interaction]):
    location = {person.id: person.location for person in kestrel.people}
    outside, weekend = 0, 0
    for act in acts:
        assert act.at is not None
        site = SITES[location[kestrel.person_of[act.source, act.actor]]]
        local = act.at + timedelta(seconds=site.ahead(day_number(act.at.date())))
        outside += not 7 <= local.hour < 19
        weekend += local.weekday() >= 5
    assert outside / len(acts) < 0.01
    assert weekend / len(acts) < 0.01


def test_summer_and_the_turn_of_the_year_are_quiet(acts: list[Interaction]):
    weeks = Counter(act.at.isocalendar()[:2] for act in acts if act.at)
    usual = sorted(weeks.values())[len(weeks) // 2]
    assert weeks[2025, 52] + weeks[2026, 1] < usual * 0.7
    assert sum(weeks[2026, week] for week in range(30, 34)) / 4 < usual * 0.85


def test_nothing_is_said_with_a_gap_left_in_it(acts: list[Interaction]):
    for act in acts:
        assert act.text != ""
        assert not re.search(r"[{}]|  |None", act.text or "")


def test_texts_of_the_same_place_differ_and_not_every_question_has_its_mark(acts: list[Interaction]):
    texts = Counter(act.text for act in acts if act.text and act.source == "demo-chat")
    assert len(texts) > 3_500
    assert max(texts.values()) < texts.total() * 0.02
    assert any("hint is welcome" in text and "?" not in text for text in texts)
    assert texts["Lunch at twelve?"] > 1  # and a mark does not make a question of work


def test_no_place_has_a_name_that_sources_refuse_to_read(kestrel: Company):
    names = [trace.name for trace in kestrel.traces() if isinstance(trace, Place)]
    assert len(set(names)) > 40
    for name in names:
        words = name.casefold().translate(str.maketrans(string.punctuation, " " * len(string.punctuation)))
        assert not any(word in words for word in REFUSED_PLACES)
