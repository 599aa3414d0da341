"""The demo company at the ends of its quarters, tied from all its traces and from the open ones alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray
from tests.network.record import COLUMNS, persons_of

from crosstie.config import NetworkSettings
from crosstie.demo import Company, company
from crosstie.network.network import Network
from crosstie.network.tie import tie
from crosstie.practice.quarters import QUARTER_DAYS, Quarter, quarter_of
from crosstie.record import Interaction, Openness

ACCOUNTS = ("actor", "parent_author")
LISTS = ("addressed", "copied", "mentioned")


@dataclass(frozen=True, slots=True)
class Kestrel:
    """The company and what can be seen of it; persons by the directory's id."""

    company: Company
    networks: tuple[Network, ...]
    open_networks: tuple[Network, ...]
    quarters: tuple[Quarter, ...]
    places: dict[str, frozenset[str]]

    def row(self, person: str) -> int:
        return self.networks[-1].index_of(person)


def kestrel_in(folder: Path) -> Kestrel:
    """Make the company, and tie it at the start and the end of each of its last three quarters."""
    made = company()
    acts = [trace for trace in made.traces() if isinstance(trace, Interaction)]
    file = folder / "acts.ndjson"
    with file.open("w") as lines:
        lines.writelines(json.dumps(_plain(act)) + "\n" for act in acts)
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    read = f"read_json('{file}', format='newline_delimited', columns={{{columns}}})"
    connection.execute(f"CREATE TABLE record AS SELECT * FROM {read}")
    connection.execute("CREATE TABLE chosen (openness VARCHAR)")
    connection.execute(
        "CREATE VIEW interactions AS SELECT * FROM record WHERE openness IN (SELECT * FROM chosen)"
    )
    persons = persons_of(
        {f"{source}|{account}": person for (source, account), person in made.person_of.items()}
    )
    groups = {
        "department": {person.id: person.department for person in made.people},
        "location": {person.id: person.location for person in made.people},
    }
    ends = [made.as_of - timedelta(days=QUARTER_DAYS * back) for back in (3, 2, 1, 0)]
    tied: list[list[Network]] = []
    for openness in ([one.value for one in Openness], [Openness.OPEN.value]):
        connection.execute("DELETE FROM chosen")
        connection.executemany("INSERT INTO chosen VALUES (?)", [[one] for one in openness])
        tied.append(
            [
                tie(connection, persons=persons, settings=NetworkSettings(), as_of=end, groups=groups)
                for end in ends
            ]
        )
    quarters = tuple(
        quarter_of(
            tied[0][number],
            tied[0][number - 1],
            weeks=_weeks(tied[0][number], made, acts),
            open_network=tied[1][number],
        )
        for number in (1, 2, 3)
    )
    places: dict[str, set[str]] = {}
    for act in acts:
        if act.openness is Openness.OPEN:
            places.setdefault(made.person_of[act.source, act.actor], set()).add(f"{act.source}|{act.place}")
    return Kestrel(
        company=made,
        networks=tuple(tied[0]),
        open_networks=tuple(tied[1]),
        quarters=quarters,
        places={person: frozenset(found) for person, found in places.items()},
    )


def _plain(act: Interaction) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(act, name) for name in COLUMNS}
    row |= {name: f"{act.source}|{getattr(act, name)}" if getattr(act, name) else "" for name in ACCOUNTS}
    row |= {name: [f"{act.source}|{account}" for account in getattr(act, name)] for name in LISTS}
    for name in ("at", "edited_at"):
        at = getattr(act, name)
        row[name] = None if at is None else at.isoformat()
    return row


def _weeks(network: Network, made: Company, acts: list[Interaction]) -> NDArray[np.int64]:
    seen: dict[str, set[int]] = {}
    for act in acts:
        if act.at is not None and timedelta(0) <= network.as_of - act.at < timedelta(days=QUARTER_DAYS):
            week = (network.as_of - act.at).days // 7
            seen.setdefault(made.person_of[act.source, act.actor], set()).add(week)
    return np.array([len(seen.get(str(key), ())) for key in network.persons], dtype=np.int64)
