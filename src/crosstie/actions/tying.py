"""Tie everything up to a date as people corrected it, beside the snapshot of now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from crosstie.actions import columns
from crosstie.actions.corrections import Corrections
from crosstie.actions.home import Home
from crosstie.actions.inferring import with_inferred
from crosstie.actions.settings import Chosen
from crosstie.network.ended import NOTHING_ENDED, ended_pairs, without_contact
from crosstie.network.network import Network
from crosstie.people import Persons


def tied_at(
    home: Home,
    who: Persons,
    at: datetime,
    *,
    chosen: Chosen,
    corrections: Corrections,
    open_only: bool = False,
) -> Network:
    """Return the network as of a date: all persons of now, with what was told up to then.

    Args:
        home: the workspace.
        who: its persons.
        at: aware; what came later is left out.
        chosen: what it is tied with.
        corrections: what stands corrected now; it holds for the past too.
        open_only: from open places alone.
    """
    from crosstie.network.tie import tie

    ended = [NOTHING_ENDED]
    with with_inferred(home, corrections, chosen) as connection:
        if open_only:
            connection.execute(
                "CREATE TEMP VIEW interactions AS SELECT * FROM memory.main.interactions"
                " WHERE openness = 'open'"
            )
        if corrections.ended:
            connection.register("tie_ended", corrections.ended_table())
        network = tie(
            connection,
            persons=columns.accounts_table(who),
            settings=chosen.network,
            as_of=at,
            groups={
                kind: {key: one.groups[kind] for key, one in who.by_key.items() if kind in one.groups}
                for kind in who.group_kinds
            },
            acts=chosen.acts,
            known=None if open_only else home.store.known_ties.table(),
            also=(lambda tying: ended.append(ended_pairs(tying)),) if corrections.ended else (),
        )
    ties = without_contact(network.ties, ended[-1], stays_known=not open_only)
    return replace(network, ties=ties)
