"""*Panel*: a few people who know a matter and come to it from different sides, through the gate."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from crosstie.actions import advising, asked_places, snapshots, viewpoints
from crosstie.actions.advice_views import Helper, Panel, Seat
from crosstie.actions.home import Home
from crosstie.actions.prepared import Prepared, at_hand
from crosstie.actions.speaking import spoken
from crosstie.config import AdviceSettings
from crosstie.errors import UsageRefused
from crosstie.network.network import Network
from crosstie.people import Viewer
from crosstie.saying import listed, say

if TYPE_CHECKING:
    from crosstie.advice import panel as advice

_NUMBERS = re.compile(r"(?P<exactly>\d{1,3})|(?P<least>\d{1,3})?\.\.(?P<most>\d{1,3})?")


def panel(
    home: Home,
    viewer: Viewer | str | None,
    text: str,
    place: str = "",
    seats: int | None = None,
    *,
    quotas: Sequence[advice.Quota] = (),
    only: Collection[str] | None = None,
    excluded: Collection[str] = (),
    asked_lately: Mapping[str, int] | None = None,
) -> Panel:
    """Return a panel for a question; without anybody before there can be advice.

    Args:
        home: the workspace.
        viewer: who asks; never on it, and at most half of it are people they are in touch with at present.
        text: the question.
        place: key or name of the open place it belongs to; "": the one that questions like it were asked in.
        seats: how many people at most; None for five.
        quotas: how many of which groups at least or at most.
        only: keys of the people who may be on it; everyone, if not given.
        excluded: keys of people who may not.
        asked_lately: how often someone was asked of late, by key.

    Raises:
        NotShown: nobody looks.
        UsageRefused: there is no text, or the quotas cannot be met, or are of no group.
    """
    from crosstie.advice import experts
    from crosstie.advice import panel as advice
    from crosstie.advice.knowing import knowing, units_that_answered
    from crosstie.advice.touched import voted_on

    text = advising.said(text)
    who, ready, chosen = advising.admitted(home, viewer), at_hand(home), AdviceSettings()
    wanted = min(seats or advice.PanelSettings().seats, advice.PanelSettings().most_seats)
    if ready is None:
        return _told((), wanted, is_ready=False, has_failed=advising.has_failed(home))
    lately = advising.asked_lately_of(ready, asked_lately)
    with ready.index() as index:
        voted = voted_on(index, text, number_of=ready.number_of, at=ready.activity.at)
        there = asked_places.place_of(home, ready, place or voted.place)
        people = experts.candidates(
            ready.activity,
            chosen,
            asker=ready.number_of.get(who.person),
            excluded=advising.barred(home, ready, only, excluded),
        )
        people = people[
            (voted.votes[people] > 0).any(axis=1) | (voted.like[people] > 0) | (voted.touched[people] > 0)
        ]
        load = experts.burden(ready.activity, people, chosen, lately)
        groups = _groups(home, ready)
        score = knowing(
            ready.activity, voted, there, people, weights=ready.weights, settings=chosen, groups=groups
        )
        score = score - experts.spared(ready.activity, people, chosen, lately)
        found = advice.panel(
            _candidates(home, ready, who, people, groups, score=score, load=load), seats=wanted, quotas=quotas
        )
        rows = [one.row for one in found]
        explained = experts.explained(ready.activity, voted, people[rows], score[rows], place=there)
        helpers = advising.helpers(home, ready, who, explained, text, index=index, there=there)
    made = tuple(
        Seat(
            helper=helper,
            brings=brought(helper, seat.alone_of, units_that_answered(voted, int(people[seat.row]), groups)),
        )
        for helper, seat in zip(helpers, found, strict=True)
    )
    by_name = sorted(made, key=lambda one: (one.helper.person.name.casefold(), one.helper.person.key))
    return _told(tuple(by_name), wanted)


def quota(said: str) -> advice.Quota:
    """Return a number for a group as it was said.

    Args:
        said: ``Sales=2`` for two, ``Sales=1..2`` for one or two, ``Sales=1..`` for at least one,
            ``Sales=..2`` for at most two.

    Raises:
        UsageRefused: it says no number.
    """
    from crosstie.advice.panel import Quota

    unit, _equals, numbers = said.rpartition("=")
    found = _NUMBERS.fullmatch(numbers.strip())
    least, most = found.group("least", "most") if found else (None, None)
    if not unit.strip() or not found or (least is most is None and not found["exactly"]):
        raise UsageRefused(
            _('"%(said)s" says no number for a group.') % {"said": said},
            hint=_("Say Sales=2, Sales=1..2, Sales=1.. (at least) or Sales=..2 (at most)."),
        )
    if exactly := found["exactly"]:
        return Quota(unit=unit.strip(), at_least=int(exactly), at_most=int(exactly))
    return Quota(unit=unit.strip(), at_least=int(least or 0), at_most=int(most) if most else None)


def brought(helper: Helper, alone_of: Mapping[str, str], near: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Say what somebody brings to a panel: where they worked on it, whence they come; not what they think.

    Of whoever has nothing near, it is said where they come from, and in which of their groups others have.

    Args:
        helper: them, with the answers that the viewer may see.
        alone_of: the units of which nobody else on the panel is.
        near: the units of theirs in which others answered something near.
    """
    answered = sorted({one.place for one in helper.evidence if one.place and one.kind == "answered"})
    has_answered = bool(answered)
    places = answered or sorted({one.place for one in helper.evidence if one.place})
    groups = tuple(dict.fromkeys(unit for unit in helper.person.groups.values() if unit))
    said = []
    if places and groups:
        said.append(
            say(
                "Has answered about this in %(places)s; comes from %(groups)s.",
                places=listed(places),
                groups=listed(groups),
            )
            if has_answered
            else say(
                "Has worked on this in %(places)s; comes from %(groups)s.",
                places=listed(places),
                groups=listed(groups),
            )
        )
    elif places and has_answered:
        said.append(say("Has answered about this in %(places)s.", places=listed(places)))
    elif places:
        said.append(say("Has worked on this in %(places)s.", places=listed(places)))
    elif groups:
        said.append(say("Comes from %(groups)s.", groups=listed(groups)))
    if near and not places:
        said.append(say("Others of %(groups)s answered questions near this one.", groups=listed(near)))
    alone = tuple(dict.fromkeys(alone_of.values()))
    if alone:
        said.append(say("Nobody else on the panel is from %(groups)s.", groups=listed(alone)))
    return tuple(said)


