"""The verbs, one per use: each asks the gate, does one thing, and is the only one that does it.

Faces change and show things only through them; they may use every room below. Start with `reading.py`
(an export into the workspace), `snapshots.py` (the network from the record) and `pages.py` (what is shown).
"""
