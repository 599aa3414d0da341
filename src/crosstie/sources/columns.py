"""What a user may say about the columns and days of a table, the same for all tables."""

from __future__ import annotations

from crosstie.sources.days import AUTO
from crosstie.sources.source import Setting

DAY_FIRST = Setting(
    name="day_first",
    label="Day first",
    help="Whether 3/4/2026 is the third of April; auto: where a date beside it, as 13/4/2026, shows it.",
    default=AUTO,
    choices=(AUTO, "no", "yes"),
)


def column_setting(what: str, means: str) -> Setting:
    """Return the setting that names the column of something.

    Args:
        what: the setting is called ``<what>_column``.
        means: what the column says or holds, verb included.
    """
    return Setting(
        name=f"{what}_column",
        label=f"Column: {what.replace('_', ' ')}",
        help=f"The column that {means}; empty to look for well-known names, - for none.",
    )
