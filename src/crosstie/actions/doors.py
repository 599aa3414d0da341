"""The door of a reading: what may come in, by what the workspace decided and by who reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from crosstie.actions import agreeing, snapshots
from crosstie.actions.absence import Absence
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.retention import oldest_kept
from crosstie.people import Relation, Settled
from crosstie.sources import REFUSED_PLACES, Door, Ledger, Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a workspace has decided that bears on a reading."""

    absence: Absence | None = None
    oldest: datetime | None = None
    employees: frozenset[str] = frozenset()
    refused_words: tuple[str, ...] = REFUSED_PLACES


def standing_of(home: Home, agreed: Consent | None) -> Standing:
    """Return what the workspace has decided that bears on a reading."""
    employees = () if agreed is None else snapshots.persons(home).by_key.values()
    return Standing(
        absence=snapshots.absence(home),
        oldest=oldest_kept(home),
        employees=frozenset(
            address.casefold()
            for person in employees
            if person.in_directory and person.relation is Relation.EMPLOYEE
            for address in (*person.addresses, *person.shared_addresses)
        ),
        refused_words=agreeing.refused_words(home),
    )


def door_of(
    ledger: Ledger, viewer: Settled, agreed: Consent | None, standing: Standing, *, dry: bool
) -> Door:
    """Return the door of a reading, which lets in what may be read."""
    door = Door(
        ledger=ledger,
        refused_words=standing.refused_words,
        opted_out=standing.absence.covers if standing.absence else None,
        oldest=standing.oldest,
        dry=dry,
    )
    if agreed is None:
        return replace(door, viewer=viewer.given, is_viewers=viewer.covers)
    return replace(
        door,
        mode=Mode.ORGANISATION,
        refused_words=(*standing.refused_words, *agreed.refused_words),
        agreed_places=agreed.places,
        opted_in=agreed.opted_in,
        inside_domains=agreed.domains,
        inside_addresses=standing.employees,
    )


__all__ = ["Standing", "door_of", "standing_of"]
