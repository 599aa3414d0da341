"""How a snapshot is made: the record tied as people corrected it, and everything that is measured on it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crosstie.actions import columns
from crosstie.actions.corrections import Corrections, standing
from crosstie.actions.going_on import OPEN, WHOLE, GoingOn, Tied
from crosstie.actions.home import Home
from crosstie.actions.inferring import with_inferred
from crosstie.actions.settings import Chosen
from crosstie.actions.snapshots import TRAIL
from crosstie.network.ended import NOTHING_ENDED, Ended, acts_without, ended_pairs, without_contact
from crosstie.network.going_on.keeping import Keeping
from crosstie.network.going_on.refusals import Anew
from crosstie.network.months import Months
from crosstie.network.network import Network, Ties
from crosstie.network.sensitivity import ByAct
from crosstie.network.survival import Touches
from crosstie.people import Persons
from crosstie.privacy import SMALLEST_EVER

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def build(
    home: Home, who: Persons, folder: Path, as_of: datetime | None, chosen: Chosen, *, earlier: Path | None
) -> None:
    """Write everything of a snapshot into a folder.

    Args:
        home: the workspace.
        who: its persons.
        folder: where, empty.
        as_of: aware; the date the decay counts from, None for that of the latest interaction.
        chosen: what it is tied with.
        earlier: the folder of the snapshot before, to go on from; None if there is none.
    """
    from crosstie.network.communities import communities
    from crosstie.network.jackknife import errors
    from crosstie.network.layout import layout
    from crosstie.network.meetings import meetings
    from crosstie.network.metrics.registry import measure
    from crosstie.network.sensitivity import sensitivity
    from crosstie.network.touches import alive_of_ties

    corrections, settings = standing(home, who), chosen.network
    tying, trail = _Tying(home, who, chosen, corrections, trail=folder / TRAIL), folder / TRAIL
    with with_inferred(home, corrections, chosen) as connection:
        going_on = (
            None
            if as_of
            else GoingOn(connection, earlier=earlier, into=folder, chosen=chosen, corrections=corrections)
        )
        network, open_ties, tied = tying.of_snapshot(connection, going_on, as_of)
        if going_on is not None:
            going_on.keep()
    beside = ThreadPoolExecutor(max_workers=1)  # of a large record it takes as long as all the rest
    try:
        alive = beside.submit(alive_of_ties, network, tying.touches)
        found = communities(network, seed=settings.seed)
        with home.queries() as connection:
            meeting = meetings(connection, trail=trail, community=found, fewest=SMALLEST_EVER)
        moves = sensitivity(tying.apart, people=len(network.persons), active_contact=settings.active_contact)
        columns.save(
            folder,
            network=network,
            open_ties=open_ties,
            scores=measure(network),
            errors=errors(network),
            community=found,
            position=layout(network, seed=settings.seed),
            months=tying.months,
            meetings=meeting,
            tied=tied,
            moves=moves,
            alive=alive.result(),
            smallest_group=settings.smallest_group,
        )
    finally:
        beside.shutdown(wait=False, cancel_futures=True)  # whoever stops it is not kept waiting


class _Tying:
    """The tyings of one snapshot, and what is taken from that of all evidence while its tables are there."""

    def __init__(
        self, home: Home, who: Persons, chosen: Chosen, corrections: Corrections, *, trail: Path
    ) -> None:
        self._known = home.store.known_ties.table()
        self._who, self._chosen, self._corrections, self._trail = who, chosen, corrections, trail
        self.ended: Ended = NOTHING_ENDED
        self.ended_openly: Ended = NOTHING_ENDED
        self.months: Months
        self.apart: ByAct
        self.touches: Touches

    def of_snapshot(
        self, connection: DuckDBPyConnection, going_on: GoingOn | None, as_of: datetime | None
    ) -> tuple[Network, Ties, dict[str, Tied]]:
        """Return the network, the ties from open places alone, and how each was tied.

        Where all evidence is open, the second is what there is already.

        Args:
            connection: with all interactions, as they are to be tied.
            going_on: what to go on from, and to keep with; None where a date was asked for.
            as_of: that date.
        """
        if self._corrections.ended:
            connection.register("tie_ended", self._corrections.ended_table())
        how: dict[str, Tied] = {}

        def tied(name: str, make: Callable[[Keeping | None], Network], trail: str = "") -> Network:
            if going_on is None:
                how[name] = Tied(went_on=False, because=str(Anew.DATED))
                return make(None)
            network, how[name] = going_on.tied(name, make, trail=trail)
            return network

        network = tied(WHOLE, lambda keeping: self._whole(connection, as_of, keeping), TRAIL)
        network = replace(network, ties=without_contact(network.ties, self.ended, stays_known=True))
        if bool(network.ties.is_open.all()) and not self._corrections.ended:
            return network, network.ties, how
        connection.execute(
            "CREATE TEMP VIEW interactions AS SELECT * FROM memory.main.interactions WHERE openness = 'open'"
        )
        in_the_open = tied(OPEN, lambda keeping: self._open(connection, network.as_of, keeping))
        return network, without_contact(in_the_open.ties, self.ended_openly, stays_known=False), how

    def _whole(
        self, connection: DuckDBPyConnection, as_of: datetime | None, keeping: Keeping | None
    ) -> Network:
        from crosstie.network.tie import tie
        from crosstie.network.trail import write_trail

        who = self._who
        return tie(
            connection,
            persons=columns.accounts_table(who),
            settings=self._chosen.network,
            as_of=as_of,
            groups={
                kind: {key: one.groups[kind] for key, one in who.by_key.items() if kind in one.groups}
                for kind in who.group_kinds
            },
            acts=self._chosen.acts,
            known=self._known,
            keeping=keeping,
            also=(
                partial(self._take, people=len(who.by_key)),
                partial(write_trail, file=self._trail, earlier=keeping.trail if keeping else None),
            ),
        )

    def _open(self, connection: DuckDBPyConnection, as_of: datetime, keeping: Keeping | None) -> Network:
        from crosstie.network.tie import tie

        return tie(
            connection,
            persons=columns.accounts_table(self._who),
            settings=self._chosen.network,
            as_of=as_of,
            acts=self._chosen.acts,
            keeping=keeping,
            also=(self._take_ended_openly,) if self._corrections.ended else (),
        )

    def _take_ended_openly(self, tying: DuckDBPyConnection) -> None:
        self.ended_openly = ended_pairs(tying)

    def _take(self, tying: DuckDBPyConnection, *, people: int) -> None:
        from crosstie.network.months import months
        from crosstie.network.sensitivity import by_act
        from crosstie.network.touches import touches_in

        settings = self._chosen.network
        if self._corrections.ended:
            self.ended = ended_pairs(tying)
        self.months = months(
            tying,
            persons=people,
            half_life_days=settings.half_life_days,
            active_contact=settings.active_contact,
            ended=self.ended,
        )
        self.touches = touches_in(tying)
        self.apart = acts_without(by_act(tying, half_life_days=settings.half_life_days), self.ended)
