"""On the made-up company: topics follow what is true in it, and stay when they are looked for anew."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import numpy as np
import pytest

from crosstie.demo import Company
from crosstie.ideas import Names
from crosstie.ideas.threads import Message
from crosstie.ideas.topics import Conversations, Sensitive, Topics, conversations, topics
from crosstie.record import Account, Interaction, Kind, Openness, Place

pytestmark = pytest.mark.long

KEPT = 0.8
_TALK = frozenset({Kind.SAID, Kind.REPLIED})
SHORTEST = 14  # letters of a phrase that tells its topic


@pytest.fixture(scope="module")
def read(kestrel: Company) -> tuple[Conversations, dict[str, str], dict[str, str]]:
    """The company's talk, the names of its places, and its texts by id."""
    names, places, said = [], {}, []
    for trace in kestrel.traces():
        if isinstance(trace, Account):
            names.append(trace.name)
        elif isinstance(trace, Place):
            places[trace.id] = trace.name
        elif isinstance(trace, Interaction) and trace.openness is Openness.OPEN and trace.kind in _TALK:
            said.append(_message(trace))
    said.sort(key=lambda one: (one.at, one.external_id))
    columns = conversations(said, names=Names(names), sensitive=Sensitive(), place_names=places)
    return columns, places, {one.external_id: one.text.lower() for one in said}


@pytest.fixture(scope="module")
def found(read: tuple[Conversations, dict[str, str], dict[str, str]]) -> Topics:
    return topics(read[0], place_names=read[1], sensitive=Sensitive(), seed=20)


@pytest.mark.parametrize("seed", [1, 2])
def test_topics_and_conversations_stay_where_nothing_changed(read, found, seed):
    anew = topics(read[0], place_names=read[1], sensitive=Sensitive(), seed=seed, before=found, is_anew=True)
    then, now = (np.array([*one.ids, -1])[one.about.main] for one in (found, anew))
    assert len(set(found.ids) & set(anew.ids)) >= KEPT * len(found)
    assert (then == now)[then >= 0].mean() >= KEPT


def test_conversations_with_one_true_topic_are_mostly_together(read, found):
    """Of two conversations with the same true topic, far more share one than chance would have."""
    columns, _, texts = read
    phrases = _phrases()
    truth = np.full(len(columns), -1)
    for key, thread in zip(columns.message.tolist(), columns.thread.tolist(), strict=True):
        for phrase, topic in phrases:
            if phrase in texts[key]:
                truth[thread] = topic
    known = np.flatnonzero((truth >= 0) & (found.about.main >= 0))
    same_truth = truth[known][:, None] == truth[known]
    same_topic = found.about.main[known][:, None] == found.about.main[known]
    assert same_topic[same_truth].mean() > 5 * same_topic.mean()


def _message(act: Interaction) -> Message:
    assert act.at is not None
    return Message(
        external_id=act.external_id,
        author=act.actor,
        place=act.place,
        at=int(act.at.timestamp() * 1_000_000),
        is_reply=act.kind is Kind.REPLIED,
        thread=act.thread,
        replies_to=act.replies_to,
        asks=bool(act.asks),
        text=act.text or "",
    )


def _phrases() -> list[tuple[str, int]]:
    text = files("crosstie.demo").joinpath("topics.toml").read_text(encoding="utf-8")
    return [
        (part.strip().lower(), number)
        for number, topic in enumerate(tomllib.loads(text)["topic"])
        for phrase in [*topic["things"], *topic["troubles"], *topic["remedies"]]
        for part in re.split(r"\{\w+\}", phrase)
        if len(part.strip()) > SHORTEST
    ]
