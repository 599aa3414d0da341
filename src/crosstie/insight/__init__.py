"""Insight: what an organisation can understand of itself, in groups and never in persons.

It may use the network, ideas, people, privacy, the record and settings; it runs on columns and knows no
database. Start with `insight.py` (what an insight is), then the file of one, e.g. `idea_flow.py`.
"""

from __future__ import annotations

from crosstie.insight.insight import Insight
from crosstie.insight.registry import every_insight

__all__ = ["Insight", "every_insight"]
