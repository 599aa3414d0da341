"""Knowledge at risk: the topic to everybody, that it is they to nobody but those it hangs on."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.actions import company
from tests.actions.test_topics import FIRST, WHERE
from tests.ideas.topics.talk import ABOUT, COMMON

from crosstie.actions import opting, reading, settings, snapshots
from crosstie.actions.at_risk import TopicAtRisk, own_topics_at_risk, topics_at_risk
from crosstie.actions.home import Home
from crosstie.errors import NotShown
from crosstie.record import Interaction, Kind, Openness, Place, Trace

ADA = company.address("Ada Berg")


def talk(knows: str, *, threads: int = 90) -> Iterator[Interaction]:
    """Threads about three things; what is asked about bearings one person alone answers."""
    dice = random.Random(4)
    for thread in range(threads):
        thing = list(ABOUT)[thread % 3]
        others = [one for one in FIRST if one != knows]
        asker = others[thread % 11]
        answering = [knows] * 3 if thing == "bearings" else [others[(thread + row) % 11] for row in (1, 2, 3)]
        for row, actor in enumerate([asker, *answering]):
            text = " ".join([*dice.sample(ABOUT[thing], 6), *dice.sample(COMMON, 3)])
            act = company.said(0, actor, days=thread + row / 10, text=text, thread=f"t{thread}")
            act = replace(act, external_id=f"t{thread}-{row}", place=WHERE[thing])
            yield (
                replace(act, kind=Kind.REPLIED, replies_to=f"t{thread}-0", parent_author=asker)
                if row
                else act
            )


def told(knows: str) -> list[Trace]:
    office = Place(source=company.SOURCE, id="office", name="office", openness=Openness.OPEN)
    return [*company.accounts(), *company.places(), office, *talk(knows)]


def _made(folder: Path, knows: str) -> Path:
    with Home(folder) as home:
        reading.read(home, company.plan(told(knows)), viewer=ADA)
        settings.keep(home, {"network.smallest_group": "5"})
        assert topics_at_risk(home) is not None
    return folder


@pytest.fixture(scope="module")
def hanging_on_ada(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _made(tmp_path_factory.mktemp("on-ada") / "workspace", "Ada")


@pytest.fixture(scope="module")
def hanging_on_ben(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _made(tmp_path_factory.mktemp("on-ben") / "workspace", "Ben")


@pytest.fixture
def on_ada(hanging_on_ada: Path, tmp_path: Path) -> Iterator[Home]:
    with Home(shutil.copytree(hanging_on_ada, tmp_path / "ada")) as home:
        yield home


@pytest.fixture
def on_ben(hanging_on_ben: Path, tmp_path: Path) -> Iterator[Home]:
    with Home(shutil.copytree(hanging_on_ben, tmp_path / "ben")) as home:
        yield home


def _key(home: Home, name: str) -> str:
    return next(key for key, one in snapshots.persons(home).by_key.items() if one.name == name)


def _topics(home: Home) -> tuple[TopicAtRisk, ...]:
    seen = topics_at_risk(home)
    assert seen is not None
    return seen.topics


def test_everybody_reads_the_topic_and_that_it_hangs_on_one_and_no_more(on_ben: Home):
    found = _topics(on_ben)
    assert found
    for topic in found:
        assert set(topic.label.replace(",", " ").replace(":", " ").split()) & set(ABOUT["bearings"])
        assert topic.by == "one person"
        assert 5 <= topic.answered <= 30
    said = str(topics_at_risk(on_ben))
    assert not any(name in said for name in company.NAMES)
    assert not any(key in said for key in snapshots.persons(on_ben).by_key)


def test_whoever_it_hangs_on_sees_it_with_people_they_could_pair_with_by_name(on_ada: Home):
    mine = own_topics_at_risk(on_ada, _key(on_ada, "Ada Berg"))
    assert tuple(one.topic for one in mine) == _topics(on_ada)
    for one in mine:
        names = [card.name for card in one.partners]
        assert len(names) == 3
        assert names == sorted(names)
        assert "Ada Berg" not in names


def test_anybody_else_sees_nothing_of_whom_it_hangs_on(on_ben: Home):
    assert own_topics_at_risk(on_ben, _key(on_ben, "Ada Berg")) == ()
    for other in ("Ben Olu", "Cleo Marti"):
        with pytest.raises(NotShown):
            own_topics_at_risk(on_ben, _key(on_ben, other))
    with pytest.raises(NotShown):
        own_topics_at_risk(on_ben, None)


def test_who_opted_out_is_nobodys_partner_and_holds_no_topic(on_ada: Home, on_ben: Home):
    ada = _key(on_ada, "Ada Berg")
    for card in own_topics_at_risk(on_ada, ada)[0].partners:
        opting.opt_out(on_ada, card.key)
        assert card.name not in str(own_topics_at_risk(on_ada, ada))
    opting.opt_out(on_ben, _key(on_ben, "Ben Olu"))
    assert _topics(on_ben) == ()


def test_a_topic_of_fewer_others_than_the_smallest_group_is_not_shown_even_to_whom_it_hangs_on(on_ada: Home):
    settings.keep(on_ada, {"network.smallest_group": "12"})
    assert _topics(on_ada) == ()
    assert own_topics_at_risk(on_ada, _key(on_ada, "Ada Berg")) == ()
