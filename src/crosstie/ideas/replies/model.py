"""What was learned about replies, as it comes with crosstie: numbers alone, no word of anybody.

It was learned from the annotated reply links of Kummerfeld et al. 2019, "A Large-Scale Corpus for
Conversation Disentanglement" (ACL), CC BY 4.0; `evaluation/_learning_replies.py` learns it again.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from crosstie.ideas.replies.stream import Real
from crosstie.ideas.replies.trees import Trees

FILE = Path(__file__).with_name("learned.npz")


class Model(NamedTuple):
    """What was learned.

    Attributes:
        manner: (BUCKETS + 1, 4) what each sign of a text says of it, and a last row for all texts.
        first: looks at two messages side by side (`candidates.FEATURES`).
        second: looks at the conversations of that first guess too (`conversations.FEATURES`, after the
            others).
        floor: what is less likely than this by the first is not shown to the second.
        temperature: by what the sum of the second is divided, so that probabilities mean what they say.
    """

    manner: Real
    first: Trees
    second: Trees
    floor: float
    temperature: float


@cache
def model() -> Model:
    """Return what comes with crosstie."""
    return load(FILE)


def load(file: Path) -> Model:
    """Read what `save` wrote."""
    with np.load(file, allow_pickle=False) as named:
        return Model(
            manner=named["manner"].astype(np.float32),
            first=_trees({name: named[f"first {name}"] for name in Trees._fields}),
            second=_trees({name: named[f"second {name}"] for name in Trees._fields}),
            floor=float(named["floor"]),
            temperature=float(named["temperature"]),
        )


def save(file: Path, learned: Model) -> None:
    """Write what was learned; each node as few bytes as it takes."""
    columns: dict[str, Any] = {}
    for name, trees in (("first", learned.first), ("second", learned.second)):
        columns |= {f"{name} {one}": column for one, column in trees._asdict().items()}
        columns[f"{name} column"] = trees.column.astype(np.int8)
    np.savez_compressed(
        file,
        manner=learned.manner.astype(np.float16),
        floor=np.float32(learned.floor),
        temperature=np.float32(learned.temperature),
        **columns,
    )


def _trees(columns: dict[str, Any]) -> Trees:
    return Trees(
        first=columns["first"].astype(np.int32),
        column=columns["column"].astype(np.int32),
        value=columns["value"].astype(np.float32),
        right=columns["right"].astype(np.int32),
        missing_left=columns["missing_left"].astype(np.bool_),
    )
