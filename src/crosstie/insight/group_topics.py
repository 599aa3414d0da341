"""Group topics: of what the people of a group talk more than everybody else, as far as it may be told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.topics.profiles import Profiles, by_group
from crosstie.insight.insight import Insight
from crosstie.privacy import Kind, showable_kinds
from crosstie.saying import mark


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTopicSettings:
    """When a group talks of a topic more than others.

    Attributes:
        most: topics shown of one group.
        times: the group's share is at least so many times that of everybody else.
        error: how likely it is at most that anything at all is shown where everything is chance.
        worlds: in which people change places at random.
    """

    most: int = 5
    times: float = 1.5
    error: float = 0.05
    worlds: int = 199


INSIGHT = Insight(
    name="group_topics",
    label=mark("Group topics"),
    question=mark("Of what does a group talk more than others?"),
    how=mark(
        "What each person said in open places is shared out over topics, what was said lately counting more,"
        " and every person counts the same. Shown is a topic that takes half as much again of what the people"
        " of the group say as of what everybody else says, and more than chance would have it, if people"
        " were put into groups at random. Five people of the group at least talk of it, none of them for more"
        " than half."
    ),
    reading=mark(
        "This is where a topic is at home: a place to ask, and to listen. What a group shares with all others"
        " is not here, however much it talks of it."
    ),
    cautions=(
        mark("Who talks of something need not be the one who knows it; it may be what troubles them."),
        mark("It counts only what is said in open places."),
        mark("Nothing shown means that nothing stands out, or that too few people talk of it to say so."),
    ),
    evidence=mark("Conversations in open places, up to the end of the last whole month."),
    references=("What was measured: docs/explanation/idea-flow.md.",),
    smallest_group=10,
    settings=GroupTopicSettings(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTopic:
    """A topic of which a group talks more than others.

    Attributes:
        kind, group: which kind, and which of its groups.
        topic: row of the topic.
    """

    kind: int
    group: int
    topic: int


def group_topics(
    found: Profiles,
    kinds: list[Kind],
    *,
    topics: int,
    smallest: int,
    seed: int,
    settings: GroupTopicSettings = INSIGHT.settings,  # type: ignore[assignment]  # it is the one declared above
) -> tuple[GroupTopic, ...]:
    """Return of what groups talk more than others, by kind and group, what stands out most first.

    A person's talk is their decayed share of each topic. How far the mean of a group is above that of all is
    counted in standard deviations of the mean of as many people drawn from all. It has to be further than
    whatever may be shown is, in nineteen of twenty worlds in which people change places, so that nothing is
    taken for more because there are many groups and topics to look at (Westfall and Young).

    Args:
        found: who talks of what, of conversations up to the end of a month.
        kinds: ways of dividing P people, those that matter most first.
        topics: how many topics there are.
        smallest: people in the smallest group to show.
        seed: of chance.
        settings: when it is more.
    """
    if not kinds:
        return ()
    spoke = np.zeros(len(kinds[0].group), dtype=np.bool_)
    spoke[found.person[found.weight > 0]] = True
    divided = [Kind(group=np.where(spoke, one.group, -1), count=one.count) for one in kinds]
    shown = showable_kinds(divided, smallest)
    if not any(one.any() for one in shown):
        return ()
    told, dice = _told(found, shown, smallest, topics, settings.times), np.random.default_rng(seed)
    here = np.flatnonzero(spoke)
    by_chance = np.zeros(settings.worlds)
    for world in range(settings.worlds):
        drawn = dice.permutation(here)
        for number, one in enumerate(divided):
            group = one.group.copy()
            group[here] = one.group[drawn]
            by_chance[world] = max(by_chance[world], told.of(number, group).above.max(initial=0.0))
    enough = np.quantile(by_chance, 1 - settings.error, method="higher")
    made = []
    for number, one in enumerate(divided):
        cells = told.of(number, one.group)
        for group in np.unique(cells.group).tolist():
            rows = np.flatnonzero((cells.group == group) & (cells.above > enough))
            order = rows[np.lexsort((cells.topic[rows], -cells.more[rows]))][: settings.most]
            made += [GroupTopic(kind=number, group=group, topic=row) for row in cells.topic[order].tolist()]
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Groups with topics that may be shown, and are so many `times` what they are elsewhere.

    Attributes:
        group, topic: of which.
        more: by how much the mean share of the group is above that of all.
        above: the same in standard deviations of chance.
    """

    group: NDArray[np.int32]
    topic: NDArray[np.int32]
    more: NDArray[np.float64]
    above: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What is the same in every world: who says how much of what, and which groups are large enough.

    Attributes:
        found: who talks of what; K rows.
        share: (K,) of all that the person says.
        people: how many say anything.
        total, deviation: (T,) the sum of the shares of a topic, and their standard deviation over people.
        shown: for each kind, which groups.
        smallest, times: as they were given.
    """

    found: Profiles
    share: NDArray[np.float64]
    people: int
    total: NDArray[np.float64]
    deviation: NDArray[np.float64]
    shown: list[NDArray[np.bool_]]
    smallest: int
    times: float

    def of(self, kind: int, group: NDArray[np.int64]) -> _Cells:
        """Return the cells of a kind, with everybody in the group given here."""
        may = by_group(self.found, group.astype(np.int32), smallest=self.smallest)
        sizes = np.bincount(group[group >= 0], minlength=len(self.shown[kind]))
        kept = self.shown[kind][may.group] & (sizes[may.group] < self.people)
        in_group, topic = may.group[kept], may.topic[kept]
        topics, own = len(self.total), group[self.found.person]
        placed = own >= 0
        sums = np.bincount(
            own[placed] * topics + self.found.topic[placed],
            weights=self.share[placed],
            minlength=len(sizes) * topics,
        )
        said = sums[in_group.astype(np.int64) * topics + topic]
        count, rest = sizes[in_group], self.people - sizes[in_group]
        more = said / count - self.total[topic] / self.people
        drawn = self.deviation[topic] * np.sqrt(rest / (self.people - 1) / count)
        is_more = said / count >= self.times * (self.total[topic] - said) / rest
        return _Cells(
            group=in_group[is_more],
            topic=topic[is_more],
            more=more[is_more],
            above=(more / np.maximum(drawn, 1e-12))[is_more],
        )


def _told(found: Profiles, shown: list[NDArray[np.bool_]], smallest: int, topics: int, times: float) -> _Told:
    said = np.bincount(found.person, weights=found.weight)
    share = found.weight / np.maximum(said[found.person], 1e-12)
    people = int((said > 0).sum())
    total = np.bincount(found.topic, weights=share, minlength=topics).astype(np.float64)
    squares = np.bincount(found.topic, weights=share**2, minlength=topics)
    return _Told(
        found=found,
        share=share,
        people=people,
        total=total,
        deviation=np.sqrt(np.maximum(squares / people - (total / people) ** 2, 0)),
        shown=shown,
        smallest=smallest,
        times=times,
    )
