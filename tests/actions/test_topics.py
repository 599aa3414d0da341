"""What people talk of: found in open places, kept with the snapshot, gone with those who are gone."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from msgspec.structs import replace
from tests.actions import company
from tests.actions.company import NAMES, SOURCE, accounts, address, places, said
from tests.ideas.topics.talk import ABOUT, COMMON

from crosstie.actions import forgetting, opting, pages, reading, settings, snapshots, topics
from crosstie.actions.home import Home
from crosstie.actions.ideas import about, ideas
from crosstie.record import Interaction, Kind, Openness, Place, Trace

FIRST = [name.split()[0] for name in NAMES]
WHERE = {"bearings": "open", "invoices": "office", "sensors": "open"}


def talk(threads: int = 60, *, seed: int = 1, first_day: float = 0.0) -> Iterator[Interaction]:
    """Threads of four about one thing each; who begins, and who answers, goes round."""
    dice = random.Random(seed)
    for thread in range(threads):
        thing = list(ABOUT)[thread % 3]
        root = f"{seed}-{thread}"
        asker = FIRST[thread % 12]
        for message in range(4):
            words = [*dice.sample(ABOUT[thing], 6), *dice.sample(COMMON, 3)]
            actor = asker if message == 0 else FIRST[(thread + message) % 12]
            act = said(0, actor, days=first_day + thread + message / 10, text=" ".join(words), thread=root)
            act = replace(act, external_id=f"{root}-{message}", place=WHERE[thing])
            if message:
                act = replace(act, kind=Kind.REPLIED, replies_to=f"{root}-0", parent_author=asker)
            yield act


def told(*more: Trace) -> list[Trace]:
    office = Place(source=SOURCE, id="office", name="office", openness=Openness.OPEN)
    return [*accounts(), *places(), office, *talk(), *more]


def read(home: Home, *more: Trace) -> None:
    reading.read(home, company.plan(told(*more)), viewer=address("Ada Berg"))


def test_topics_have_labels_places_and_counts_and_no_names(home: Home):
    read(home)
    seen = ideas(home)
    assert seen.conversations == 60
    assert seen.topics
    for topic in seen.topics:
        assert any(set(topic.words) <= set(words) for words in ABOUT.values())
        assert topic.people >= seen.smallest_group == 10
        assert set(topic.places) <= {"questions", "office"}
    assert not any(name.lower() in str(seen).lower() for name in FIRST)


def test_a_topic_of_few_is_counted_and_not_shown(home: Home):
    read(home)
    settings.keep(home, {"network.smallest_group": "13"})
    seen = ideas(home)
    assert seen.topics == ()
    assert seen.hidden > 0


GERMAN = "Wir müssen das Lager noch einmal ansehen, denn es sitzt nicht richtig und die Welle wackelt dabei."
ENGLISH = "We have to look at the bearing again, because it is not in the right position and it wobbles."


@pytest.mark.parametrize(("germans", "languages"), [(10, ("English", "German")), (9, ())])
def test_a_second_language_of_enough_people_is_told(home: Home, germans: int, languages: tuple[str, ...]):
    office = Place(source=SOURCE, id="office", name="office", openness=Openness.OPEN)
    english = [said(number, name, text=ENGLISH) for number, name in enumerate(FIRST)]
    german = [
        replace(said(100 + number, name, text=GERMAN), place="office")
        for number, name in enumerate(FIRST[:germans])
    ]
    acts: list[Trace] = [*accounts(), *places(), office, *english, *german]
    reading.read(home, company.plan(acts), viewer=address("Ada Berg"))
    assert ideas(home).languages == languages


def test_a_second_month_is_assigned_to_the_topics_of_the_first(home: Home):
    read(home)
    first = topics.current(home).topics
    read(home, *talk(9, seed=2, first_day=70))
    second = topics.current(home).topics
    assert second.labels == first.labels
    assert second.ids == first.ids
    was = dict(zip(first.key.tolist(), first.about.main.tolist(), strict=True))
    now = dict(zip(second.key.tolist(), second.about.main.tolist(), strict=True))
    assert len(now) == 69
    assert all(now[key] == topic for key, topic in was.items())


def test_what_one_person_alone_says_is_no_word_of_a_topic_and_opting_out_takes_them_out(home: Home):
    rare = said(1, "Lea", external_id="rare", text="quokka " * 3, days=1)
    read(home, rare)
    kept = topics.current(home)
    assert "quokka" not in kept.topics.vocabulary.words
    lea = snapshots.persons(home).person_of
    gone = next(key for key in kept.people if snapshots.persons(home).by_key[key].name == "Lea Moreau")
    assert gone in set(lea.values())
    opting.opt_out(home, address("Lea Moreau"))
    assert gone not in topics.current(home).people


def test_who_is_forgotten_is_in_no_topic_and_no_tie(home: Home):
    read(home)
    ben = next(one.key for one in snapshots.persons(home).by_key.values() if one.name == "Ben Olu")
    assert ben in topics.current(home).people
    forgetting.forget(home, ben)
    assert not list(home.folder.rglob(snapshots.TOPICS))
    after = topics.current(home)
    assert ben not in after.people
    assert len(after.learned) > 0


def test_a_tie_is_about_what_was_asked_and_answered(home: Home):
    read(home)
    keys = {one.name.split()[0]: one.key for one in snapshots.persons(home).by_key.values()}
    topics.current(home)
    labels = about(home, keys["Ada"], keys["Ben"])
    assert labels
    assert about(home, keys["Ben"], keys["Ada"]) == labels
    assert about(home, keys["Ada"], keys["Ada"]) == ()


def test_the_contact_page_says_what_a_tie_was_about_once_topics_are_there(home: Home):
    read(home)
    who = snapshots.persons(home)
    ada, ben = (next(one.key for one in who.by_key.values() if one.name == name) for name in NAMES[:2])
    before, _ = pages.contact(home, ada, ben)
    assert before.about == ()
    topics.current(home)
    after, _ = pages.contact(home, ada, ben)
    assert after.about == about(home, ada, ben)


def test_closed_places_say_nothing(home: Home):
    closed = [
        said(
            number,
            "Hana" if number % 2 else "Ada",
            place="members",
            external_id=f"closed{number}",
            thread="closed",
            text=None,
        )
        for number in range(9)
    ]
    read(home, *closed)
    assert len(topics.current(home).topics.key) == 60


def test_what_a_steward_calls_sensitive_is_left_out_at_once(home: Home):
    read(home)
    before = ideas(home)
    one, other = before.topics[0].words[:2]
    settings.keep(home, {"ideas.sensitive_words": f"{one}, {other[:-1]}*"})
    assert ideas(home).without > before.without
    assert not {one, other} & set(topics.current(home).topics.vocabulary.words)
    with pytest.raises(Exception, match="must be more than 0"):
        settings.check({"ideas.half_life_days": "0"})


def test_without_the_extra_places_are_topics(home: Home, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "scipy", None)
    read(home)
    seen = ideas(home)
    assert seen.is_by_place
    assert {topic.label for topic in seen.topics} == {"questions", "office"}
    assert len(topics.current(home).learned) > 0


def test_a_workspace_without_texts_has_no_topics(open_firm: Home, home: Home):
    seen = ideas(open_firm)
    assert seen.topics == ()
    assert np.all(topics.current(open_firm).topics.about.main == -1)
