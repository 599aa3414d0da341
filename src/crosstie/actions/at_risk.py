"""*Knowledge at risk*: the topic to everybody, and that it is they only to those on whom it hangs.

What everybody reads holds no key of a person, and none is kept of it: it is worked out anew from the topics,
whose frames stand by opaque keys, when somebody looks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from crosstie.actions import advising, snapshots, topics
from crosstie.actions import settings as settings_of
from crosstie.actions.home import Home
from crosstie.actions.pages.called import called
from crosstie.actions.speaking import spoken
from crosstie.actions.topic_files import Kept
from crosstie.actions.views import PersonCard
from crosstie.advice.at_risk import ADVISOR, HangsOnFew, at_risk, who_is_near
from crosstie.people import Person, Viewer
from crosstie.privacy import SMALLEST_EVER
from crosstie.saying import mark

PARTNERS = 3
"""With how many people somebody is shown that they could pair."""

_FEW = {1: mark("one person"), 2: mark("two people")}


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicAtRisk:
    """A topic that hangs on few.

    Attributes:
        id: the topic's number.
        label: what it is called.
        answered: how many conversations about it were answered in the last half year.
        by: ``one person`` or ``two people``, and no more is said.
    """

    id: int
    label: str
    answered: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTopicAtRisk:
    """A topic that hangs on the viewer, for them alone.

    Attributes:
        topic: as everybody reads it.
        partners: people who talk of it too, by name: with whom the viewer could pair, if both like to.
    """

    topic: TopicAtRisk
    partners: tuple[PersonCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRiskView:
    """Topics that hang on few people, as everybody reads them.

    Attributes:
        topics: those with the most conversations first.
        smallest_group: how many others have to take part in a topic for it to be shown.
        how, reading, cautions: how it was found, how to read it, and what it does not say.
    """

    topics: tuple[TopicAtRisk, ...]
    smallest_group: int
    how: str
    reading: str
    cautions: tuple[str, ...]


def topics_at_risk(home: Home) -> AtRiskView | None:
    """Return the topics that hang on one person or two; None where topics are yet to be made.

    Nobody in particular looks, and nobody is named. A topic is shown where the smallest group of others took
    part in it, and where those on whom it hangs are here still.
    """
    kept = topics.at_hand(home)
    if kept is None:
        return None
    return AtRiskView(
        topics=tuple(_shown(kept, one) for one in _found(home, kept)),
        smallest_group=_smallest(home),
        how=spoken(ADVISOR.how),
        reading=spoken(ADVISOR.reading),
        cautions=tuple(spoken(one) for one in ADVISOR.cautions),
    )


def own_topics_at_risk(
    home: Home, viewer: Viewer | str | None, *, may_pair: Callable[[str], bool] | None = None
) -> tuple[OwnTopicAtRisk, ...]:
    """Return the topics that hang on the viewer, of those that everybody reads; none before they are made.

    Args:
        home: the workspace.
        viewer: who looks.
        may_pair: says of a person's key whether the viewer could pair with them; everybody, if not given.

    Raises:
        NotShown: nobody looks.
    """
    me = advising.admitted(home, viewer).person
    kept = topics.at_hand(home)
    if kept is None or me not in kept.people:
        return ()
    row = kept.people.index(me)
    return tuple(
        OwnTopicAtRisk(topic=_shown(kept, one), partners=_partners(home, kept, one, may_pair))
        for one in _found(home, kept)
        if row in one.people
    )


def _found(home: Home, kept: Kept) -> tuple[HangsOnFew, ...]:
    """Return the topics that may be shown at all, to anybody."""
    return home.once(f"topics that hang on few, {_today()}", lambda: _looked_for(home, kept))


def _looked_for(home: Home, kept: Kept) -> tuple[HangsOnFew, ...]:
    here, at = snapshots.persons(home).by_key, snapshots.current(home).network.as_of
    found = at_risk(kept.took, kept.topics.about.main, at=int(at.timestamp() * 1_000_000))
    return tuple(
        one
        for one in found
        if one.others >= _smallest(home) and all(_is_here(here.get(kept.people[row])) for row in one.people)
    )


def _shown(kept: Kept, one: HangsOnFew) -> TopicAtRisk:
    return TopicAtRisk(
        id=kept.topics.ids[one.topic],
        label=kept.topics.labels[one.topic],
        answered=one.answered,
        by=spoken(_FEW[len(one.people)]),
    )


def _partners(
    home: Home, kept: Kept, one: HangsOnFew, may_pair: Callable[[str], bool] | None
) -> tuple[PersonCard, ...]:
    persons = snapshots.persons(home)
    names = called(home)
    near = [persons.by_key.get(kept.people[row]) for row in who_is_near(kept.profiles, one)]
    cards = [
        PersonCard(key=person.key, name=names.get(person.key, person.name), groups=dict(person.groups))
        for person in near
        if person is not None
        and person.name
        and _is_here(person)
        and (may_pair is None or may_pair(person.key))
    ][:PARTNERS]
    return tuple(sorted(cards, key=lambda card: (card.name.casefold(), card.key)))


def _is_here(person: Person | None) -> bool:
    """Say whether somebody may be shown and has not left."""
    return person is not None and not (person.left_on and person.left_on <= _today())


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _smallest(home: Home) -> int:
    return max(settings_of.chosen(home).network.smallest_group, SMALLEST_EVER)


__all__ = ["AtRiskView", "OwnTopicAtRisk", "TopicAtRisk", "own_topics_at_risk", "topics_at_risk"]
