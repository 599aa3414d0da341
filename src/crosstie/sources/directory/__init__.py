"""The directory: who works where and reports to whom, from an HR table; never a protected trait.

It may use the rows that all tables share (`sources.rows`) and the record's types; it knows no other source.
Start with `columns.py` (what is read, and what never is), then `managers.py` and `read.py`.
"""

from __future__ import annotations

from pathlib import Path

from crosstie.sources.columns import DAY_FIRST, column_setting
from crosstie.sources.directory.columns import GROUPS, says_who_is_where
from crosstie.sources.directory.read import read
from crosstie.sources.rows import peek
from crosstie.sources.source import Setting, Source

__all__ = ["SOURCE"]

_SURE = 0.7


def _recognises(path: Path) -> float:
    return _SURE if says_who_is_where(peek(path)) else 0.0


SOURCE = Source(
    name="directory",
    label="Directory",
    reads="A CSV or Parquet file of people with their unit and manager, as HR systems write it.",
    drops=("sex, age, origin, belief, family, health", "pay and appraisal", "every column that is not named"),
    kinds=frozenset(),
    unit="people",
    unit_of_one="person",
    settings=(
        column_setting("id", "holds the directory's number or key of a person"),
        column_setting("name", "holds the full name"),
        column_setting("first_name", "holds the first name, where no column has the full name"),
        column_setting("last_name", "holds the last name, where no column has the full name"),
        column_setting("address", "holds the e-mail address"),
        column_setting("manager", "holds the manager's id, address or name"),
        column_setting("manager_name", "holds the manager's name"),
        column_setting("relation", "holds employee, customer, partner or outside"),
        column_setting("joined", "holds the day of joining"),
        column_setting("left", "holds the day of leaving"),
        *(column_setting(kind, f"holds the {kind}") for kind in GROUPS),
        Setting(
            name="group_columns",
            label="Further groups",
            help="More columns that name units people belong to, with commas between them.",
        ),
        DAY_FIRST,
    ),
    recognises=_recognises,
    read=read,
)
