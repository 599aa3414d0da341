"""*My circle*: who is in it, how large and diverse it is, whom I turned to and who turned to me."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import dropwhile

import numpy as np
from numpy.typing import NDArray

from crosstie.actions.home import Home
from crosstie.actions.pages.fading import fading
from crosstie.actions.pages.figures import DAYS_A_MONTH, figures
from crosstie.actions.pages.headline import headline
from crosstie.actions.pages.sight import Sight, moment, sight
from crosstie.actions.pages.weights import moves
from crosstie.actions.views import CircleView, Contact, Month
from crosstie.people import Viewer

_FADES = 2
"""One answer keeps a contact active for so many half-lives: in them the line over time fills up."""

DRAWN = 60
"""How many contacts the picture shows at most; the lists show all."""


def circle(home: Home, who: Viewer | str | None) -> CircleView:
    """Return the viewer's own circle.

    Raises:
        NotShown: the viewer is nobody in this network, or not the one this workspace was read for.
    """
    seen = sight(home, who)
    me = seen.me
    contacts = contacts_of(seen)
    rows = [seen.network.index_of(contact.person.key) for contact in contacts]
    among = _among(seen, rows[:DRAWN])
    contacts = _placed(contacts, among, seen.snapshot.settings.seed)
    first_at = [moment(at) for at in seen.network.ties.first_at[seen.network.ties.learner == me].tolist()]
    since = min((at for at in first_at if at), default=None)
    months = _months(seen, since)
    earlier = len(seen.snapshot.months.months) - len(months)
    stays = math.ceil(_FADES * seen.snapshot.settings.half_life_days / DAYS_A_MONTH)
    return CircleView(
        viewer=seen.card(me),
        as_of=seen.as_of,
        since=since,
        headline=headline(home, seen, contacts, months),
        contacts=tuple(contacts),
        among=tuple(among),
        figures=figures(seen, contacts),
        months=months,
        turned_to=tuple(
            sorted((one for one in contacts if one.turned_to > 0), key=lambda one: -one.turned_to)
        ),
        turned_to_me=tuple(
            sorted((one for one in contacts if one.turned_to_me > 0), key=lambda one: -one.turned_to_me)
        ),
        learned_words=False,
        moves=moves(seen),
        fading=fading(home, seen),
        stays_months=stays,
        filling_months=max(0, stays - earlier),
    )


def contacts_of(seen: Sight) -> list[Contact]:
    """Return everyone in the viewer's circle: the active part first, the strongest first."""
    ties = seen.network.ties
    me = seen.me
    out = {int(teacher): row for row, teacher in _rows(ties.learner == me, ties.teacher)}
    back = {int(learner): row for row, learner in _rows(ties.teacher == me, ties.learner)}
    contacts = []
    for other in out.keys() | back.keys():
        row = out.get(other, back.get(other, -1))
        if not (ties.active[row] or ties.known[row]):
            continue
        forth, there = out.get(other), back.get(other)
        contacts.append(
            Contact(
                person=seen.card(other),
                contact=float(ties.contact[row]),
                got=0.0 if forth is None else float(ties.learned[forth]),
                given=0.0 if there is None else float(ties.learned[there]),
                turned_to=0.0 if forth is None else float(ties.turned_to[forth]),
                turned_to_me=0.0 if there is None else float(ties.turned_to[there]),
                last_at=moment(int(ties.last_at[row])),
                is_active=bool(ties.active[row]),
                is_stated=bool(ties.stated[row]),
                known_contact=float(ties.known_contact[row]),
            )
        )
    return sorted(contacts, key=lambda one: (not one.is_active, -one.contact, one.person.key))


def _rows(mask: NDArray[np.bool_], ends: NDArray[np.int32]) -> list[tuple[int, int]]:
    found = np.flatnonzero(mask)
    return list(zip(found.tolist(), ends[found].tolist(), strict=True))


def _among(seen: Sight, rows: Sequence[int]) -> list[tuple[int, int, float]]:
    """Return the active ties among contacts, each once, by their place in the list of contacts."""
    place = np.full(len(seen.network.persons), -1, dtype=np.int64)
    place[list(rows)] = np.arange(len(rows))
    ties = seen.network.ties
    both = (
        (place[ties.learner] >= 0) & (place[ties.teacher] >= 0) & (ties.learner < ties.teacher) & ties.active
    )
    return [
        (int(place[one]), int(place[other]), weight)
        for one, other, weight in zip(
            ties.learner[both].tolist(), ties.teacher[both].tolist(), ties.contact[both].tolist(), strict=True
        )
    ]


def _placed(contacts: list[Contact], among: list[tuple[int, int, float]], seed: int) -> list[Contact]:
    from crosstie.network.layout import circle_layout

    drawn = contacts[:DRAWN]
    position, cluster = circle_layout(
        np.array([contact.contact for contact in drawn], dtype=np.float64),
        np.array([(one, other) for one, other, _ in among], dtype=np.int32).reshape(-1, 2),
        np.array([weight for _, _, weight in among], dtype=np.float64),
        seed=seed,
    )
    placed = [
        replace(contact, x=float(position[row, 0]), y=float(position[row, 1]), cluster=int(cluster[row]))
        for row, contact in enumerate(drawn)
    ]
    return placed + contacts[DRAWN:]


def _months(seen: Sight, since: datetime | None) -> tuple[Month, ...]:
    """Return the viewer's months from their first on; what others may not see of them is theirs to see."""
    over_time = seen.snapshot.months
    me = seen.me
    months = tuple(
        Month(
            month=month,
            contacts=int(over_time.contacts[row, me]),
            got=float(over_time.got[row, me]),
            given=float(over_time.given[row, me]),
        )
        for row, month in enumerate(over_time.months)
    )

    def has_begun(month: Month) -> bool:
        # A tie that ended is in these months, and no longer among those that say since when.
        told = month.contacts or month.got or month.given
        return bool(told) or (since is not None and month.month >= since.date().replace(day=1))

    return tuple(dropwhile(lambda month: not has_begun(month), months))
