"""The network for other tools: GraphML, GEXF with times, CSV, Parquet; opaque keys, and names beside them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from crosstie.actions import snapshots
from crosstie.actions.formulas import guarded
from crosstie.actions.home import Home
from crosstie.errors import UsageRefused
from crosstie.network.network import NO_TIME

_TIE_COLUMNS = (
    *("learner", "teacher", "learned", "turned_to", "contact", "first_at", "last_at", "known_how"),
    "is_one_way",
)
_NAME_COLUMNS = ("learner_name", "teacher_name")
"""After all others of CSV and Parquet, so that these stand where they stand without names."""

_WEIGHTS = ("learned", "turned_to", "contact")
_KINDS = dict.fromkeys(_WEIGHTS, "double") | {"is_one_way": "boolean"}
"""What a column holds, in the words of GraphML and GEXF; else a string."""

_TIMES = ("first_at", "last_at")
_DAY = slice(len("2026-03-31"))
"""The day of a time. GEXF takes times of day too, but networkx reads none, and one timeline shows days."""

_TieRow = tuple[str, str, float, float, float, str, str, str, str]
_Names = dict[str, str] | None
"""Everybody's name by key; None where keys are enough."""


def export(home: Home, file: Path, *, names: bool = False, reason: str = "") -> dict[str, object]:
    """Write the network's known ties to a file; its ending says how.

    People are keys, with names or without, so that two files can be joined. A name is the label of GraphML
    and GEXF, and stands in a column of its own in CSV and Parquet.

    Returns:
        What was written: file, people, ties, names.

    Raises:
        UsageRefused: the ending is none of ours, the folder is missing or the workspace's own, or names were
            asked for without a reason.
    """
    writers: dict[str, Callable[[Path, list[str], _Names, list[_TieRow]], None]] = {
        ".graphml": _graphml,
        ".gexf": _gexf,
        ".csv": _csv,
        ".parquet": _parquet,
    }
    writer = writers.get(file.suffix.lower())
    if writer is None:
        raise UsageRefused(
            f'"{file.name}" has an ending that no export has.', hint=f"Endings: {', '.join(writers)}."
        )
    if not file.absolute().parent.is_dir():
        raise UsageRefused(f'There is no folder "{file.parent}" to write to.', hint="Make it first.")
    if file.resolve().is_relative_to(home.folder.resolve()):
        raise UsageRefused(
            f'"{file}" lies inside the workspace, whose files are crosstie\'s own.',
            hint="Write the export beside it.",
        )
    name_of = named(home, reason) if names else None
    snapshot = snapshots.current(home)
    network = snapshot.network
    keys = [str(key) for key in network.persons]
    ties = network.ties
    rows: list[_TieRow] = [
        (
            keys[learner],
            keys[teacher],
            learned,
            turned_to,
            contact,
            _time(first_at),
            _time(last_at),
            "stated" if stated else "inferred",
            "true" if one_way else "false",
        )
        for learner, teacher, learned, turned_to, contact, first_at, last_at, stated, one_way in zip(
            ties.learner.tolist(),
            ties.teacher.tolist(),
            ties.learned.tolist(),
            ties.turned_to.tolist(),
            ties.contact.tolist(),
            ties.first_at.tolist(),
            ties.last_at.tolist(),
            ties.stated.tolist(),
            ties.one_way.tolist(),
            strict=True,
        )
    ]
    beside = file.with_name(file.name + ".partial")
    try:
        writer(beside, keys, name_of, rows)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return {"file": str(file), "people": len(keys), "ties": len(rows), "names": names}


def named(home: Home, reason: str) -> dict[str, str]:
    """Return the name of every person by key; the reason is written into the journal.

    Raises:
        UsageRefused: there is no reason.
    """
    if not reason.strip():
        raise UsageRefused(
            "Names are joined only for a reason.", hint="Say why; it is written into the journal."
        )
    home.store.journal("viewer" if home.viewer_given else "owner", "names joined", reason.strip())
    found = {key: person.name for key, person in snapshots.persons(home).by_key.items()}
    times = Counter(found.values())
    return {key: f"{name} ({key})" if times[name] > 1 else name for key, name in found.items()}


