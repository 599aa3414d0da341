"""How a snapshot is made: the record tied as people corrected it, and everything that is measured on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crosstie.actions import columns
from crosstie.actions.corrections import Corrections, standing
from crosstie.actions.home import Home
from crosstie.actions.inferring import with_inferred
from crosstie.actions.settings import Chosen
from crosstie.network.ended import NOTHING_ENDED, Ended, acts_without, ended_pairs, without_contact
from crosstie.network.months import Months
from crosstie.network.network import Network, Ties
from crosstie.network.sensitivity import ByAct
from crosstie.network.survival import Touches
from crosstie.people import Persons
from crosstie.privacy import SMALLEST_EVER

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def build(
    home: Home, who: Persons, folder: Path, as_of: datetime | None, chosen: Chosen, *, trail: Path
) -> None:
    """Write everything of a snapshot into a folder.

    Args:
        home: the workspace.
        who: its persons.
        folder: where, empty.
        as_of: aware; the date the decay counts from, None for that of the latest interaction.
        chosen: what it is tied with.
        trail: the file for the interactions behind each tie.
    """
    from crosstie.network.communities import communities
    from crosstie.network.jackknife import errors
    from crosstie.network.layout import layout
    from crosstie.network.meetings import meetings
    from crosstie.network.metrics.registry import measure
    from crosstie.network.sensitivity import sensitivity
    from crosstie.network.touches import alive_of_ties

    corrections, settings = standing(home, who), chosen.network
    tying = _Tying(chosen)
    with with_inferred(home, corrections, chosen) as connection:
        network = tying.tie(connection, home, who, as_of, corrections, trail=trail)
    network = replace(network, ties=without_contact(network.ties, tying.ended, stays_known=True))
    open_ties = _open_ties(home, who, network, chosen, corrections)
    found = communities(network, seed=settings.seed)
    with home.queries() as connection:
        meeting = meetings(connection, trail=trail, community=found, fewest=SMALLEST_EVER)
    columns.save(
        folder,
        network=network,
        open_ties=open_ties,
        alive=alive_of_ties(network, tying.touches),
        scores=measure(network),
        errors=errors(network),
        community=found,
        position=layout(network, seed=settings.seed),
        months=tying.months,
        meetings=meeting,
        moves=sensitivity(tying.apart, people=len(network.persons), active_contact=settings.active_contact),
        smallest_group=settings.smallest_group,
    )


class _Tying:
    """One tying of all evidence, and what is taken from it while its tables are there."""

    def __init__(self, chosen: Chosen) -> None:
        self._chosen = chosen
        self.ended: Ended = NOTHING_ENDED
        self.months: Months
        self.apart: ByAct
        self.touches: Touches

    def tie(
        self,
        connection: DuckDBPyConnection,
        home: Home,
        who: Persons,
        as_of: datetime | None,
        corrections: Corrections,
        *,
        trail: Path,
    ) -> Network:
        """Tie, and keep what is taken from it."""
        from crosstie.network.tie import tie
        from crosstie.network.trail import write_trail

        if corrections.ended:
            connection.register("tie_ended", corrections.ended_table())
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
            known=home.store.known_ties.table(),
            also=(
                partial(self._take, people=len(who.by_key), has_ended=bool(corrections.ended)),
                partial(write_trail, file=trail),
            ),
        )

    def _take(self, tying: DuckDBPyConnection, *, people: int, has_ended: bool) -> None:
        from crosstie.network.months import months
        from crosstie.network.sensitivity import by_act
        from crosstie.network.touches import touches_in

        settings = self._chosen.network
        if has_ended:
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


def _open_ties(home: Home, who: Persons, whole: Network, chosen: Chosen, corrections: Corrections) -> Ties:
    """Tie again from open places alone; where all evidence is open, that is what there is already."""
    from crosstie.network.tie import tie

    if bool(whole.ties.is_open.all()) and not corrections.ended:
        return whole.ties
    ended = [NOTHING_ENDED]
    with with_inferred(home, corrections, chosen) as connection:
        connection.execute(
            "CREATE TEMP VIEW interactions AS SELECT * FROM memory.main.interactions WHERE openness = 'open'"
        )
        if corrections.ended:
            connection.register("tie_ended", corrections.ended_table())
        ties = tie(
            connection,
            persons=columns.accounts_table(who),
            settings=chosen.network,
            as_of=whole.as_of,
            acts=chosen.acts,
            also=(lambda tying: ended.append(ended_pairs(tying)),) if corrections.ended else (),
        ).ties
    return without_contact(ties, ended[-1], stays_known=False)
