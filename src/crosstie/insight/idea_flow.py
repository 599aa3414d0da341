"""Idea flow: which topics moved from which group to which, more than chance would have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.insight.first_uses import Contacts, FirstUses
from crosstie.insight.insight import Insight
from crosstie.insight.shuffling import shuffled_times
from crosstie.insight.uptake import Cells, Users
from crosstie.privacy import SMALLEST_EVER, Kind, crowded_cells, showable_nested_cells
from crosstie.saying import mark

_MICROSECONDS_A_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSettings:
    """How flows are looked for.

    Attributes:
        run_in_days: what is taken up in the first days of the record may have been in use before.
        soon_days: within so many days of their first contact with a user people have to take it up.
        error: how likely it is at most that anything at all is shown where everything is chance; of what is
            shown, the share expected to be chance.
        worlds: shuffled worlds that every topic is compared with; ten times as many, new ones, where fewer
            of them came near than `near`; and of those the same again.
        near: the share of worlds.
        most_worlds: for one topic; the more is tested, the more it takes to tell anything from chance.
    """

    run_in_days: int = 90
    soon_days: int = 42
    error: float = 0.05
    worlds: int = 999
    near: float = 0.02
    most_worlds: int = 99_999


INSIGHT = Insight(
    name="idea_flow",
    label=mark("Idea flow"),
    question=mark("Which topics moved from which group to which?"),
    how=mark(
        "A person uses a topic from the first open conversation about it in which they said something of"
        " their own; a group from the fifth of its people on. A topic moved from one group to another where"
        " the first used it earlier, and five or more people of the second took it up within six weeks of"
        " their first contact with somebody of the first who used it. Then the times change hands at random"
        " among the people of each group, nobody getting one from before they came or after they went. A"
        " topic is shown only where that seldom gives as many, so that it is not enough that one group came"
        " later than the other; and where fewer went the other way."
    ),
    reading=mark(
        "A topic came up in one group, and later in another, with people who were in contact with the first."
        " Where nothing is shown, nothing is known: few topics are taken up by enough people to tell."
    ),
    cautions=(
        mark(
            "It may have come to some of both groups from a third place: the same news, a customer, a course,"
            " a task they share."
        ),
        mark(
            "What is said in closed places, in meetings or at the desk is not seen, and may be the real way."
        ),
        mark("A topic is what conversations have in common, often wider than one idea."),
        mark("Texts that a program wrote, or that follow a pattern, make groups look as if they took it up."),
        mark("It says nothing of the worth of an idea, and nothing of any person."),
    ),
    evidence=mark("Conversations and ties in open places, up to the end of the last whole month."),
    references=(
        "Anagnostopoulos, A., Kumar, R., Mahdian, M. (2008). Influence and correlation. KDD: shuffle test.",
        "Benjamini, Y., Hochberg, Y. (1995). Controlling the false discovery rate. JRSS B 57(1).",
        "What was measured: docs/explanation/idea-flow.md.",
    ),
    smallest_group=10,
    settings=FlowSettings(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A topic that moved from one group to another. Exact: `crosstie.actions.idea_flow` blurs it.

    Attributes:
        topic: row of the topic.
        kind: which kind of groups.
        giver, taker: numbers of groups: where it was used earlier, and where it was taken up.
        people: how many took it up soon after their first contact with users of the giving group.
        back: how many of the giving group did so after contact with the taking one.
        expected: how many would have by chance.
        p: how often chance has as many, by shuffled worlds.
        given_from_at, taken_from_at: when the fifth person of either group used it, microseconds since 1970.
    """

    topic: int
    kind: int
    giver: int
    taker: int
    people: int
    back: int
    expected: float
    p: float
    given_from_at: int
    taken_from_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """What was found.

    Attributes:
        found: by topic, kind, giver, taker; more than chance, more than went back, and as far as it may be
            shown.
        withheld: how many more were found and may not be shown.
        tested: how many pairs of groups with a topic that could have moved between them.
    """

    found: tuple[Flow, ...]
    withheld: int
    tested: int


def idea_flows(
    uses: FirstUses,
    contacts: Contacts,
    kinds: Sequence[Kind],
    *,
    shown: Sequence[NDArray[np.bool_]],
    ids: Sequence[int],
    seed: int,
    settings: FlowSettings = INSIGHT.settings,  # type: ignore[assignment]  # it is the one declared above
) -> Flows:
    """Return which topics moved between groups, more than chance would have it.

    Args:
        uses: who first used which topic.
        contacts: who was in contact with whom, by open evidence.
        kinds: ways of dividing the people into groups, those that matter most first.
        shown: for each kind (G,) which groups may be shown (`crosstie.privacy.showable_kinds`).
        ids: of each topic, the same from month to month: chance is drawn by them.
        seed: of chance.
        settings: how they are looked for.
    """
    found: list[Flow] = []
    of_topic: dict[int, Users] = {}
    for topic, users in _users(uses, contacts, settings):
        of_topic[topic] = users
        found += _tested(topic, users, kinds, np.random.default_rng([seed, ids[topic]]), settings)
    more_than_chance = _discovered(np.array([one.p for one in found]), settings.error)
    # Times of people in contact may lie near each other whichever way it went: the more of them tell which.
    flows = [
        one
        for one, is_more in zip(found, more_than_chance.tolist(), strict=True)
        if is_more and one.people > one.back
    ]
    may = {topic: _may_be_shown(of_topic[topic], kinds, shown) for topic in {one.topic for one in flows}}
    open_to_all = tuple(one for one in flows if may[one.topic][one.kind][one.taker, one.giver])
    return Flows(found=open_to_all, withheld=len(flows) - len(open_to_all), tested=len(found))


