"""Topics as frames: what is talked of, who talks of it, what ties are about; people by opaque keys.

And which topics moved between groups, and how varied these are, which names nobody.
"""

from __future__ import annotations

import numpy as np

from crosstie.actions.idea_flow import IdeaFlowView
from crosstie.actions.topic_files import Kept
from crosstie.ideas.novelty import WINDOWS, novelty
from crosstie.ideas.topics.profiles import people_in
from crosstie.notebook.frame import Frame


def topics(kept: Kept) -> Frame:
    """One row a topic: `topic`, `label`, `words`, `conversations`, `people`."""
    found = kept.topics
    main = found.about.main
    return Frame(
        {
            "topic": np.array(found.ids, dtype=np.int64),
            "label": np.array(found.labels, dtype=object),
            "words": np.array([", ".join(words) for words in found.words], dtype=object),
            "conversations": np.bincount(main[main >= 0], minlength=len(found)).astype(np.int64),
            "people": people_in(kept.took, main, len(found)).astype(np.int64),
        }
    )


def talks_of(kept: Kept) -> Frame:
    """One row a person and topic: `person`, `topic`, `weight`, `given`, `conversations`, `last_at`."""
    rows, people = kept.profiles, np.array(kept.people, dtype=object)
    return Frame(
        {
            "person": people[rows.person],
            "topic": _ids(kept)[rows.topic],
            "weight": rows.weight,
            "given": rows.given,
            "conversations": rows.conversations,
            "last_at": rows.last_at.astype("datetime64[us]"),
        }
    )


def conversations(kept: Kept) -> Frame:
    """One row a conversation: what it is about, how many took part, how new it was, how much of it stayed."""
    found, took = kept.topics, kept.took
    count, main = len(found.key), found.about.main
    places = np.zeros((count, len(found)))
    row, rank = np.nonzero(found.about.weight > 0)
    places[row, found.about.topic[row, rank]] = found.about.weight[row, rank]
    # Of whom nothing may be found is nobody's echo: each such conversation has a number of its own.
    began = -1 - np.arange(count, dtype=np.int32)
    began[took.thread[took.began]] = took.person[took.began]
    columns = {
        "conversation": found.key,
        "topic": np.where(main >= 0, _ids(kept)[main], -1),
        "first_at": kept.first_at.astype("datetime64[us]"),
        "people": np.bincount(took.thread, minlength=count).astype(np.int64),
    }
    for days in WINDOWS:
        made = novelty(places, kept.first_at, window_days=days, author=began)
        columns |= {f"novelty_{days:.0f}": made.novelty, f"resonance_{days:.0f}": made.resonance}
    return Frame(columns)


def about(kept: Kept) -> Frame:
    """One row a tie and topic: `learner`, `teacher`, `topic`, `weight`, `acts`, `last_at`."""
    rows, people = kept.learned, np.array(kept.people, dtype=object)
    return Frame(
        {
            "learner": people[rows.learner],
            "teacher": people[rows.teacher],
            "topic": _ids(kept)[rows.topic],
            "weight": rows.weight,
            "acts": rows.acts,
            "last_at": rows.last_at.astype("datetime64[us]"),
        }
    )


def flows(view: IdeaFlowView) -> Frame:
    """One row a topic that moved: what, between which groups, how many took it up, and since when."""
    rows = view.flows
    return Frame(
        {
            "topic": np.array([one.topic for one in rows], dtype=np.int64),
            "label": np.array([one.label for one in rows], dtype=object),
            "kind": np.array([one.kind for one in rows], dtype=object),
            "giver": np.array([one.giver for one in rows], dtype=object),
            "taker": np.array([one.taker for one in rows], dtype=object),
            "people": np.array([one.people for one in rows], dtype=np.int64),
            "by_chance": np.array([one.by_chance for one in rows], dtype=np.int64),
            "given_from": np.array([one.given_from for one in rows], dtype="datetime64[us]"),
            "taken_from": np.array([one.taken_from for one in rows], dtype="datetime64[us]"),
        }
    )


def group_topics(view: IdeaFlowView) -> Frame:
    """One row a group and topic of which it talks more than others: `kind`, `group`, `label`."""
    rows = [(one, label) for one in view.talks for label in one.topics]
    return Frame(
        {
            "kind": np.array([one.kind for one, _ in rows], dtype=object),
            "group": np.array([one.group for one, _ in rows], dtype=object),
            "label": np.array([label for _, label in rows], dtype=object),
        }
    )


def variety(view: IdeaFlowView) -> Frame:
    """One row a group: `kind`, `group`, `topics`, `low`, `high`."""
    rows = view.varieties
    return Frame(
        {
            "kind": np.array([one.kind for one in rows], dtype=object),
            "group": np.array([one.group for one in rows], dtype=object),
            "topics": np.array([one.topics for one in rows], dtype=np.int64),
            "low": np.array([one.low for one in rows], dtype=np.int64),
            "high": np.array([one.high for one in rows], dtype=np.int64),
        }
    )


def _ids(kept: Kept) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    # An empty table of topics has no row to take; -1 is never looked up.
    return np.array(kept.topics.ids or (-1,), dtype=np.int64)