def _time(microseconds: int) -> str:
    if microseconds == NO_TIME:
        return ""
    return datetime.fromtimestamp(microseconds / 1e6, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _columns(names: _Names) -> tuple[str, ...]:
    return _TIE_COLUMNS if names is None else (*_TIE_COLUMNS, *_NAME_COLUMNS)


def _csv(path: Path, people: list[str], names: _Names, rows: list[_TieRow]) -> None:
    shown = None if names is None else {key: guarded(name) for key, name in names.items()}
    _as_text(path, people, shown, rows)


def _as_text(path: Path, _people: list[str], names: _Names, rows: list[_TieRow]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_columns(names))
        writer.writerows(
            rows if names is None else ((*row, names.get(row[0], ""), names.get(row[1], "")) for row in rows)
        )


def _parquet(path: Path, people: list[str], names: _Names, rows: list[_TieRow]) -> None:
    import duckdb

    text = path.with_name(path.name + ".csv")
    columns = _columns(names)
    try:
        _as_text(text, people, names, rows)
        with duckdb.connect() as connection:
            types = {name: _KINDS.get(name, "VARCHAR").upper() for name in columns}
            shown = ", ".join(
                f"nullif({name}, '')::TIMESTAMPTZ AS {name}" if name in _TIMES else name for name in columns
            )
            # Said, not guessed: a name may hold any sign.
            connection.read_csv(
                str(text), header=True, columns=types, delimiter=",", quotechar='"', escapechar='"'
            ).project(shown).write_parquet(str(path))
    finally:
        text.unlink(missing_ok=True)


def _graphml(path: Path, people: list[str], names: _Names, rows: list[_TieRow]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        )
        file.write('<key id="label" for="node" attr.name="label" attr.type="string"/>\n')
        for name in _TIE_COLUMNS[2:]:
            kind = _KINDS.get(name, "string")
            file.write(f'<key id="{name}" for="edge" attr.name="{name}" attr.type="{kind}"/>\n')
        file.write('<key id="weight" for="edge" attr.name="weight" attr.type="double"/>\n')
        file.write('<graph edgedefault="directed">\n')
        for person in people:
            label = escape(_label(person, names))
            file.write(f'<node id={quoteattr(person)}><data key="label">{label}</data></node>\n')
        for row in rows:
            file.write(f"<edge source={quoteattr(row[0])} target={quoteattr(row[1])}>")
            file.write(f'<data key="weight">{max(row[2], row[4])!r}</data>')
            for name, value in zip(_TIE_COLUMNS[2:], row[2:], strict=True):
                if value != "":
                    file.write(f'<data key="{name}">{escape(str(value))}</data>')
            file.write("</edge>\n")
        file.write("</graph>\n</graphml>\n")


def _gexf(path: Path, people: list[str], names: _Names, rows: list[_TieRow]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
        )
        file.write('<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n')
        _gexf_attributes(file)
        file.write("<nodes>\n")
        for person in people:
            label = quoteattr(_label(person, names))
            file.write(f"<node id={quoteattr(person)} label={label}/>\n")
        file.write("</nodes>\n<edges>\n")
        for number, row in enumerate(rows):
            times = "".join(
                f" {name}={quoteattr(value[_DAY])}"
                for name, value in (("start", row[5]), ("end", row[6]))
                if value
            )
            ends = f"source={quoteattr(row[0])} target={quoteattr(row[1])}"
            file.write(f'<edge id="{number}" {ends} weight="{max(row[2], row[4])!r}"{times}><attvalues>')
            for name, value in zip(_TIE_COLUMNS[2:], row[2:], strict=True):
                if value != "":
                    file.write(f'<attvalue for="{name}" value={quoteattr(str(value))}/>')
            file.write("</attvalues></edge>\n")
        file.write("</edges>\n</graph>\n</gexf>\n")


def _label(person: str, names: _Names) -> str:
    return (names or {}).get(person) or person


def _gexf_attributes(file: IO[str]) -> None:
    file.write('<attributes class="edge">\n')
    for name in _TIE_COLUMNS[2:]:
        kind = _KINDS.get(name, "string")
        file.write(f'<attribute id="{name}" title="{name}" type="{kind}"/>\n')
    file.write("</attributes>\n")
