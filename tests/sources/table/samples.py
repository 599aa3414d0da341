"""A made-up table of interactions, as a mail log writes them."""

from __future__ import annotations

from pathlib import Path

UNITS = 6

# A log that does not say so is direct, and gives nothing to nobody in particular.
SETTINGS = {"openness": "open"}

ROWS = """\
sender;recipient;date
ada@example.org;ben@example.org;2025-03-03 09:00:00
ada@example.org;cleo@example.org;2025-03-03 09:00:00
ada@example.org;dan@example.org;2025-03-03 09:00:00
ben@example.org;ada@example.org;2025-03-03T10:30:00+01:00
cleo@example.org;cleo@example.org;2025-03-04 08:00:00
dan@example.org;ada@example.org;yesterday
"""


def make(folder: Path) -> Path:
    """Write the sample and return its path."""
    path = folder / "mail-log.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path
