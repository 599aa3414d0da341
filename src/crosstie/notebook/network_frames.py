"""The network at a date as frames, by opaque keys."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from crosstie.actions.snapshots import Snapshot
from crosstie.errors import PersonUnclear
from crosstie.network.network import Ties
from crosstie.notebook import structure_frames, topic_frames
from crosstie.notebook.frame import Frame

if TYPE_CHECKING:
    import networkx as nx

    from crosstie.actions.idea_flow import IdeaFlowView
    from crosstie.actions.topic_files import Kept


class NetworkFrames:
    """The network at a date, as frames.

    Attributes:
        as_of: the date the decay counts from.
    """

    def __init__(
        self, snapshot: Snapshot, find_topics: Callable[[], Kept], find_flows: Callable[[], IdeaFlowView]
    ) -> None:
        self._snapshot = snapshot
        self._find_topics = find_topics
        self._find_flows = find_flows
        self.as_of = snapshot.network.as_of

    def __repr__(self) -> str:
        size = f"{len(self.people):,} people and {len(self.ties):,} ties"
        return f"<Network of {size} as of {self.as_of:%Y-%m-%d}>"

    @cached_property
    def people(self) -> Frame:
        """One row a person: `person`, the groups of the directory, `community`, and every metric."""
        network = self._snapshot.network
        return Frame(
            {
                "person": network.persons,
                **network.groups,
                "community": self._snapshot.community,
                **self._snapshot.scores,
            }
        )

    @cached_property
    def intervals(self) -> Frame:
        """One row a person: the 90 % interval of every measure that is estimated, as NAME_low and NAME_high.

        By leaving out one contact after the other; NaN where there are fewer than five.
        """
        return structure_frames.intervals(self._snapshot)

    @cached_property
    def adjusted(self) -> Frame:
        """One row a person: how each measure stands among circles of about that size, 0 lowest, 1 highest."""
        return structure_frames.adjusted(self._snapshot)

    @cached_property
    def whole(self) -> dict[str, float]:
        """The whole in a few figures: `density`, `components`, `modularity`, core and backbone among them."""
        return structure_frames.whole(self._snapshot)

    def groups(self, kind: str) -> Frame:
        """Return one row a group that is large enough: density and contact outside, with 90 % intervals.

        The latter also beside what it is where groups are shuffled over people (`outside_expected`,
        `outside_chance`).
        """
        return structure_frames.groups(self._snapshot, kind)

    def mixing(self, kind: str) -> Frame:
        """Return how much groups keep to themselves (`ei_index`, `assortativity`), beside shuffled groups."""
        return structure_frames.mixing(self._snapshot, kind)

    def communities(self, before: NetworkFrames) -> Frame:
        """Return everybody's community with the number it had at an earlier date, and that of then."""
        return structure_frames.communities(self._snapshot, before._snapshot)

    @cached_property
    def tie_measures(self) -> Frame:
        """One row an ordered pair: `weight`, `direction`, `mutuality`, `overlap`, `age_days`, `silent_days`.

        In the order of `ties`.
        """
        return structure_frames.tie_measures(self._snapshot)

    @cached_property
    def ties(self) -> Frame:
        """One row an ordered pair of persons.

        `learner`, `teacher`, `learned`, `turned_to`, `contact` (undirected: the same in both rows),
        `first_at`, `last_at`, `known_how`, `is_active`, `is_known`, `is_open`, `is_one_way` (clearly
        that way and not the other, if anything was learned).
        """
        return self._frame(self._snapshot.network.ties)

    @cached_property
    def topics(self) -> Frame:
        """One row a topic of open places: `topic`, `label`, `words`, `conversations`, `people`."""
        return topic_frames.topics(self._kept)

    @cached_property
    def conversations(self) -> Frame:
        """One row a conversation of open places: `conversation`, `topic` (-1 for none), `first_at`, `people`.

        `novelty_30` is how far it is, by its topics, from what others began in the 30 days before;
        `resonance_30` is that less how far from what they began in the 30 days after: above 0, it was taken
        up. The same for 7 and 90 days. NaN where there is too little to compare with.
        """
        return topic_frames.conversations(self._kept)

    @cached_property
    def talks_of(self) -> Frame:
        """One row a person and topic.

        `person`, `topic`, `weight` (conversations, decayed), `given` (of those that others began),
        `conversations`, `last_at`.
        """
        return topic_frames.talks_of(self._kept)

    @cached_property
    def about(self) -> Frame:
        """One row a tie and topic: what was learned, by open places alone.

        `learner`, `teacher`, `topic`, `weight` (acts, decayed), `acts`, `last_at`.
        """
        return topic_frames.about(self._kept)

    @cached_property
    def flows(self) -> Frame:
        """One row a topic that moved from one group to another, more than chance would have it.

        `topic`, `label`, `kind`, `giver`, `taker`, `people` (with noise, rounded to five), `by_chance`,
        `given_from`, `taken_from`. Up to the last whole month before the date.
        """
        return topic_frames.flows(self._flows)

    @cached_property
    def group_topics(self) -> Frame:
        """One row a group and a topic of which it talks more than others: `kind`, `group`, `label`.

        What stands out most comes first. Up to the last whole month before the date.
        """
        return topic_frames.group_topics(self._flows)

    @cached_property
    def variety(self) -> Frame:
        """One row a group: `kind`, `group`, `topics` (as if it talked equally of each), `low`, `high`."""
        return topic_frames.variety(self._flows)

    @cached_property
    def _flows(self) -> IdeaFlowView:
        return self._find_flows()

    @cached_property
    def _kept(self) -> Kept:
        return self._find_topics()

    def circle(self, person: str) -> Circle:
        """Return one person's circle.

        Args:
            person: their key.

        Raises:
            PersonUnclear: nobody in this network has this key.
        """
        network = self._snapshot.network
        try:
            row = network.index_of(person)
        except KeyError as unknown:
            raise PersonUnclear(
                f'Nobody in this network has the key "{person}".',
                hint="`find` of the workspace gives the key of a name or an address.",
            ) from unknown
        ties = network.ties
        own = (ties.learner == row) | (ties.teacher == row)
        others = np.unique(np.concatenate([ties.learner[own], ties.teacher[own]]))
        among = np.isin(ties.learner, others) & np.isin(ties.teacher, others) & ~own
        return Circle(
            person=person,
            contacts=self._frame(_only(ties, own)),
            among=self._frame(_only(ties, among)),
            scores={name: float(values[row]) for name, values in self._snapshot.scores.items()},
        )

    def to_networkx(self) -> nx.DiGraph:
        """Return a directed graph, learner to teacher, with the ties' columns on its edges.

        All values are texts, numbers, and yes or no, as networkx' writers and JSON take them: times are in
        ISO 8601, and what has no value for someone is left out of their attributes.
        """
        import networkx as nx

        graph = nx.DiGraph(as_of=_iso(self.as_of))
        graph.add_nodes_from((person, said) for (person,), said in _plain_rows(self.people, "person"))
        graph.add_edges_from((*pair, said) for pair, said in _plain_rows(self.ties, "learner", "teacher"))
        return graph

    def _frame(self, ties: Ties) -> Frame:
        persons = self._snapshot.network.persons
        return Frame(
            {
                "learner": persons[ties.learner],
                "teacher": persons[ties.teacher],
                "learned": ties.learned,
                "turned_to": ties.turned_to,
                "contact": ties.contact,
                "first_at": ties.first_at.astype("datetime64[us]"),
                "last_at": ties.last_at.astype("datetime64[us]"),
                "known_how": np.where(ties.stated, "stated", "inferred").astype(object),
                "is_active": ties.active,
                "is_known": ties.known,
                "is_open": ties.is_open,
                "is_one_way": ties.one_way,
            }
        )


