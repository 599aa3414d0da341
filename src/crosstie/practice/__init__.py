"""Practice: the rules of taking part: who meets whom, who waits, when a circle wants a look, what lasted.

It may use the network, people, privacy, the record and settings; it runs on columns and knows no database.
Start with `pairing.py` (a group into pairs) and `circle_check.py` (a word to one person about their circle).
"""

from __future__ import annotations

__all__: list[str] = []
