"""Advice: whom to ask and whom to meet, each suggestion with its reasons and what it rests on.

It may use the network, people, privacy, the record and settings; it runs on columns and knows no database.
Start with `advisor.py` (what an advisor is), then the file of one advisor.
"""

from __future__ import annotations

from crosstie.advice.advisor import Advisor

__all__ = ["Advisor"]
