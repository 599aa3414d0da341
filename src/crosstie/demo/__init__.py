"""The demo: a made-up company whose true learning is known, the same every time for the same seed.

It simulates a year of work and knows nothing of how ties are made of acts; it may use the record's types,
settings and errors. Start with `company.py`, then `office.py` (who knows what and whom) and `asking.py`.
"""

from __future__ import annotations

from crosstie.demo.company import Company, company
from crosstie.demo.people import Person
from crosstie.demo.truth import LearningEvent, Planted, Truth, Way

__all__ = ["Company", "LearningEvent", "Person", "Planted", "Truth", "Way", "company"]
