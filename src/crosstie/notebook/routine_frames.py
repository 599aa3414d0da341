"""What comes again, and how much; what hangs on few: no names, and of those few no key either."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from crosstie.actions.at_risk import AtRiskView
from crosstie.actions.routine import Recurring
from crosstie.actions.routine_shares import SharesView
from crosstie.notebook.asking import Written, written
from crosstie.notebook.frame import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A question that comes again, without the names of who asked and answered.

    Attributes:
        question: as one asker put it.
        others: other ways it was put.
        times: how often it was asked.
        since: when first.
        places: where.
        answer: what settled it.
        settled: how that is known, in words.
    """

    question: Written
    others: tuple[Written, ...]
    times: int
    since: datetime
    places: tuple[str, ...]
    answer: Written
    settled: str


def again(found: tuple[Recurring, ...]) -> tuple[Again, ...]:
    """Return recurring questions without the names of who wrote them."""
    return tuple(
        Again(
            question=written(one.question),
            others=tuple(map(written, one.others)),
            times=one.times,
            since=one.since,
            places=one.places,
            answer=written(one.answer),
            settled=one.settled,
        )
        for one in found
    )


def by_quarter(seen: SharesView | None) -> Frame:
    """One row a quarter of everybody: `begins_on`, `share`, `low`, `high`; NaN where withheld."""
    rows = seen.quarters if seen else ()
    shares = {
        name: np.array([np.nan if value is None else value for value in (getattr(row, name) for row in rows)])
        for name in ("share", "low", "high")
    }
    return Frame({"begins_on": np.array([row.begins_on for row in rows], dtype="datetime64[D]"), **shares})


def on_few(seen: AtRiskView | None) -> Frame:
    """One row a topic that hangs on few: `topic`, `label`, `answered`, `by`; on whom is told nobody."""
    rows = seen.topics if seen else ()
    return Frame(
        {
            "topic": np.array([row.id for row in rows], dtype=np.int64),
            "label": np.array([row.label for row in rows], dtype=object),
            "answered": np.array([row.answered for row in rows], dtype=np.int64),
            "by": np.array([row.by for row in rows], dtype=object),
        }
    )
