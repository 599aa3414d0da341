"""The table: interactions or ties that stand in a CSV or Parquet file, a row each.

It may use the rows that all tables share (`sources.rows`) and the record's types; it knows no other source.
Start with `columns.py` (which column says what), then `read.py` (rows into interactions).
"""

from __future__ import annotations

import csv
from pathlib import Path

from crosstie.errors import SourceUnclear
from crosstie.record import Kind
from crosstie.sources.columns import DAY_FIRST, column_setting
from crosstie.sources.rows import header_of, peek, shown
from crosstie.sources.source import Setting, Source
from crosstie.sources.table.columns import has_both_ends
from crosstie.sources.table.read import read

__all__ = ["SOURCE"]

_SURE = 0.8


def _recognises(path: Path) -> float:
    return _SURE if has_both_ends(peek(path)) else 0.0


def _explains(path: Path) -> None:
    """Say what is wrong with a file that is called a table, or what is not known of its columns.

    Raises:
        SourceRefused: it is damaged.
        SourceUnclear: no column is one of the well-known.
    """
    try:
        header = header_of(path)
    except (OSError, csv.Error):
        return  # whoever reads it says so
    if len(header) > 1 and path.suffix.lower() != ".txt":  # of a text, a line with a comma is no header
        raise SourceUnclear(
            f'No source recognises "{path}": its columns are {shown(header)}.',
            hint="If it is a table of interactions or ties, say which columns hold who turned to whom:"
            f" table:{path} --set table.from_column=… --set table.to_column=…."
            " Else name its source as NAME:PATH.",
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
    unit_of_one="row",
    settings=(
        Setting(
            name="name",
            label="Name",
            help="What the table is about. Tables of one name are one, of two names two; without, a table"
            " is known again by its rows.",
        ),
        column_setting("from", "says who acted, or who names"),
        column_setting("to", "says towards whom, or who is named"),
        column_setting("at", "says when"),
        column_setting("weight", "says how strong the tie is"),
        column_setting("kind", "says what kind of interaction it is"),
        column_setting("place", "says where it happened"),
        column_setting("message", "says which message a row belongs to"),
        column_setting("openness", "says who can read it: open, members or direct"),
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
        DAY_FIRST,
    ),
    recognises=_recognises,
    explains=_explains,
    read=read,
)
