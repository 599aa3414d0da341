"""The words that frames hold, to look for names among them: a key may hold any three letters by chance."""

from __future__ import annotations

import re

from crosstie.notebook.frame import Frame

_KEY = re.compile(r"[a-hjkmnp-z][a-hjkmnp-z2-9]{11}|[A-Za-z0-9_-]{24}")
"""An opaque key, or the keyed hash of an id from outside."""


def words_in(*frames: Frame) -> set[str]:
    """Return all words in small letters, of the columns' names too, without those of cells that are a key."""
    texts = [text for frame in frames for text in frame.columns]
    for frame in frames:
        for name in frame.columns:
            texts += [cell for cell in map(str, frame[name].tolist()) if not _KEY.fullmatch(cell)]
    return {word.lower() for text in texts for word in re.findall(r"[^\W\d_]+", text)}
