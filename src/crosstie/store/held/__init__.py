"""What every table holds of people, declared once.

From this a member is shown what is held about them, takes it along, and is forgotten (`erasing`). A test
walks every table and every column: one that is not declared fails it.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from crosstie.store import models as tables
from crosstie.store.held.numbers import numbers_of
from crosstie.store.held.of_asking import OF_ASKING
from crosstie.store.held.of_meeting import OF_MEETING
from crosstie.store.held.of_people import OF_PEOPLE
from crosstie.store.held.table import Held, rows_of

__all__ = ["HELD", "OF_NOBODY", "Held", "numbers_of", "rows_of"]

HELD: tuple[Held, ...] = (*OF_PEOPLE, *OF_ASKING, *OF_MEETING)
"""Every table that knows people by their key or address."""

OF_NOBODY: Mapping[type[models.Model], tuple[str, ...]] = {
    tables.Fact: ("value",),
    tables.Place: ("name", "link"),
    tables.Domain: (),
    tables.Reading: ("path", "left_out", "notes"),
    tables.Forgotten: (),
    tables.Meeting: ("reasons",),
    tables.Run: ("payload", "trouble"),
    tables.Arrived: (),
}
"""Tables that are of nobody in particular, with the columns in which words may stand all the same."""
