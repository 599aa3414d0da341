"""Messages to acts: who did what to whom, by the table of acts; compiled.

For one interaction and one pair only the strongest act counts.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.network.kernels.numbered import Hashes, Numbered, number_of
from crosstie.network.kernels.summing import Acts, empty_acts
from crosstie.network.network import Indices, Microseconds, Weights

Places: TypeAlias = NDArray[np.int32]

NO_ACT = -1

IS_OPEN, IS_STATED, ASKS, IN_THREAD, OWN_QUESTION = 1, 2, 4, 8, 16
"""Bits of `Messages.marks`; in the thread: whoever is answered is not named; or in that of one's question."""

WHOLE, BY_ADDRESSED, BY_COPIED, SCALE = range(4)
"""What the weights of an act are multiplied with (`crosstie.network.acts.Share`)."""

_ADDRESSED, _COPIED, _MENTIONED, _ANSWERED = range(4)
_STRENGTH = float(2**30)


class Messages(NamedTuple):
    """Interactions by persons; N rows. Accounts are hashes.

    Attributes:
        id, at: (N,) as in `Acts`.
        kind: (N,) its place in `crosstie.record.Kind`.
        actor: (N,) persons.
        marks: (N,) bits.
        probability, strength: (N,) as in `crosstie.record.Interaction`, 1 where it is stated.
        shared_by: (N,) how many are addressed, each once and without the actor; at least 1.
        starts: (4, N + 1) where the accounts begin that each addressed, copied, mentioned, and answered.
        account: (A,) those; 0 where nobody is answered.
    """

    id: Hashes
    at: Microseconds
    kind: NDArray[np.uint8]
    actor: Indices
    marks: NDArray[np.uint8]
    probability: Weights
    strength: Weights
    shared_by: Places
    starts: Places
    account: Hashes


NAMED = (
    "told",
    "asked",
    "copied",
    "mentioned",
    "replied",
    "replied_in_thread",
    "wrote_back",
    "thanked",
)
"""The acts that no kind is called by alone."""


class Table(NamedTuple):
    """The table of acts as a kernel reads it: places in it are `NO_ACT` where an act is missing.

    Attributes:
        of_kind: (K,) the act of each kind towards those addressed, where it is one of its own.
        told, asked, copied, mentioned, replied, replied_in_thread, wrote_back, thanked: places of these
            acts.
        said_kind, replied_kind, thanked_kind: which kinds those are.
        total: (A,) the sum of the weights of each.
        share: (A,) what they are multiplied with.
    """

    of_kind: NDArray[np.int64]
    told: int
    asked: int
    copied: int
    mentioned: int
    replied: int
    replied_in_thread: int
    wrote_back: int
    thanked: int
    said_kind: int
    replied_kind: int
    thanked_kind: int
    total: Weights
    share: NDArray[np.int64]


def acts_of(messages: Messages, table: Table, accounts: Numbered, latest: NDArray[np.int64]) -> Acts:
    """Return the strongest act of each message towards each other person.

    Args:
        messages: some.
        table: of acts.
        accounts: the person of each; of those whose person is unknown, a number below 0.
        latest: (P, 2) scratch, the same for all calls, -1 at first.
    """
    acts = empty_acts(len(messages.account))
    latest[:, 0] = -1
    found = _acts(messages, table, accounts, latest, acts)
    return Acts._make(column[:found] for column in acts)


@compiled
def _acts(messages: Messages, table: Table, accounts: Numbered, latest: NDArray[np.int64], acts: Acts) -> int:
    """Fill the columns of acts from the first on, and return how many there are."""
    found = 0
    for row in range(len(messages.id)):
        kind, marks, shared_by = messages.kind[row], messages.marks[row], messages.shared_by[row]
        copied = messages.starts[_COPIED, row + 1] - messages.starts[_COPIED, row]
        begins = found
        for role in range(4):
            first, last = messages.starts[role, row], messages.starts[role, row + 1]
            act = _act(table, role, kind, marks, shared_by)
            if act == NO_ACT or first == last:
                continue
            is_stated, share = marks & IS_STATED != 0, messages.probability[row]
            if role != _ANSWERED and kind == table.replied_kind:  # what is inferred is whom it answers
                is_stated, share = True, 1.0
            share *= _share(table.share[act], shared_by, copied, messages.strength[row])
            if not table.total[act] * share > 0:
                continue
            rank = np.int64(np.rint(table.total[act] * share * _STRENGTH)) << 6
            rank |= ((31 - act) << 1) | (1 if is_stated else 0)
            for at in range(first, last):
                other = number_of(accounts, messages.account[at])
                if other < 0 or other == messages.actor[row]:
                    continue
                place = latest[other, 0]
                if place < begins:  # the first act towards them
                    place = latest[other, 0] = found
                    found += 1
                elif rank <= latest[other, 1]:
                    continue
                latest[other, 1] = rank
                acts.actor[place], acts.other[place] = messages.actor[row], other
                acts.at[place], acts.id[place] = messages.at[row], messages.id[row]
                acts.act[place], acts.share[place] = act, share
                acts.is_open[place] = marks & IS_OPEN
                acts.is_stated[place] = 1 if is_stated else 0
    return found


@compiled
def _act(table: Table, role: int, kind: int, marks: int, shared_by: int) -> int:
    """Return the act towards someone addressed, copied, mentioned or answered."""
    is_said = kind in (table.said_kind, table.replied_kind)
    if role == _ADDRESSED:
        if not is_said:
            return int(table.of_kind[kind])
        return table.asked if marks & ASKS and shared_by == 1 else table.told
    if role == _COPIED:
        return table.copied if is_said else NO_ACT
    if role == _MENTIONED:
        return table.mentioned
    if kind == table.thanked_kind:
        return table.thanked
    return _reply(table, marks)


@compiled
def _reply(table: Table, marks: int) -> int:
    """Return what a reply is towards whom it answers."""
    if marks & OWN_QUESTION:
        return table.wrote_back
    return table.replied_in_thread if marks & IN_THREAD else table.replied


@compiled
def _share(share: int, addressed: int, copied: int, strength: float) -> float:
    if share == WHOLE:
        return 1.0
    if share == SCALE:
        return strength
    return 1.0 / (max(addressed, copied) if share == BY_COPIED else addressed)
