"""Rows into acts: rows that follow one another and share all but the recipient are one message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from crosstie.record import Kind
from crosstie.sources.ledger import Ledger
from crosstie.sources.rows import Row, fingerprint
from crosstie.sources.table.lines import Act, Line, Lines
from crosstie.sources.table.people import Person

ANSWERS = frozenset({Kind.REPLIED, Kind.THANKED})
_ALONE = frozenset({Kind.NAMED, Kind.REVIEWED, Kind.ACKNOWLEDGED, *ANSWERS})
_MOST_RECIPIENTS = 10_000


@dataclass(slots=True)
class Told:
    """One act as its rows tell it.

    Attributes:
        act: what they share.
        strength: how strong a tie the first of them is.
        written: the first row's cell of recipients.
        to: the recipients by id, each once.
        rows: how many rows tell of it.
        external_id: known by what is written, and by how many such acts came before it.
    """

    act: Act
    strength: float
    written: str
    to: dict[str, Person] = field(default_factory=dict)
    rows: int = 0
    external_id: str = ""

    def takes(self, line: Line) -> bool:
        """Say whether a row tells of this act too."""
        return line.act == self.act and self.act.kind not in _ALONE and len(self.to) < _MOST_RECIPIENTS


def acts(rows: Iterable[Row], lines: Lines, ledger: Ledger) -> Iterator[Told]:
    """Yield the acts of a table, streaming; a row that says nothing new is counted in the ledger."""
    # How often each act was met: what tells two equal acts apart, whatever rows come later.
    met: Counter[int] = Counter()
    told: Told | None = None
    for row in rows:
        line = lines.read(row)
        if line is None:
            continue
        if told is None or not told.takes(line):
            if told is not None:
                yield _numbered(told, met)
            told = Told(line.act, line.strength, line.written)
        new = [one for one in line.recipients if one.id not in told.to]
        if not new:
            ledger.leave_out("recipient named twice in one message")
            continue
        told.to.update((one.id, one) for one in new)
        told.rows += 1
    if told is not None:
        yield _numbered(told, met)
    lines.end()


def _numbered(told: Told, met: Counter[int]) -> Told:
    act = told.act
    known_by = [act.sender.written, act.written_at.strip(), act.kind, act.place, act.message]
    if act.kind in _ALONE:
        known_by.append(told.written)
    content = fingerprint(known_by)
    number = int(content, 16)
    met[number] += 1
    told.external_id = f"{content}-{met[number]}"
    return told
