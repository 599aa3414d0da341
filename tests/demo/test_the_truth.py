"""What was really learned, and how it differs from what can be read."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from crosstie.demo import Company, Way
from crosstie.record import Interaction, Kind

LEAVES_NO_TRACE = {Way.READING, Way.IN_PERSON, Way.WATCHING}


def spoke(kestrel: Company, acts: list[Interaction]) -> Counter[tuple[str, str]]:
    """Count, for (one, other), the acts of one towards the other, gatherings of many left out."""
    found: Counter[tuple[str, str]] = Counter()
    for act in acts:
        towards = [act.parent_author] if act.parent_author else act.addressed
        if len(towards) < 20:
            for name in towards:
                pair = kestrel.person_of[act.source, act.actor], kestrel.person_of[act.source, name]
                found[pair] += pair[0] != pair[1]
    return +found


def test_every_event_is_between_two_people_who_were_there(kestrel: Company):
    named = {person.id: person for person in kestrel.people}
    for event in kestrel.truth.events:
        assert event.learner != event.teacher
        for number in (event.learner, event.teacher):
            person = named[number]
            assert not person.joined_on or event.at.date() >= person.joined_on
        left_on = named[event.learner].left_on
        assert not left_on or event.at.date() <= left_on
        assert event.at < kestrel.as_of


def test_events_stand_in_order_of_time(kestrel: Company):
    assert all(one.at <= other.at for one, other in pairwise(kestrel.truth.events))


def test_pairs_count_the_events(kestrel: Company):
    pairs = kestrel.learned_pairs()
    assert sum(pairs.values()) == len(kestrel.truth.events)
    first = kestrel.truth.events[0]
    counted = sum(
        (event.learner, event.teacher) == (first.learner, first.teacher) for event in kestrel.truth.events
    )
    assert pairs[first.learner, first.teacher] == counted


def test_a_year_holds_thousands_of_events_of_every_way(kestrel: Company):
    ways = Counter(event.way for event in kestrel.truth.events)
    assert 3_500 <= len(kestrel.truth.events) <= 6_500
    assert set(ways) == set(Way)
    assert min(ways.values()) >= 100


def test_most_learning_goes_one_way_so_that_a_reversed_reader_fails(kestrel: Company):
    pairs = set(kestrel.learned_pairs())
    mutual = {(learner, teacher) for learner, teacher in pairs if (teacher, learner) in pairs}
    assert 0.1 < len(mutual) / len(pairs) < 0.4


def test_a_third_of_all_learning_leaves_no_trace_of_its_own(kestrel: Company):
    silent = sum(event.way in LEAVES_NO_TRACE for event in kestrel.truth.events)
    assert 0.25 < silent / len(kestrel.truth.events) < 0.5


def test_some_who_learned_from_each_other_never_wrote_and_many_who_wrote_never_learned(
    kestrel: Company, acts: list[Interaction]
):
    pairs, said = set(kestrel.learned_pairs()), spoke(kestrel, acts)
    written = sum((one, other) in said or (other, one) in said for one, other in pairs)
    assert 0.7 < written / len(pairs) < 0.95
    taught = sum((other, one) in pairs for one, other in said)
    assert 0.1 < taught / len(said) < 0.5


def test_where_learning_goes_one_way_teachers_reply_and_learners_thank(
    kestrel: Company, acts: list[Interaction]
):
    pairs = kestrel.learned_pairs()
    one_way = [(learner, teacher) for learner, teacher in pairs if (teacher, learner) not in pairs]
    replied = spoke(kestrel, [act for act in acts if act.kind is Kind.REPLIED])
    thanked = spoke(kestrel, [act for act in acts if act.kind is Kind.THANKED])
    by_teachers = sum(replied[teacher, learner] for learner, teacher in one_way)
    by_learners = sum(replied[learner, teacher] for learner, teacher in one_way)
    assert by_learners * 2 < by_teachers
    assert by_learners > 100  # and yet it is no rule: learners reply as well
    assert sum(thanked[pair] for pair in one_way) > 1.5 * sum(thanked[other, one] for one, other in one_way)


def test_those_who_know_more_teach_more_but_nobody_teaches_everybody(kestrel: Company):
    taught = Counter(event.teacher for event in kestrel.truth.events)
    busiest = sum(count for _teacher, count in taught.most_common(len(kestrel.people) // 10))
    assert 0.2 < busiest / len(kestrel.truth.events) < 0.6
    assert max(taught.values()) < len(kestrel.truth.events) * 0.05
