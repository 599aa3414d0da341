"""Are the reply links right that crosstie infers in flat chat?

Data: irc-ubuntu (Kummerfeld et al. 2019, CC BY 4.0), links by hand in logs of one busy help channel. Splits
as they come: 153 logs to learn from, 10 to tune on, 10 to test (5,000 messages, 5,187 links). Truth: the
adjudicated links; a message may answer several, and one that opens a conversation is linked to itself. The
server's own lines count as messages that open and end at once, as in the official protocol.

Beside it: the previous message; and rules without training (`_reply_rules`), which answer whom the message
names, else stay with the partner. What is learned was learned from the training logs alone
(`_learning_replies`); sizes of the trees, the rules' minutes, the temperature of the probabilities and how
far a conversation counts when a parent is chosen were chosen on the development logs. How far it carries is
looked at in another place, where nothing was learned and nothing tuned (`_hidden_topics`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crosstie.ideas.replies import Replies, Stream, answered, parents, replies, stream
from evaluation._chat_logs import Log, logs
from evaluation._hidden_topics import ARCHIVE, elsewhere
from evaluation._linking import Links, Score, labels, score
from evaluation._reply_rules import by_rules
from evaluation.comparing import Difference, difference
from evaluation.task import Result, Table, Task, main
from evaluation.unpacking import unpacked

BINS = 15
"""Of equal width, for the calibration error: the mean distance between what is said and what is true, by
bin."""

MUST = {"link F1": 71.0, "one-to-one": 78.0}
REACH = {"link F1": 73.5, "exact F1": 38.2, "1 - VI": 93.2, "one-to-one": 81.1}
MUST_A_SECOND = 2_000
MUST_ERROR = 0.05


def run(data: Path, development: bool) -> Result:  # noqa: FBT001 - as every task
    """Score all ways on one part."""
    replies(stream(authors="ab", seconds=[0, 1], texts=["?", "!"], named=["", ""]))  # compiles
    with unpacked(data / "irc-ubuntu.tar.xz") as folder:
        began = time.process_time()
        parts = logs(folder / "irc-ubuntu" / ("dev" if development else "test"))
    found = [replies(one.stream) for one in parts]
    messages = sum(len(one.stream) for one in parts)
    a_second = messages / (time.process_time() - began)
    ways: dict[str, dict[str, Links]] = {
        "previous message": previous(parts),
        "rules": _links(parts, lambda _, chat: by_rules(chat)),
        "crosstie": _links(parts, lambda at, chat: parents(found[at], len(chat)).tolist()),
    }
    gold = {one.name: one.links for one in parts}
    annotated = {one.name: one.annotated for one in parts}
    scores = {way: _shown(score(links, gold, annotated)) for way, links in ways.items()}
    errors = _errors(parts, found)
    return Result(
        tables=[
            Table(
                title=f"{sum(map(len, annotated.values()))} messages, {sum(map(len, gold.values()))} links",
                rows=scores,
            ),
            Table(title="crosstie less the rules", rows=_differences(parts, ways)),
            Table(title="Calibration: cases, mean probability, share that is true, error", rows=errors),
            *(elsewhere(data) if (data / ARCHIVE).exists() and not development else ()),
        ],
        facts={
            "messages_a_second_on_one_core": round(a_second),
            "messages_read": messages,
            "bins": BINS,
        },
        verdicts=_verdicts(scores["crosstie"], a_second, max(float(row["error"]) for row in errors.values())),
        predictions=_written(ways["crosstie"]),
    )


def previous(parts: list[Log]) -> dict[str, Links]:
    """Return each message linked to the one before it."""
    return _links(parts, lambda _, chat: [max(0, at - 1) for at in range(len(chat))])


def _links(parts: list[Log], parent_of: Callable[[int, Stream], list[int]]) -> dict[str, Links]:
    links: dict[str, Links] = {}
    for at, one in enumerate(parts):
        lines = {line: line for line in one.annotated}
        for message, parent in enumerate(parent_of(at, one.stream)):
            if one.number[message] in one.annotated:
                lines[one.number[message]] = one.number[parent]
        links[one.name] = {(parent, line) for line, parent in lines.items()}
    return links


def _shown(one: Score) -> dict[str, float]:
    names = {"f1": "link F1", "vi": "1 - VI", "one_to_one": "one-to-one"}
    return {
        names.get(name, name.replace("_", " ").replace("f1", "F1")): round(value, 2)
        for name, value in asdict(one).items()
    }


def _differences(
    parts: list[Log], ways: dict[str, dict[str, Links]]
) -> dict[str, dict[str, Difference | int]]:
    """Compare message by message, conversations drawn together, and file by file."""
    right: dict[str, list[float]] = {"crosstie": [], "rules": []}
    conversations: list[tuple[str, int]] = []
    for one in parts:
        conversations += labels(one.links, one.annotated, one.name)
        for way, values in right.items():
            parent_of = {line: parent for parent, line in ways[way][one.name]}
            values += [100.0 * ((parent_of[line], line) in one.links) for line in one.annotated]
    rows: dict[str, dict[str, Difference | int]] = {
        "right links in 100 messages": {
            "cases": len(conversations),
            "difference": difference(right["crosstie"], right["rules"], groups=conversations),
        }
    }
    by_file = {
        way: [
            _shown(score({one.name: ways[way][one.name]}, {one.name: one.links}, {one.name: one.annotated}))
            for one in parts
        ]
        for way in right
    }
    for measure in ("link F1", "1 - VI", "one-to-one", "exact F1"):
        ours, theirs = ([row[measure] for row in by_file[way]] for way in ("crosstie", "rules"))
        rows[f"{measure}, file by file"] = {"cases": len(parts), "difference": difference(ours, theirs)}
    return rows


Cases = tuple[NDArray[np.float64], NDArray[np.bool_]]
"""What is said of each case, and whether it is true."""


def _errors(parts: list[Log], found: list[Replies]) -> dict[str, dict[str, float]]:
    """Say how far probabilities are from what is true."""
    kinds = {
        "the link chosen for a message": _chosen,
        "every candidate": _every,
        "whom a message answers": _people,
    }
    rows = {}
    for name, cases_of in kinds.items():
        said, true = zip(*map(cases_of, parts, found), strict=True)
        rows[name] = _calibrated(np.concatenate(said), np.concatenate(true))
    return rows


def _every(one: Log, found: Replies) -> Cases:
    number = np.array(one.number)
    counts = number[found.message] >= one.annotated.start
    lines = zip(number[found.parent[counts]].tolist(), number[found.message[counts]].tolist(), strict=True)
    return found.chance[counts].astype(np.float64), np.array([pair in one.links for pair in lines])


def _chosen(one: Log, found: Replies) -> Cases:
    said, true = _every(one, found)
    counts = np.array(one.number)[found.message] >= one.annotated.start
    is_chosen = (parents(found, len(one.stream))[found.message] == found.parent)[counts]
    return said[is_chosen], true[is_chosen]


def _people(one: Log, found: Replies) -> Cases:
    author = one.stream.author
    at_line = {line: at for at, line in enumerate(one.number)}
    answers = {
        (at_line[later], int(author[at_line[earlier]]))
        for earlier, later in one.links
        if earlier != later and earlier in at_line and later in at_line
    }
    whom = answered(found, author)
    counts = np.array(one.number)[whom.message] >= one.annotated.start
    pairs = zip(whom.message[counts].tolist(), author[whom.parent[counts]].tolist(), strict=True)
    return whom.probability[counts].astype(np.float64), np.array([pair in answers for pair in pairs])


def _calibrated(said: ArrayLike, true: ArrayLike) -> dict[str, float]:
    said, true = np.asarray(said, np.float64), np.asarray(true, np.float64)
    bins = np.minimum((said * BINS).astype(int), BINS - 1)
    apart = np.abs(np.bincount(bins, said, BINS) - np.bincount(bins, true, BINS)).sum() / len(said)
    return {
        "cases": float(len(said)),
        "said": float(said.mean()),
        "true": float(true.mean()),
        "error": float(apart),
    }


def _verdicts(scores: dict[str, float], a_second: float, error: float) -> list[str]:
    def line(kind: str, wanted: dict[str, float]) -> str:
        met = all(scores[name] >= least for name, least in wanted.items())
        figures = ", ".join(f"{name} {scores[name]:.1f} of {least}" for name, least in wanted.items())
        return f"{kind}: {figures}: {'met' if met else 'not met'}"

    return [
        line("must", MUST),
        line("reach for, together", REACH),
        f"must: {a_second:.0f} of {MUST_A_SECOND} messages a second: {_met(a_second >= MUST_A_SECOND)}",
        f"must: calibration error {error:.3f}, at most {MUST_ERROR}: {_met(error <= MUST_ERROR)}",
    ]


def _met(is_met: bool) -> str:  # noqa: FBT001 - one word of two
    return "met" if is_met else "not met"


def _written(links: dict[str, Links]) -> Iterator[str]:
    """Write links as the official scripts read them."""
    for name, pairs in sorted(links.items()):
        yield from (
            f"{name}:{parent} {line} -" for parent, line in sorted(pairs, key=lambda pair: pair[::-1])
        )


TASK = Task(
    name="replies",
    question="Are the reply links right that crosstie infers in flat chat?",
    splits=(__doc__ or "").partition("\n\n")[2].strip(),
    run=run,
)

if __name__ == "__main__":
    main(TASK)
