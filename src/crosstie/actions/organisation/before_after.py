"""A workshop's circles before and after: measured behind the pages, from the record as it stands now.

Both days are tied from the same record, with the same corrections, so that what was read or corrected later
changes both alike. Whom people named as missing was there before, so naming is left out of both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

import numpy as np
from django.utils import timezone

from crosstie.actions import columns, settings, snapshots
from crosstie.actions.corrections import standing
from crosstie.actions.home import Home
from crosstie.actions.inferring import with_inferred
from crosstie.actions.organisation import gate
from crosstie.actions.organisation.cohort import taking_part
from crosstie.actions.organisation.members import SOURCE
from crosstie.actions.organisation.weeks import ONE_WEEK, WEEKS
from crosstie.actions.pages.figures import FEWEST_CONTACTS
from crosstie.network.circles import circles_of
from crosstie.network.ended import NOTHING_ENDED, ended_pairs, without_contact
from crosstie.network.metrics import group_diversity
from crosstie.network.network import Network
from crosstie.network.tie import tie
from crosstie.practice.group_change import GroupChange, group_change
from crosstie.store.models import Participant, Workshop

SHORTEST = 2 * ONE_WEEK
"""With less than this between the two days there is too little to compare."""

WAITED_FOR = 8 * ONE_WEEK
"""How long after its end a workshop waits for sources to be read up to there."""

_LATELY = timedelta(days=30)
_SOME_DAYS = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """Everybody's circle on one day.

    Attributes:
        network: of that day.
        sizes: (P,) people in the active circle.
        groups: (P,) over how many groups contact is spread; NaN where there is too little to say.
    """

    network: Network
    sizes: np.ndarray[tuple[int], np.dtype[np.int64]]
    groups: np.ndarray[tuple[int], np.dtype[np.float64]]

    def near(self, row: int, *, known: bool) -> frozenset[int]:
        """Return the rows of those in someone's circle, with or without the part that has faded."""
        ties = self.network.ties
        mine = ties.learner == row
        there = mine & ((ties.active | ties.known) if known else ties.active)
        return frozenset(ties.teacher[there].tolist())


def measure(home: Home, workshop: Workshop) -> None:
    """Measure the circles of a workshop's people before it and later; begun again it ends the same.

    Where the record reaches its end, or has been waited for, the group's change is kept for good.
    """
    begins = datetime.combine(workshop.starts_on, time(), tzinfo=UTC)
    ends = begins + len(WEEKS) * ONE_WEEK
    now = timezone.now()
    until = min(_covered(home, begins), ends, now)
    if until - begins >= SHORTEST:
        _measure(home, workshop, begins, until)
    if (until >= ends - _SOME_DAYS and now >= ends) or now >= ends + WAITED_FOR:
        change = _of_group(home, workshop)
        Workshop.objects.filter(pk=workshop.pk, change={}).update(change=change)


def _covered(home: Home, begins: datetime) -> datetime:
    """Return up to when every source that told of the weeks before the workshop was read."""
    with home.record.connect() as connection:
        row = connection.execute(
            'SELECT min(latest) FROM (SELECT epoch_us(max("at")) AS latest FROM interactions'
            " WHERE source <> ? GROUP BY source) WHERE latest >= ?",
            [SOURCE, int((begins - _LATELY).timestamp() * 1_000_000)],
        ).fetchone()
    if row is None or row[0] is None:
        return begins
    return datetime.fromtimestamp(row[0] / 1_000_000, tz=UTC)


def _measure(home: Home, workshop: Workshop, begins: datetime, until: datetime) -> None:
    waiting = [one for one in taking_part(workshop) if one.after.get("on") != until.date().isoformat()]
    if not waiting:
        return
    before, after = _day(home, begins), _day(home, until)
    everyone = (before.sizes > 0) | (after.sizes > 0)
    enough = int(everyone.sum()) >= settings.chosen(home).network.smallest_group
    for one in waiting:
        person = gate.person_of(home, one.account)
        try:
            row = before.network.index_of(person)
        except KeyError:
            continue  # they opted out
        was, new = before.near(row, known=True), after.near(row, known=False)
        Participant.objects.filter(pk=one.pk).update(
            before=_figures(before, row, begins, everyone if enough else None),
            after={**_figures(after, row, until, everyone if enough else None), "new": len(new - was)},
        )


def _figures(
    day: _Day, row: int, on: datetime, everyone: np.ndarray[tuple[int], np.dtype[np.bool_]] | None
) -> dict[str, object]:
    groups = float(day.groups[row])
    return {
        "on": on.date().isoformat(),
        "size": int(day.sizes[row]),
        "groups": None if np.isnan(groups) else groups,
        "everyone": None if everyone is None else float(day.sizes[everyone].mean()),
        "people": 0 if everyone is None else int(everyone.sum()),
    }


def _day(home: Home, at: datetime) -> _Day:
    """Tie everything up to a moment, as people corrected it, but for what they named."""
    who, chosen = snapshots.persons(home), settings.chosen(home)
    corrections = standing(home, who)
    ended = [NOTHING_ENDED]
    groups: Mapping[str, Mapping[str, str]] = {
        kind: {key: one.groups[kind] for key, one in who.by_key.items() if kind in one.groups}
        for kind in who.group_kinds
    }
    with with_inferred(home, corrections, chosen) as connection:
        connection.execute(
            "CREATE TEMP VIEW interactions AS SELECT * FROM memory.main.interactions"  # noqa: S608 - our own name
            f" WHERE kind <> 'named' OR source <> '{SOURCE}'"
        )
        if corrections.ended:
            connection.register("tie_ended", corrections.ended_table())
        network = tie(
            connection,
            persons=columns.accounts_table(who),
            settings=chosen.network,
            as_of=at,
            groups=groups,
            acts=chosen.acts,
            known=home.store.known_ties.table(),
            also=(lambda tying: ended.append(ended_pairs(tying)),) if corrections.ended else (),
        )
    network = replace(network, ties=without_contact(network.ties, ended[-1], stays_known=True))
    sizes = circles_of(network).sizes
    spread = np.where(sizes >= FEWEST_CONTACTS, group_diversity.compute(network), np.nan)
    return _Day(network=network, sizes=sizes, groups=spread)


def _of_group(home: Home, workshop: Workshop) -> dict[str, object]:
    """Return the group's change: of those who take part, but for the facilitator, who knows their own."""
    smallest = settings.chosen(home).network.smallest_group
    measured = [one for one in taking_part(workshop).exclude(account=workshop.facilitator) if one.after]
    spread = [one for one in measured if None not in {one.before["groups"], one.after["groups"]}]
    return {
        "on": timezone.localdate().isoformat(),
        "size": _kept(
            group_change([one.after["size"] - one.before["size"] for one in measured], smallest=smallest)
        ),
        "new": _kept(group_change([one.after["new"] for one in measured], smallest=smallest)),
        "groups": _kept(
            group_change([one.after["groups"] - one.before["groups"] for one in spread], smallest=smallest)
        ),
    }


def _kept(change: GroupChange) -> dict[str, object]:
    return {"people": change.people, "mean": change.mean, "low": change.low, "high": change.high}
