"""Another place, to see how far what was learned carries: a Zulip stream with its topics hidden.

One stream of zulip-lean-questions in order of time, as if it were one flat channel: the last 20,000 messages,
on which nothing was tuned. Two things are known of it. In which topic each message lies: a reply should lie
in the same one. And whom it quotes, where it quotes somebody else who wrote there before; what is quoted is
taken out of the text, since its words would give the answer away.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import numpy as np

from crosstie.ideas.replies import Answered, answered, replies, stream
from crosstie.record import Interaction, Kind, KnownHow
from crosstie.sources import Door, Ledger, every_source
from evaluation.comparing import difference
from evaluation.task import Cell, Table
from evaluation.unpacking import unpacked

ARCHIVE = "zulip-lean-questions.tar.xz"
LATEST = 20_000
COUNTS_FROM = 0.3
"""What the tying counts (`NetworkSettings.inferred_from`)."""

BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 1.0)

_QUOTED = re.compile(r"^(?:>.*|.{1,80} said:)$", re.MULTILINE)


def elsewhere(data: Path) -> list[Table]:
    """Return what is inferred in a stream whose topics are hidden, beside the latest of somebody else."""
    acts = _messages(data)
    chat = stream(
        authors=[act.actor for act in acts],
        seconds=[act.at.timestamp() if act.at else 0.0 for act in acts],
        texts=[_QUOTED.sub("", act.text or "") for act in acts],
        named=[() if _quotes(act) else act.mentioned for act in acts],
    )
    found = answered(replies(chat), chat.author)
    latest = _latest_other(chat.author.tolist())
    return [_topics(acts, found, latest), _quotations(acts, found, latest)]


def _messages(data: Path) -> list[Interaction]:
    source = every_source()["zulip"]
    with unpacked(data / ARCHIVE) as folder:
        traces = source.read(next(folder.iterdir()), source.defaults(), Door(Ledger()))
        said = [
            trace
            for trace in traces
            if isinstance(trace, Interaction) and trace.kind in {Kind.SAID, Kind.REPLIED} and trace.at
        ]
    return sorted(said, key=lambda act: (act.at, act.external_id))[-LATEST:]


def _quotes(act: Interaction) -> bool:
    return act.kind is Kind.REPLIED and act.known_how is KnownHow.STATED


def _latest_other(author: list[int]) -> list[int]:
    """Return of each message the one before it that is somebody else's, -1 for none."""
    latest: list[int] = []
    for at, one in enumerate(author):
        other = latest[-1] if at and author[at - 1] == one else at - 1
        latest.append(other)
    return latest


def _topics(acts: list[Interaction], found: Answered, latest: list[int]) -> Table:
    counts = found.probability >= COUNTS_FROM
    pairs = list(zip(found.message[counts].tolist(), found.parent[counts].tolist(), strict=True))
    ours = [acts[message].thread == acts[parent].thread for message, parent in pairs]
    theirs = [acts[message].thread == acts[latest[message]].thread for message, _ in pairs]
    return Table(
        title=f"A stream with its topics hidden: {len(pairs)} replies inferred with {COUNTS_FROM} or more",
        rows={
            "latest of somebody else": {"in the same topic": float(np.mean(theirs)), "crosstie more": None},
            "crosstie": {
                "in the same topic": float(np.mean(ours)),
                "crosstie more": difference(ours, theirs, groups=[acts[one].thread for one, _ in pairs]),
            },
        },
    )


def _quotations(acts: list[Interaction], found: Answered, latest: list[int]) -> Table:
    row_of = {act.external_id: at for at, act in enumerate(acts)}
    best = {message: row for row, message in enumerate(found.message.tolist())}
    said, right, by_latest, topics = [], [], [], []
    for at, act in enumerate(acts):
        quoted = row_of.get(act.replies_to, at)
        if not _quotes(act) or quoted >= at or acts[quoted].actor == act.actor:
            continue
        whom = acts[quoted].actor
        row = best.get(at)
        said.append(0.0 if row is None else float(found.probability[row]))
        right.append(row is not None and acts[found.parent[row]].actor == whom)
        topics.append(act.thread)
        by_latest.append(latest[at] >= 0 and acts[latest[at]].actor == whom)
    chance, is_right = np.array(said), np.array(right)
    rows: dict[str, dict[str, Cell]] = {
        "latest of somebody else": {
            "cases": len(said),
            "said": None,
            "right": float(np.mean(by_latest)),
            "crosstie more": None,
        },
        "crosstie": {
            "cases": len(said),
            "said": float(chance.mean()),
            "right": float(is_right.mean()),
            "crosstie more": difference(right, by_latest, groups=topics),
        },
    }
    for low, high in pairwise(BINS):
        chosen = (chance >= low) & (chance < high)
        if chosen.any():
            rows[f"said {low} to {high}"] = {
                "cases": int(chosen.sum()),
                "said": float(chance[chosen].mean()),
                "right": float(is_right[chosen].mean()),
                "crosstie more": None,
            }
    return Table(title="The same stream: is it the one who is quoted?", rows=rows)
