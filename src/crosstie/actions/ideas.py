"""What people talk of here: topics of open places, as far as enough people talk of them to say so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.utils.translation import get_language_info

from crosstie.actions import settings as settings_of
from crosstie.actions import snapshots, topics
from crosstie.actions.home import Home
from crosstie.actions.topic_files import Kept
from crosstie.ideas.topics.clustering import has_models
from crosstie.ideas.topics.profiles import most_of_one, people_in
from crosstie.privacy import SMALLEST_EVER
from crosstie.record import Openness

PLACES = 3
"""How many places are named with a topic."""

_LEAST_SHARE = 0.1  # of a topic's conversations, for its place to be named
_MOST_OF_A_TOPIC = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView:
    """One topic.

    Attributes:
        id: its number, the same from month to month.
        label: what it is called.
        words: the words that tell it from others.
        conversations: how many are about it.
        people: how many take part in them.
        places: where most of them are, the first first.
    """

    id: int
    label: str
    words: tuple[str, ...]
    conversations: int
    people: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeasView:
    """The topics of a workspace.

    Attributes:
        topics: those with the most conversations first.
        hidden: how many topics are not shown, as too few people talk of them, or one too much.
        conversations: how many there are in open places.
        without: how many of them have no topic: too short, unlike the others, or sensitive.
        smallest_group: how many people have to talk of a topic.
        is_by_place: whether each place stands for a topic.
        lacks_library: whether it does as the library that finds topics in the words is not there.
        languages: that so many people write in, the commonest first; none where they all write in one.
    """

    topics: tuple[TopicView, ...]
    hidden: int
    conversations: int
    without: int
    smallest_group: int
    is_by_place: bool
    lacks_library: bool
    languages: tuple[str, ...]


def ideas(home: Home, kept: Kept | None = None) -> IdeasView:
    """Return the topics of the workspace; nobody in particular looks, and nobody is named.

    Args:
        home: the workspace.
        kept: the topics of another snapshot than the current one.
    """
    kept = kept or topics.current(home)
    smallest = max(settings_of.chosen(home).network.smallest_group, SMALLEST_EVER)
    found, main = kept.topics, kept.topics.about.main
    people = people_in(kept.took, main, len(found))
    most = most_of_one(kept.took, main, len(found))
    sizes = np.bincount(main[main >= 0], minlength=len(found))
    shown = np.flatnonzero((people >= smallest) & (most <= _MOST_OF_A_TOPIC) & (sizes > 0))
    order = shown[np.lexsort((shown, -sizes[shown]))]
    names = _open_places(home, kept)
    return IdeasView(
        topics=tuple(
            TopicView(
                id=found.ids[row],
                label=found.labels[row],
                words=found.words[row],
                conversations=int(sizes[row]),
                people=int(people[row]),
                places=_places(kept, row, names),
            )
            for row in order.tolist()
        ),
        hidden=int((sizes > 0).sum()) - len(shown),
        conversations=len(found.key),
        without=int((main < 0).sum()),
        smallest_group=smallest,
        is_by_place=found.space.axes is None,
        lacks_library=found.space.axes is None and not has_models(),
        languages=_languages(kept, smallest),
    )


def _languages(kept: Kept, smallest: int) -> tuple[str, ...]:
    told = [code for code, people in kept.languages.items() if people >= smallest]
    if len(told) < 2:  # noqa: PLR2004 -- one language is nothing to tell
        return ()
    return tuple(map(_called, sorted(told, key=lambda code: (-kept.languages[code], code))))


def _called(code: str) -> str:
    """Return what a language is called in the viewer's; its code where nobody says."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _places(kept: Kept, row: int, names: dict[int, str]) -> tuple[str, ...]:
    there = np.bincount(kept.place[kept.topics.about.main == row], minlength=len(kept.places))
    order = np.argsort(-there, kind="stable")[:PLACES]
    return tuple(
        names[place]
        for place in order.tolist()
        if place in names and there[place] >= _LEAST_SHARE * there.sum()
    )


def _open_places(home: Home, kept: Kept) -> dict[int, str]:
    """Return the names of places that are open now, by number."""
    known = home.store.places.names(among=kept.places)
    named = {row: known[key] for row, key in enumerate(kept.places) if key in known}
    return {row: name for row, (name, openness) in named.items() if name and openness == Openness.OPEN}


def about(home: Home, learner: str, teacher: str, *, most: int = 3) -> tuple[str, ...]:
    """Return what two people's tie is about, both ways, by open evidence: labels, the heaviest first.

    Nothing, where topics are yet to be made or one of the two may not be shown.

    Args:
        home: the workspace.
        learner: a person's key; the caller vouches that it is the viewer's own tie.
        teacher: the other's.
        most: how many labels.
    """
    kept = topics.made(home)
    here = snapshots.persons(home).by_key
    if kept is None or learner not in here or teacher not in here:
        return ()
    number = {key: row for row, key in enumerate(kept.people)}
    one, other = number.get(learner, -1), number.get(teacher, -1)
    told = kept.learned
    own = np.concatenate([told.rows_of(one, other), told.rows_of(other, one)])
    weight = np.bincount(told.topic[own], weights=told.weight[own], minlength=len(kept.topics))
    order = np.lexsort((np.arange(len(weight)), -weight))[:most]
    return tuple(kept.topics.labels[row] for row in order.tolist() if weight[row] > 0)
