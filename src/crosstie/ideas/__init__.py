"""What was asked and answered: questions with their answers, found again by their words.

It may use the record's columns, settings and errors; it knows texts of open places only, in passing, and
keeps words without their names. Start with `threads.py` (what is a question, what an answer), then
`index.py`.
"""

from __future__ import annotations

from crosstie.ideas.found import Answered, Asked, Found
from crosstie.ideas.index import Index
from crosstie.ideas.naming import Names

__all__ = ["Answered", "Asked", "Found", "Index", "Names"]
