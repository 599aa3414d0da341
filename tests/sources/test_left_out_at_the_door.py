"""Every source asks the door: whoever opted out, and what is too old, is left out and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from tests.sources import test_every_source as every
from tests.sources.test_every_source import samples, source

from crosstie.record import Account, Entry, Interaction, Kind, Trace
from crosstie.sources import Door, Ledger, Source

__all__ = ["samples", "source"]


@pytest.fixture
def read(tmp_path: Path, source: Source, samples) -> Callable[..., tuple[list[Trace], Ledger]]:
    path = samples.make(tmp_path)
    settings = {**source.defaults(), **getattr(samples, "SETTINGS", {})}

    def reading(
        opted_out: Callable[[Account], bool] | None = None, oldest: datetime | None = None
    ) -> tuple[list[Trace], Ledger]:
        ledger = Ledger()
        door = Door(ledger, viewer=getattr(samples, "VIEWER", ""), opted_out=opted_out, oldest=oldest)
        return list(source.read(path, settings, door)), ledger

    return reading


def test_records_of_someone_who_opted_out_are_left_out_and_counted(read):
    traces, before = read()
    # A commit is its author's record, whoever reviewed it.
    acts = [one for one in traces if isinstance(one, Interaction) and one.kind is not Kind.REVIEWED]
    first_acts = Counter(act.actor for act in acts)
    entries = [trace.id for trace in traces if isinstance(trace, Entry)]
    someone = entries[0] if entries else first_acts.most_common(1)[0][0]

    left, ledger = read(opted_out=lambda account: account.id == someone)

    assert ledger.left_out["opted out"] > 0
    assert ledger.read == before.read
    assert ledger.used == before.used - ledger.left_out["opted out"]
    assert len(left) < len(traces)
    assert someone not in [trace.id for trace in left if isinstance(trace, Entry)]


def test_records_older_than_is_kept_are_left_out_and_counted(read):
    traces, before = read()
    times = sorted(trace.at for trace in traces if isinstance(trace, Interaction) and trace.at)
    if not times:
        return  # a directory has no times, so nothing in it can be too old
    _, ledger = read(oldest=times[-1])

    assert (ledger.left_out["older than is kept"] > 0) is (times[0] < times[-1])
    assert ledger.read == before.read
    assert ledger.used == before.used - ledger.left_out["older than is kept"]


def test_every_source_is_swept():
    assert {"directory", "discourse", "git", "mail", "slack", "stackexchange", "table", "zulip"} <= set(
        every.NAMES
    )
