"""What texts are about: questions and answers found again, topics, languages, what requests, what is new.

It may use the record's columns, settings, privacy's sizes and errors; it knows texts of open places only, in
passing, and keeps words without their names. Start with `threads.py` (what is a question, what an answer),
then `index.py` and what writes it, `new_index.py`; for topics with `topics/`.
"""

from __future__ import annotations

from crosstie.ideas.found import Answered, Asked, Found
from crosstie.ideas.index import Index
from crosstie.ideas.naming import Names
from crosstie.ideas.new_index import NewIndex

__all__ = ["Answered", "Asked", "Found", "Index", "Names", "NewIndex"]