def people_near(network: Network, person: str, *, only_active: bool = False) -> frozenset[str]:
    """Return the keys of the people in somebody's circle, active or known; nobody where there is none.

    It is for deciding what to say to this person, and never for showing it to another.
    """
    try:
        me = network.index_of(person)
    except KeyError:
        return frozenset()
    ties = network.ties
    # Contact has no direction, so each of them stands in one row with the person as the learner.
    start, end = np.searchsorted(ties.learner, [me, me + 1])
    there = ties.active[start:end]
    if not only_active:
        there = there | ties.known[start:end]
    return frozenset(str(key) for key in network.persons[ties.teacher[start:end][there]])


def _told(seats: tuple[Seat, ...], wanted: int, *, is_ready: bool = True, has_failed: bool = False) -> Panel:
    from crosstie.advice.panel import ADVISOR, MEASURED

    return Panel(
        seats=seats,
        wanted=wanted,
        is_ready=is_ready,
        has_failed=has_failed,
        how=spoken(ADVISOR.how),
        measured=spoken(MEASURED),
        cautions=tuple(spoken(one) for one in ADVISOR.cautions),
    )


def _groups(home: Home, ready: Prepared) -> dict[str, NDArray[np.object_]]:
    """Return by kind the unit of everybody in the index, "" where unknown; also of who is no person now."""
    persons = snapshots.persons(home)
    theirs = [persons.by_key[key].groups if key in persons.by_key else {} for key in ready.people]
    return {
        kind: np.array([units.get(kind, "") for units in theirs], dtype=object)
        for kind in persons.group_kinds
    }


def _candidates(
    home: Home,
    ready: Prepared,
    who: Viewer,
    people: NDArray[np.int64],
    groups: Mapping[str, NDArray[np.object_]],
    *,
    score: NDArray[np.float64],
    load: NDArray[np.float64],
) -> advice.Candidates:
    from crosstie.advice.panel import Candidates, places_answered_in

    snapshot = snapshots.current(home)
    keys = [ready.people[person] for person in people]
    is_open = np.array([key in asked_places.open_now(home, ready) and key != "" for key in ready.places])
    near = people_near(snapshot.network, who.person, only_active=True)
    return Candidates(
        score=score,
        load=load,
        is_near=np.array([key in near for key in keys], dtype=np.bool_),
        groups={kind: units[people] for kind, units in groups.items()},
        community=ready.community[people],
        places=places_answered_in(ready.activity, people, is_open),
        views=viewpoints.of(home, ready.file.parent, keys),
    )


__all__ = ["brought", "panel", "people_near", "quota"]
