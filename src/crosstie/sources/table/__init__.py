"""The table: interactions or ties that stand in a CSV or Parquet file, a row each.

It may use the rows that all tables share (`sources.rows`) and the record's types; it knows no other source.
Start with `columns.py` (which column says what), then `read.py` (rows into interactions).
"""

from __future__ import annotations

from pathlib import Path

from crosstie.record import Kind
from crosstie.sources.rows import peek
from crosstie.sources.source import Setting, Source
from crosstie.sources.table.columns import has_both_ends
from crosstie.sources.table.read import read

__all__ = ["SOURCE"]

_SURE = 0.8


def _recognises(path: Path) -> float:
    return _SURE if has_both_ends(peek(path)) else 0.0


def _column(what: str, means: str) -> Setting:
    return Setting(
        name=f"{what}_column",
        label=f"Column: {what}",
        help=f"The column that says {means}; empty to look for well-known names, - for none.",
    )


SOURCE = Source(
    name="table",
    label="Table of interactions or ties",
    reads="A CSV or Parquet file with a column for each end of a tie, and its times or strengths.",
    drops=(
        "every column that is not named",
        "ties of a person with themselves",
        "points below the one that is a tie",
    ),
    kinds=frozenset(Kind),
    unit="rows",
    settings=(
        Setting(
            name="name", label="Name", help="What the table is about; tells apart tables that begin alike."
        ),
        _column("from", "who acted, or who names"),
        _column("to", "towards whom, or who is named"),
        _column("at", "when"),
        _column("weight", "how strong the tie is"),
        _column("kind", "what kind of interaction it is"),
        _column("place", "where it happened"),
        _column("message", "which message a row belongs to"),
        _column("openness", "who can read it: open, members or direct"),
        Setting(
            name="tie_from",
            label="A tie from",
            help='The first point of the scale that is a tie: 2 where 1 says "never"; empty for all above 0.',
        ),
        Setting(
            name="kind",
            label="Kind",
            help="What a row is where no column says so; auto: said where there are times, else named.",
            default="auto",
            choices=("auto", *sorted(Kind)),
        ),
        Setting(
            name="openness",
            label="Who can read it",
            help="Anyone in the organisation (open), its members, or the people in it by name (direct), where"
            " no column says so; auto: direct where there are times, as in a log of mails, else open.",
            default="auto",
            choices=("auto", "open", "members", "direct"),
        ),
        Setting(name="time_zone", label="Time zone", help="The zone of times that name none.", default="UTC"),
        Setting(
            name="day_first",
            label="Day first",
            help="Whether 3/4/2026 is the third of April.",
            default="no",
            choices=("no", "yes"),
        ),
    ),
    recognises=_recognises,
    read=read,
)
