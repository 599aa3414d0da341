"""Privacy of groups: which sizes and cells may be shown, so that nobody is found inside a figure.

It may use settings and errors; it runs on columns of numbers and knows no names.
Start with `groups.py`.
"""

from __future__ import annotations

from crosstie.privacy.groups import SMALLEST_EVER, crowded_cells, showable_cells, showable_groups
from crosstie.privacy.nested import Kind, showable_kinds, showable_nested_cells

__all__ = [
    "SMALLEST_EVER",
    "Kind",
    "crowded_cells",
    "showable_cells",
    "showable_groups",
    "showable_kinds",
    "showable_nested_cells",
]
