"""Make the workspace of the invented company."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crosstie.actions.home import Home
from crosstie.actions.keying import Keying
from crosstie.errors import WorkspaceRefused
from crosstie.record import Entry, Interaction, Trace
from crosstie.saying import mark, packed, unpacked
from crosstie.sources import Ledger
from crosstie.store import SavedReading

if TYPE_CHECKING:
    from crosstie.demo import Company

LABEL = mark("Invented company")
UNIT = mark("acts and directory entries")


def make(home: Home, *, seed: int = 20, progress: Callable[[int], None] | None = None) -> list[SavedReading]:
    """Read the invented company into a workspace; the second time nothing is new.

    Raises:
        WorkspaceRefused: the workspace holds something else, or a company of another seed.
    """
    made_before = home.store.fact("demo_seed")
    if not home.is_demo and home.store.readings.all():
        raise WorkspaceRefused(
            f'"{home.folder}" holds what was read from real sources.', hint="Name another --workspace."
        )
    if made_before and made_before != str(seed):
        raise WorkspaceRefused(
            f'"{home.folder}" holds the company of seed {made_before}.', hint="Name another --workspace."
        )
    if any(row.finished for row in home.store.readings.all()):
        return home.store.readings.all()[:1]
    home.store.set_fact("demo", "yes")
    home.store.set_fact("demo_seed", str(seed))
    company = _company(seed)
    address = {person.id: person.address for person in company.people}
    looks = [(address[person], packed(sentence)) for person, sentence in company.looks()]
    home.store.set_fact("demo_looks", json.dumps(looks))
    ledger = Ledger()
    kinds = Counter[str]()
    keying = Keying(home.keyring, home.store, ledger, kinds=kinds)
    traces = _counted(company.traces(), ledger, progress or (lambda _done: None))
    done = home.record.append(keying.interactions(traces), before_commit=keying.flush)
    keying.flush()
    saved = SavedReading(
        kind="demo",
        label=LABEL,
        path=f"seed {seed}",
        unit=UNIT,
        used=ledger.used,
        places=dict(ledger.places),
        interactions=dict(kinds),
        changes={"added": done.added, "updated": done.updated, "unchanged": done.unchanged},
        read_at=datetime.now(UTC),
        finished=True,
    )
    home.store.readings.start(saved)
    return [saved]


def worth_looking_as(home: Home) -> list[tuple[str, str]]:
    """Return addresses of people worth looking as, each with a sentence why."""
    kept = json.loads(home.store.fact("demo_looks", "[]"))
    return [(address, unpacked(sentence)) for address, sentence in kept]


def _company(seed: int) -> Company:
    from crosstie.demo import company

    return company(seed)


def _counted(traces: Iterator[Trace], ledger: Ledger, progress: Callable[[int], None]) -> Iterator[Trace]:
    acts: Counter[str] = ledger.places
    for trace in traces:
        if isinstance(trace, Interaction):
            ledger.use()
            acts[trace.openness.value] += 1
            progress(1)
        elif isinstance(trace, Entry):
            ledger.use()
        yield trace