class Circle:
    """One person's circle: the `person`, ties with `contacts`, ties `among` them, and `scores` by metric."""

    def __init__(self, *, person: str, contacts: Frame, among: Frame, scores: dict[str, float]) -> None:
        self.person = person
        self.contacts = contacts
        self.among = among
        self.scores = scores

    def __repr__(self) -> str:
        return f"<Circle of {self.person}: {self.scores.get('size', 0):.0f} active contacts>"


def _plain_rows(frame: Frame, *ends: str) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield what stands in the columns `ends` of each row, and its other values that are there, by column."""
    others = [name for name in frame.columns if name not in ends]
    keys = zip(*(frame[name].tolist() for name in ends), strict=True)
    rows = zip(*(_plain(frame[name]) for name in others), strict=True)
    for key, row in zip(keys, rows, strict=True):
        yield key, {name: value for name, value in zip(others, row, strict=True) if value is not None}


def _plain(column: NDArray[Any]) -> list[Any]:
    """Return a column as plain values, None where there is none."""
    values: list[Any] = column.tolist()
    if column.dtype.kind == "M":
        return [None if at is None else _iso(at.replace(tzinfo=UTC)) for at in values]
    return [None if math.isnan(value) else value for value in values] if column.dtype.kind == "f" else values


def _iso(at: datetime) -> str:
    """Return a time as exports write it."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _only(ties: Ties, keep: Any) -> Ties:
    return Ties(**{name: getattr(ties, name)[keep] for name in Ties.__dataclass_fields__})
