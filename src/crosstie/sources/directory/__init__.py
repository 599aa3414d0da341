"""The directory: who works where and reports to whom, from an HR table; never a protected trait.

It may use the rows that all tables share (`sources.rows`) and the record's types; it knows no other source.
Start with `columns.py` (what is read, and what never is), then `managers.py` and `read.py`.
"""

from __future__ import annotations

from pathlib import Path

from crosstie.sources.directory.columns import GROUPS, says_who_is_where
from crosstie.sources.directory.read import read
from crosstie.sources.rows import peek
from crosstie.sources.source import Setting, Source

__all__ = ["SOURCE"]

_SURE = 0.7


def _recognises(path: Path) -> float:
    return _SURE if says_who_is_where(peek(path)) else 0.0


def _column(what: str, means: str) -> Setting:
    return Setting(
        name=f"{what}_column",
        label=f"Column: {what.replace('_', ' ')}",
        help=f"The column that holds {means}; empty to look for well-known names, - for none.",
    )


SOURCE = Source(
    name="directory",
    label="Directory",
    reads="A CSV or Parquet file of people with their unit and manager, as HR systems write it.",
    drops=("sex, age, origin, belief, family, health", "pay and appraisal", "every column that is not named"),
    kinds=frozenset(),
    unit="people",
    settings=(
        _column("id", "the directory's number or key of a person"),
        _column("name", "the full name"),
        _column("first_name", "the first name, where no column has the full name"),
        _column("last_name", "the last name, where no column has the full name"),
        _column("address", "the e-mail address"),
        _column("manager", "the manager's id, address or name"),
        _column("manager_name", "the manager's name"),
        _column("relation", "employee, customer, partner or outside"),
        _column("joined", "the day of joining"),
        _column("left", "the day of leaving"),
        *(_column(kind, f"the {kind}") for kind in GROUPS),
        Setting(
            name="group_columns",
            label="Further groups",
            help="More columns that name units people belong to, with commas between them.",
        ),
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
