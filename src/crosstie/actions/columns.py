"""A snapshot's columns as Arrow IPC files, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from crosstie.actions import grouping
from crosstie.config import NetworkSettings
from crosstie.network.meetings import Meetings
from crosstie.network.months import Months
from crosstie.network.network import NO_TIME, Network, Ties
from crosstie.network.sensitivity import MEASURES, Sensitivity
from crosstie.people import Persons

if TYPE_CHECKING:
    from arro3.core import Table

    from crosstie.actions.going_on import Tied
    from crosstie.actions.snapshots import Snapshot

NOBODY = "?"
"""Stands where someone said "not me": an account of no person, so that answers to it are to no one else."""

_ALIVE = "alive"
_FLAGS = ("stated", "active", "known", "is_open")


def accounts_table(who: Persons) -> Table:
    """Return the person of every account as an Arrow table with the columns account and person.

    Accounts of those who opted out have no person: what they wrote still says who was answered, and ties
    nobody.
    """
    return persons_table(who, who.person_of)


def persons_table(who: Persons, person_of: Mapping[str, str]) -> Table:
    """Return accounts with the persons to tie them as; nobody, and those who opted out, without any."""
    gone = [NOBODY, *(account for person in who.opted_out.values() for account in person.accounts)]
    return arrow_table(
        {
            "account": np.array([*person_of, *gone], dtype=object),
            "person": np.array([*person_of.values(), *(None for _ in gone)], dtype=object),
        }
    )


def arrow_table(named: dict[str, NDArray[Any]], *, times: frozenset[str] = frozenset()) -> Table:
    """Make an Arrow table of numpy columns.

    Args:
        named: object columns become strings, booleans stay booleans, numbers stay what they are.
        times: columns of microseconds that become UTC times, `NO_TIME` a null.
    """
    from arro3.core import Array, DataType, Table

    made: dict[str, Any] = {}
    for name, column in named.items():
        if name in times:
            values = [None if value == NO_TIME else value for value in column.tolist()]
            made[name] = Array(values, DataType.int64()).cast(DataType.timestamp("us", tz="UTC"))
        elif column.dtype == object:
            made[name] = Array(column.tolist(), DataType.string())
        elif column.dtype == np.bool_:
            made[name] = Array(column.tolist(), DataType.bool())
        else:
            made[name] = Array.from_numpy(np.ascontiguousarray(column))
    return Table.from_pydict(made)


def save(
    folder: Path,
    *,
    network: Network,
    open_ties: Ties,
    alive: NDArray[np.float64],
    scores: dict[str, NDArray[np.float64]],
    errors: dict[str, NDArray[np.float64]],
    community: NDArray[np.int32],
    position: NDArray[np.float64],
    months: Months,
    meetings: Meetings,
    tied: dict[str, Tied],
    moves: Sensitivity,
    smallest_group: int,
) -> None:
    """Write everything of a snapshot but its trail, with what the map says of groups from that size."""
    people: dict[str, NDArray[Any]] = {"person": network.persons, "community": community}
    people["x"], people["y"] = position[:, 0], position[:, 1]
    people["fewest"], people["most"] = moves.fewest, moves.most
    people |= {f"group:{kind}": units for kind, units in network.groups.items()}
    people |= {f"score:{name}": values for name, values in scores.items()}
    people |= {f"error:{name}": values for name, values in errors.items()}
    _write(folder / "people.arrow", people)
    _write(folder / "ties.arrow", _tie_columns(network.ties) | {_ALIVE: alive})
    if open_ties is not network.ties:
        _write(folder / "open_ties.arrow", _tie_columns(open_ties))
    _write(
        folder / "months.arrow",
        {
            "contacts": months.contacts.reshape(-1),
            "got": months.got.reshape(-1),
            "given": months.given.reshape(-1),
        },
    )
    _write(folder / "meetings.arrow", {one.name: getattr(meetings, one.name) for one in fields(Meetings)})
    weights: dict[str, NDArray[Any]] = {"act": moves.act, "factor": moves.factor}
    weights |= {f"order:{name}": moves.order[:, at] for at, name in enumerate(MEASURES)}
    weights |= {f"change:{name}": moves.change[:, at] for at, name in enumerate(MEASURES)}
    _write(folder / "weights.arrow", weights)
    grouping.save(
        folder / "groups.npz",
        grouping.grouped(network, community=community, position=position, smallest=smallest_group),
    )
    (folder / "network.json").write_text(
        json.dumps(
            {
                "as_of": network.as_of.isoformat(),
                "months": [month.isoformat() for month in months.months],
                "unknown_accounts": network.unknown_accounts,
                "moves_counted": moves.counted,
                "tied": {name: asdict(one) for name, one in tied.items()},
            }
        )
    )


def load(folder: Path, settings: NetworkSettings) -> Snapshot:
    """Read a snapshot."""
    from crosstie.actions.going_on import Tied
    from crosstie.actions.snapshots import Snapshot

    facts = json.loads((folder / "network.json").read_text())
    people = _read(folder / "people.arrow")
    columns = _read(folder / "ties.arrow")
    alive = columns.pop(_ALIVE)
    ties = Ties(**columns)
    apart = folder / "open_ties.arrow"
    flat, weights = _read(folder / "months.arrow"), _read(folder / "weights.arrow")
    dates = tuple(date.fromisoformat(text) for text in facts["months"])
    shape = (len(dates), len(people["person"]))
    network = Network(
        persons=people["person"],
        ties=ties,
        as_of=datetime.fromisoformat(facts["as_of"]),
        groups=_prefixed(people, "group:"),
        unknown_accounts=facts["unknown_accounts"],
    )
    return Snapshot(
        folder=folder,
        network=network,
        open_ties=Ties(**_read(apart)) if apart.exists() else ties,
        alive=alive,
        scores=_prefixed(people, "score:"),
        errors=_prefixed(people, "error:"),
        community=people["community"],
        position=np.column_stack([people["x"], people["y"]]),
        months=Months(
            months=dates,
            contacts=flat["contacts"].reshape(shape),
            got=flat["got"].reshape(shape),
            given=flat["given"].reshape(shape),
        ),
        meetings=Meetings(**_read(folder / "meetings.arrow")),
        groups=grouping.load(folder / "groups.npz"),
        tied={name: Tied(**one) for name, one in facts["tied"].items()},
        moves=Sensitivity(
            act=weights["act"],
            factor=weights["factor"],
            order=np.column_stack([weights[f"order:{name}"] for name in MEASURES]),
            change=np.column_stack([weights[f"change:{name}"] for name in MEASURES]),
            counted=facts["moves_counted"],
            fewest=people["fewest"],
            most=people["most"],
        ),
        settings=settings,
    )


def _tie_columns(ties: Ties) -> dict[str, NDArray[Any]]:
    return {name: getattr(ties, name) for name in Ties.__dataclass_fields__}


def _prefixed(named: dict[str, NDArray[Any]], prefix: str) -> dict[str, NDArray[Any]]:
    return {name.removeprefix(prefix): column for name, column in named.items() if name.startswith(prefix)}


def _write(file: Path, named: dict[str, NDArray[Any]]) -> None:
    from arro3.io import write_ipc

    write_ipc(arrow_table(named), file, compression=None)


def _read(file: Path) -> dict[str, NDArray[Any]]:
    from arro3.io import read_ipc

    table = read_ipc(file).read_all()
    named: dict[str, NDArray[Any]] = {}
    for name in table.column_names:
        column = table.column(name)
        kind = str(column.type)
        if "Utf8" in kind:
            named[name] = np.array(column.to_pylist(), dtype=object)
        elif "Boolean" in kind:
            named[name] = np.array(column.to_pylist(), dtype=np.bool_)
        else:
            named[name] = column.to_numpy()
    return named
