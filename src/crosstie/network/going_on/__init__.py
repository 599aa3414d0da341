"""A tying that goes on from an earlier one: only what came since is tied, and what was is left to fade.

It is right only where nothing else changed. What an earlier tying keeps (`kept.py`) says enough to notice
(`refusals.py`) and to find who is answered among the older rows (`answered.py`); pairs are faded and added
in `adding.py`. Start with `keeping.py`, which a tying calls.
"""

from __future__ import annotations
