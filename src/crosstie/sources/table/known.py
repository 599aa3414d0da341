"""Which table a file holds: one that was read before, by its rows, or a new one (docs/decisions/0043)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crosstie.record import Kind
from crosstie.saying import mark
from crosstie.sources.earlier import Earlier
from crosstie.sources.ledger import Ledger
from crosstie.sources.rows import Row, fingerprint
from crosstie.sources.table.acts import Told

ROWS_THAT_KNOW_THE_TABLE = 3
_TABLE = "table"
_NAMED = f"{_TABLE}:named-"
_SHARE_OF_THE_TIME = 1 / 2
_SHARE_OF_THE_FILE = 9 / 10
_SHARE_OF_TIES = 9 / 10
_KNOWN_AGAIN = mark(
    "table taken for a later version of one read before, by its rows (if it is another, give it a name)"
)


def start_of(header: tuple[str, ...], first: Iterable[Row], name: str) -> str:
    """Return the source of a table by its header and first rows, and by its name if it has one."""
    return f"{_TABLE}:{fingerprint(header, *first, *([name] if name else []))}"


def source_of(
    by_start: str, name: str, told: Iterable[Told], *, earlier: Earlier | None, ledger: Ledger
) -> str:
    """Return the source of a table: what it was when it was read before, and `by_start` of a new one.

    Args:
        by_start: by `start_of`.
        name: what the user calls the table; tables of one name are one, and others never are.
        told: the acts of the file, looked through only where some table was read before.
        earlier: the record, if there is one.
        ledger: where a table that is known again by its rows is noted.
    """
    known = earlier.sources(_TABLE) if earlier is not None else []
    if by_start in known:
        return by_start
    if name:
        return f"{_NAMED}{fingerprint([name])}"
    unnamed = [source for source in known if not source.startswith(_NAMED)]
    if earlier is None or not unnamed:
        return by_start
    found = _known_again([_Candidate(source, earlier) for source in unnamed], told)
    if found is None:
        return by_start
    ledger.note(f"{_KNOWN_AGAIN}: table.name=…")
    return found.source


class _Candidate:
    """A table that was read before, and how much of it stands in the file."""

    def __init__(self, source: str, earlier: Earlier) -> None:
        self.source = source
        self._earlier = earlier
        self._kept = earlier.kept(source)
        self._met: list[datetime | None] = []

    def look(self, told: Told) -> None:
        trail = self._kept.sample.get(self._earlier.hashed(self.source, told.external_id))
        if trail is None:
            return
        # Two surveys may ask the same people about the same others; what they answered differs.
        strength = told.strength if told.act.kind is Kind.NAMED else 1.0
        if trail.at is not None or trail.strength == strength:
            self._met.append(trail.at)

    @property
    def shared(self) -> float:
        """How many acts the file and the record have in common, estimated from the sample."""
        return len(self._met) * self._kept.count / max(1, len(self._kept.sample))

    def is_the_table(self, first: datetime | None, last: datetime | None, count: int) -> bool:
        """Say whether a file of so many acts, from the first time to the last, holds this table.

        A file with times has half of what the record has from its time, or nearly nothing that the record has
        not; so a log whose oldest rows fell out is known again. One without has nearly all.
        """
        if first is None or last is None:
            return bool(self._met) and len(self._met) >= _SHARE_OF_TIES * len(self._kept.sample)
        there = sum(first <= trail.at <= last for trail in self._kept.sample.values() if trail.at is not None)
        met = sum(first <= at <= last for at in self._met if at is not None)
        return bool(met) and (met >= _SHARE_OF_THE_TIME * there or self.shared >= _SHARE_OF_THE_FILE * count)


def _known_again(candidates: list[_Candidate], told: Iterable[Told]) -> _Candidate | None:
    """Return the table that the file shares most acts with, of those that it may be."""
    first = last = None
    count = 0
    for one in told:
        count += 1
        at = one.act.at
        if at is not None:
            first = at if first is None else min(first, at)
            last = at if last is None else max(last, at)
        for candidate in candidates:
            candidate.look(one)
    same = [one for one in candidates if one.is_the_table(first, last, count)]
    return max(same, key=lambda one: one.shared, default=None)
