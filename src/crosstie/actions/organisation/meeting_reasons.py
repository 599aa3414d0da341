"""Why these people should meet: found once from open evidence, and said to each of them from their side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.actions.snapshots import Snapshot
from crosstie.actions.speaking import spoken
from crosstie.actions.views import PersonCard
from crosstie.advice.colleagues import Colleagues
from crosstie.advice.common_ground import CommonGround, common_ground, has_newcomer
from crosstie.advice.introduction import Named, sentences
from crosstie.advice.joint_tasks import TASKS, JointTask
from crosstie.network.metrics.group_diversity import KINDS
from crosstie.people import Persons
from crosstie.record import Openness
from crosstie.saying import listed
from crosstie.store.models import Meeting

_MUTUAL_KEPT, _PLACES_KEPT, _OWN_PLACES_KEPT = 3, 2, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What speaks for a meeting, as it is kept: keys and no words.

    Attributes:
        reasons: ``mutual`` people, shared ``places``, ``own_places`` by person, and the person for whom it is
            a ``bridge`` into a group they hardly reach, "" if for nobody.
        task: the name of a small thing to do together.
    """

    reasons: dict[str, Any]
    task: str


def find(
    colleagues: Colleagues,
    people: Sequence[str],
    *,
    on: date,
    unnamed: frozenset[str],
    bridge_for: str = "",
) -> Found:
    """Find what speaks for two people, or three, meeting; people by key."""
    rows = [colleagues.index_of(person) for person in people]
    grounds = [common_ground(colleagues, *pair, unnamed=unnamed) for pair in combinations(rows, 2)]
    ground = _of_all(grounds)
    task = ground.task(
        newcomer=has_newcomer(colleagues, people, on=on), is_bridge=bool(bridge_for), seed="|".join(people)
    )
    own = ground.own_places if len(grounds) == 1 else {}
    return Found(
        reasons={
            "mutual": list(ground.mutual[:_MUTUAL_KEPT]),
            "places": list(ground.shared_places[:_PLACES_KEPT]),
            "own_places": {person: list(places[:_OWN_PLACES_KEPT]) for person, places in own.items()},
            "bridge": bridge_for,
        },
        task=task.name,
    )


def _of_all(grounds: Sequence[CommonGround]) -> CommonGround:
    """Return what holds for every pair of three people; what differs between any two of them."""
    first, *others = grounds
    return replace(
        first,
        mutual=tuple(key for key in first.mutual if all(key in one.mutual for one in others)),
        shared_places=tuple(
            key for key in first.shared_places if all(key in one.shared_places for one in others)
        ),
        differences=tuple(difference for one in grounds for difference in one.differences),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Who and what may be named now, looked up once for a page or a letter.

    Attributes:
        who: the persons.
        snapshot: the network.
        places: name and openness by key.
        leaving: accounts of someone who is about to be forgotten: shown no more.
    """

    who: Persons
    snapshot: Snapshot
    places: Mapping[str, tuple[str, str]]
    leaving: frozenset[str] = frozenset()

    def person(self, account: str) -> str:
        """Return the person of an account, "" if there is none (any more)."""
        return "" if account in self.leaving else self.who.person_of.get(account, "")

    def card(self, account: str) -> PersonCard:
        """Return the person of an account as any member may see them, as `gate.card_of` does."""
        person = self.who.by_key.get(self.person(account))
        if person is None:
            return PersonCard(key="", name=_("someone who is not shown"))
        return PersonCard(key=person.key, name=person.name, groups=dict(person.groups))

    def names(self, accounts: Sequence[str]) -> str:
        """Return the names of the people of some accounts, as a list within a sentence."""
        return spoken(listed([self.card(account).name for account in accounts]))

    def open_places(self, keys: Sequence[str]) -> list[str]:
        """Return the names of those places that are open."""
        found = [self.places.get(key, ("", "")) for key in keys]
        return [name for name, openness in found if name and openness == Openness.OPEN.value]


def shown_now(home: Home) -> Shown:
    """Return who and what may be named now."""
    return Shown(
        who=snapshots.persons(home),
        snapshot=snapshots.current(home),
        places=home.once("places by key", home.store.places.names),
    )


def task_of(meeting: Meeting) -> JointTask:
    """Return the small thing to do together."""
    return next((task for task in TASKS if task.name == meeting.task), TASKS[-1])


def said_to(shown: Shown, meeting: Meeting, me: str, others: Sequence[str]) -> tuple[str, ...]:
    """Say to one of them why, in the language that is active: what they share, then what differs.

    A mutual contact is named only while open places still show both ties and the contact is still shown at
    all; a place only while it is open. To who opted out nothing is said: no tie of theirs is shown.

    Args:
        shown: who and what may be named.
        meeting: which one.
        me: the person to whom it is said, by key.
        others: the persons they would meet.
    """
    reasons: dict[str, Any] = meeting.reasons
    by_key = shown.who.by_key
    if me not in by_key:
        return ()
    people = [one for one in (me, *others) if one]
    named = Named(
        people=len(people),
        mutual=[
            by_key[key].name
            for key in reasons.get("mutual", ())
            if key in by_key and all(_is_in_open_contact(shown.snapshot, key, one) for one in people)
        ],
        places=shown.open_places(reasons.get("places", ())),
        differences=[found for other in others for found in _differences(shown.who, me, other)],
        is_bridge=reasons.get("bridge") == me,
        elsewhere=[
            (by_key[other].name, shown.open_places(reasons.get("own_places", {}).get(other, ())))
            for other in others
            if other in by_key
        ],
    )
    return tuple(spoken(sentence) for sentence in sentences(named))


def _differences(who: Persons, me: str, other: str) -> list[tuple[str, str, str]]:
    if me not in who.by_key or other not in who.by_key:
        return []
    mine, theirs = who.by_key[me].groups, who.by_key[other].groups
    differ = [kind for kind in (*KINDS, *sorted(mine)) if mine.get(kind, "") != theirs.get(kind, "")]
    told = [kind for kind in differ if mine.get(kind) and theirs.get(kind)]
    # Who is in another department is in another team as well: the widest unit says it, and the town.
    unit = next((kind for kind in told if kind != "location"), None)
    return [(mine[kind], who.by_key[other].name, theirs[kind]) for kind in (unit, "location") if kind in told]


def _is_in_open_contact(snapshot: Snapshot, one: str, other: str) -> bool:
    """Say whether open places alone show that two people are in contact."""
    try:
        rows = snapshot.network.index_of(one), snapshot.network.index_of(other)
    except KeyError:
        return False
    ties = snapshot.open_ties
    start, end = np.searchsorted(ties.learner, [rows[0], rows[0] + 1])
    found = start + int(np.searchsorted(ties.teacher[start:end], rows[1]))
    return bool(found < end and ties.teacher[found] == rows[1] and (ties.active[found] or ties.known[found]))


def minutes(task: JointTask) -> str:
    """Say how long a task takes."""
    return ngettext("%(count)d minute", "%(count)d minutes", task.minutes) % {"count": task.minutes}
