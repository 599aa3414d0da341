"""Charts: SVG made on the server, there without JavaScript and in both colour schemes.

They may use views and words alone; colours, widths and fonts are classes of the one style
sheet, never attributes.
Start with `svg.py` (how an element is written), then one file a picture.
"""

from __future__ import annotations

from crosstie.web.charts.circle import circle_pictures
from crosstie.web.charts.groups import group_pictures
from crosstie.web.charts.ledger import ledger_bar
from crosstie.web.charts.months import describe, months_chart
from crosstie.web.charts.shape import shape
from crosstie.web.charts.svg import Pictures

__all__ = ["Pictures", "circle_pictures", "describe", "group_pictures", "ledger_bar", "months_chart", "shape"]