def _users(uses: FirstUses, contacts: Contacts, settings: FlowSettings) -> Iterator[tuple[int, Users]]:
    """Yield topics that enough people use for two sides, with their users in an order that is theirs."""
    order = np.lexsort((uses.ends[uses.person], uses.begins[uses.person], uses.at, uses.topic))
    topic = uses.topic[order]
    row_of = np.full(len(uses.begins), -1, dtype=np.int64)
    for one in np.unique(topic).tolist():
        low, high = np.searchsorted(topic, (one, one + 1)).tolist()
        if high - low < 2 * SMALLEST_EVER:
            continue
        rows = order[low:high]
        person = uses.person[rows]
        row_of[person] = np.arange(len(person))
        taker, giver = row_of[contacts.person], row_of[contacts.other]
        both = (taker >= 0) & (giver >= 0)
        row_of[person] = -1
        yield (
            one,
            Users(
                person=person,
                at=uses.at[rows],
                begins=uses.begins[person],
                ends=uses.ends[person],
                taker=taker[both],
                giver=giver[both],
                since=contacts.since[both],
                counts_from=uses.start + settings.run_in_days * _MICROSECONDS_A_DAY,
                soon=settings.soon_days * _MICROSECONDS_A_DAY,
            ),
        )


def _tested(
    topic: int, users: Users, kinds: Sequence[Kind], dice: np.random.Generator, settings: FlowSettings
) -> Iterator[Flow]:
    """Yield every cell of a topic, compared with chance."""
    for number, kind in enumerate(kinds):
        cells = Cells.possible(users, kind)
        people = cells.people(users.at[None, :])[0]
        expected, p = np.zeros(len(cells)), np.ones(len(cells))
        worlds, near, is_near = settings.worlds, settings.near, people >= SMALLEST_EVER
        # A cell has the p-value of the last worlds it was compared with: they are new ones, so to be asked
        # again makes nothing likelier to be found.
        while worlds <= settings.most_worlds and is_near.any():
            counts = _by_chance(users, cells.only(is_near), worlds, dice)
            p[is_near] = (1 + (counts >= people[is_near]).sum(axis=0)) / (worlds + 1)
            expected[is_near] = counts.mean(axis=0)
            is_near &= p < near
            worlds, near = 10 * worlds + 9, near / 10
        in_use, back = cells.in_use_at(), cells.people_back()
        for cell, (giver, taker) in enumerate(zip(cells.giver.tolist(), cells.taker.tolist(), strict=True)):
            yield Flow(
                topic=topic,
                kind=number,
                giver=giver,
                taker=taker,
                people=int(people[cell]),
                back=int(back[cell]),
                expected=float(expected[cell]),
                p=float(p[cell]),
                given_from_at=int(in_use[giver]),
                taken_from_at=int(in_use[taker]),
            )


def _by_chance(users: Users, cells: Cells, worlds: int, dice: np.random.Generator) -> NDArray[np.int64]:
    """Return (S, C) how many people would take it up in worlds of chance."""
    shuffled = shuffled_times(
        users.at, group=cells.group, begins=users.begins, ends=users.ends, count=worlds, dice=dice
    )
    return np.concatenate([cells.people(times) for times in shuffled])


def _discovered(p: NDArray[np.float64], error: float) -> NDArray[np.bool_]:
    """Return which of all tests may be called more than chance (Benjamini and Hochberg)."""
    order = np.argsort(p, kind="stable")
    passes = np.flatnonzero(p[order] <= error * np.arange(1, len(p) + 1) / max(len(p), 1))
    found = np.zeros(len(p), dtype=np.bool_)
    if len(passes):
        found[order[: passes[-1] + 1]] = True
    return found


def _may_be_shown(
    users: Users, kinds: Sequence[Kind], shown: Sequence[NDArray[np.bool_]]
) -> list[NDArray[np.bool_]]:
    """Return for each kind (G, G) whether what the row's people took up from the column's may be shown.

    All that was taken up after a contact is held to the rules for cells, over all kinds of groups together;
    and what is counted of it, as it is the least, once more.
    """
    met = np.maximum(users.at[users.giver], users.since) < users.at[users.taker]
    met &= users.at[users.taker] >= users.counts_from
    may = showable_nested_cells(
        kinds,
        shown=shown,
        row_person=users.person[users.taker[met]],
        column_person=users.person[users.giver[met]],
        amounts=(np.ones(int(met.sum())),),
    )
    for number, kind in enumerate(kinds):
        taker, giver = Cells.possible(users, kind).pairs()
        may[number] &= crowded_cells(
            row=kind.group[taker],
            column=kind.group[giver],
            row_person=taker,
            column_person=giver,
            amount=np.ones(len(taker)),
            count=kind.count,
        )
    return may
