"""Advice: whom to ask and whom to meet, each suggestion with its reasons and what it rests on.

It may use the network, ideas, people, privacy, the record and settings; it runs on columns and knows no
database. Start with `advisor.py` (what an advisor is), then the file of one, e.g. `experts.py`.
"""

from __future__ import annotations

from crosstie.advice.advisor import Advisor
from crosstie.advice.registry import every_advisor

__all__ = ["Advisor", "every_advisor"]
