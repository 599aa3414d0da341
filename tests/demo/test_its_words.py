"""The topics and phrases of the demo company, and the places where people would put them."""

from __future__ import annotations

from collections import Counter

from crosstie.demo import Company
from crosstie.demo.dice import Dice
from crosstie.demo.people import DEPARTMENTS, NEIGHBOURS, TEAMS
from crosstie.demo.speech import Speech, topics


def test_there_are_forty_one_topics_of_all_nine_departments():
    every = topics()
    assert len(every) == len({topic.name for topic in every}) == 41
    assert {topic.department for topic in every} == set(DEPARTMENTS)


def test_every_trouble_has_a_remedy_and_no_two_topics_share_a_sentence():
    every = topics()
    assert all(len(topic.troubles) == len(topic.remedies) == len(topic.things) == 4 for topic in every)
    said = Counter(line for topic in every for line in (*topic.troubles, *topic.remedies, *topic.things))
    assert max(said.values()) == 1


def test_every_team_works_on_topics_that_exist_and_every_department_has_neighbours():
    names = {topic.name for topic in topics()}
    assert all(set(team.topics) <= names for team in TEAMS)
    assert set(NEIGHBOURS) == set(DEPARTMENTS)
    assert all(set(units) < set(DEPARTMENTS) for units in NEIGHBOURS.values())


def test_a_conversation_about_a_case_keeps_to_it():
    speech, topic = Speech(Dice(1, "test")), topics()[0]
    asked = {speech.say("question", topic, case=2) for _ in range(60)}
    assert all("squeak in the cold chamber" in text for text in asked)
    answers = [speech.say("answer", topic, "Ada", case=2) for _ in range(60)]
    assert all("wipe the old grease off" in text.lower() for text in answers)


def test_every_topic_is_learned_by_somebody(kestrel: Company):
    learned = Counter(event.topic for event in kestrel.truth.events)
    assert set(learned) == {topic.name for topic in topics()}
    assert min(learned.values()) >= 10
