"""*Ideas*: what groups talk of, what moved between them, how varied they are, as everybody may read it.

Of groups alone, the same for every viewer. Counts of people carry noise and are rounded to five; months stand
for days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from crosstie.actions import flow_files, snapshots, topics
from crosstie.actions import settings as settings_of
from crosstie.actions.flow_files import Found
from crosstie.actions.grouping import COMMUNITY
from crosstie.actions.home import Home
from crosstie.actions.ideas import TopicView, ideas
from crosstie.actions.pages.community_names import community_names
from crosstie.actions.pages.sight import sight
from crosstie.actions.snapshots import Snapshot
from crosstie.actions.speaking import spoken
from crosstie.insight import group_topics, idea_flow, idea_variety
from crosstie.insight.idea_flow import Flow
from crosstie.insight.insight import Insight
from crosstie.privacy import SMALLEST_EVER
from crosstie.privacy.noise import in_steps, noisy_count


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowView:
    """A topic that moved from one group to another.

    Attributes:
        topic: its number; of the topics shown.
        label: what it is called.
        kind: of the two groups.
        giver, taker: their names.
        people: about how many took it up soon after their first contact: with noise, rounded to five.
        by_chance: how many would have, about.
        given_from, taken_from: the month in which the fifth person of either group used it; its first day.
    """

    topic: int
    label: str
    kind: str
    giver: str
    taker: str
    people: int
    by_chance: int
    given_from: date
    taken_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkView:
    """Of what one group talks more than others.

    Attributes:
        kind, group: which one.
        topics: what the topics are called, what stands out most first.
    """

    kind: str
    group: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VarietyView:
    """How varied one group is: of about how many topics it talks, and the interval of that.

    Attributes:
        kind, group: which one.
        topics, low, high: as if it talked of each equally often.
    """

    kind: str
    group: str
    topics: int
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What an insight is, in the viewer's language."""

    label: str
    question: str
    how: str
    reading: str
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaFlowView:
    """What there is to understand of the ideas of groups.

    Attributes:
        until: the day before which it counts.
        kinds: the kinds of groups; none where no group is large enough.
        flows: by topic and groups.
        talks: by kind and name; groups of which nothing stands out are not there.
        varieties: by kind and name.
        tested: how many pairs of groups with a topic were compared with chance.
        smallest_group: people in the smallest group shown.
        flow, talk, variety: what the three are.
    """

    until: date
    kinds: tuple[str, ...]
    flows: tuple[FlowView, ...]
    talks: tuple[TalkView, ...]
    varieties: tuple[VarietyView, ...]
    tested: int
    smallest_group: int
    flow: Explained
    talk: Explained
    variety: Explained


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeasPage:
    """*Ideas*: what is talked of, and what moved; both None where a worker is yet to make them.

    Attributes:
        topics: what is talked of.
        languages: that people write in, the commonest first; none where they all write in one.
        between: what is so of groups.
    """

    topics: tuple[TopicView, ...] | None
    languages: tuple[str, ...]
    between: IdeaFlowView | None


def ideas_page(home: Home) -> IdeasPage:
    """Return what the page shows, as far as it is made: pages of an organisation do not wait for it."""
    said = None if topics.at_hand(home) is None else ideas(home)
    found = flow_files.at_hand(home)
    return IdeasPage(
        topics=None if said is None else said.topics,
        languages=() if said is None else said.languages,
        between=None if said is None or found is None else _view(home, found, said.topics),
    )


def idea_flow_of(home: Home, snapshot: Snapshot | None = None) -> IdeaFlowView:
    """Return what groups talk of, what moved between them, and how varied they are; made if it is not yet.

    Args:
        home: the workspace.
        snapshot: another than the current one.
    """
    snapshot = snapshot or snapshots.current(home)
    found = flow_files.of(home, snapshot)
    return _view(home, found, ideas(home, topics.of(home, snapshot)).topics)


def _view(home: Home, found: Found, talked_of: tuple[TopicView, ...]) -> IdeaFlowView:
    names, named = _names(home, found), {one.id: one.label for one in talked_of}
    return IdeaFlowView(
        until=found.until.date(),
        kinds=tuple(kind for kind, _ in found.kinds),
        flows=_flows(home, found, names, named),
        talks=_talks(found, names, named),
        varieties=tuple(
            VarietyView(
                kind=found.kinds[one.kind][0],
                group=names[one.kind][one.group],
                topics=round(one.topics),
                low=round(one.low),
                high=round(one.high),
            )
            for one in sorted(found.varieties, key=lambda one: (one.kind, names[one.kind][one.group]))
        ),
        tested=found.tested,
        smallest_group=max(settings_of.chosen(home).network.smallest_group, SMALLEST_EVER),
        flow=_explained(idea_flow.INSIGHT),
        talk=_explained(group_topics.INSIGHT),
        variety=_explained(idea_variety.INSIGHT),
    )


def _flows(
    home: Home, found: Found, names: tuple[tuple[str, ...], ...], named: dict[int, str]
) -> tuple[FlowView, ...]:
    """Return the flows of topics that may be named."""
    shown = []
    for one in found.flows:
        people = _blurred(home, found, one)
        if one.topic in named and people >= SMALLEST_EVER:
            shown.append(
                FlowView(
                    topic=one.topic,
                    label=named[one.topic],
                    kind=found.kinds[one.kind][0],
                    giver=names[one.kind][one.giver],
                    taker=names[one.kind][one.taker],
                    people=in_steps(people),
                    by_chance=round(one.expected),
                    given_from=_month(one.given_from_at),
                    taken_from=_month(one.taken_from_at),
                )
            )
    return tuple(sorted(shown, key=lambda one: (one.label, one.kind, one.giver, one.taker)))


def _talks(found: Found, names: tuple[tuple[str, ...], ...], named: dict[int, str]) -> tuple[TalkView, ...]:
    """Return of what groups talk, as far as the topics may be named."""
    told = [one for one in found.talks if one.topic in named]  # by kind and group already
    views = [
        TalkView(
            kind=found.kinds[kind][0],
            group=names[kind][group],
            topics=tuple(named[one.topic] for one in rows),
        )
        for (kind, group), rows in groupby(told, lambda one: (one.kind, one.group))
    ]
    numbers = {kind: number for number, (kind, _) in enumerate(found.kinds)}
    return tuple(sorted(views, key=lambda one: (numbers[one.kind], one.group)))


def _blurred(home: Home, found: Found, flow: Flow) -> int:
    """Return how many took it up, with noise that is the same all month."""
    kind, labels = found.kinds[flow.kind]
    cell = (found.until.date().isoformat(), str(flow.topic), kind, labels[flow.giver], labels[flow.taker])
    return noisy_count(flow.people, secret=home.keyring.secret, cell="\0".join(cell))


def _names(home: Home, found: Found) -> tuple[tuple[str, ...], ...]:
    """Return by kind what its groups are called; communities have no name of their own."""
    if COMMUNITY not in dict(found.kinds):
        return tuple(labels for _, labels in found.kinds)
    named = community_names(home, sight(home, None))
    return tuple(tuple(named[int(label)].label for label in labels) for _, labels in found.kinds)


def _explained(insight: Insight) -> Explained:
    return Explained(
        label=spoken(insight.label),
        question=spoken(insight.question),
        how=spoken(insight.how),
        reading=spoken(insight.reading),
        cautions=tuple(spoken(one) for one in insight.cautions),
    )


def _month(at: int) -> date:
    return datetime.fromtimestamp(at / 1_000_000, tz=UTC).date().replace(day=1)
