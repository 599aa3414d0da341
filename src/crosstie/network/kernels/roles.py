"""Who passes knowledge on between two who do not pass it directly, and between which groups; compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Offsets
from crosstie.network.groups import grouped
from crosstie.network.network import Indices, Network, Weights


class Roles(NamedTuple):
    """How often each person passes knowledge on in each role; (P,) each.

    NaN where there are no groups, for people without a known one, and for those of whose learning nothing was
    recorded.
    """

    coordinator: Weights
    consultant: Weights
    gatekeeper: Weights
    representative: Weights
    liaison: Weights


def roles_of(network: Network) -> Roles:
    """Return the roles on active ties in which anybody learned.

    A person passes knowledge on from a teacher to a learner, who are two other people, when the person
    learned from the teacher, the learner learned from the person, and the learner did not learn from the
    teacher. Three of whom one has no known group count for nothing.

    * coordinator: all three are of one group.
    * consultant: teacher and learner are of one group, the person of another.
    * gatekeeper: the teacher is of another group than the person and the learner.
    * representative: the learner is of another group than the teacher and the person.
    * liaison: all three are of different groups.

    References:
        Gould, R. V. and Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in
        transaction networks. Sociological Methodology 19.
    """
    return network.once("roles", lambda: _of(network))


def _of(network: Network) -> Roles:
    found, people = grouped(network), len(network.persons)
    if found is None:
        return Roles(*np.full((len(Roles._fields), people), np.nan))
    ties = network.ties
    kept = ties.active & (ties.learned > 0)
    learner, teacher = ties.learner[kept], ties.teacher[kept]
    order = np.argsort(teacher, kind="stable")
    counts = _roles(_starts(learner, people), teacher, _starts(teacher, people), learner[order], found.number)
    ends = np.bincount(np.concatenate([learner, teacher]), minlength=people)
    counts[(found.number < 0) | (ends == 0)] = np.nan
    return Roles(*counts.T.copy())


def _starts(who: Indices, people: int) -> Offsets:
    starts = np.zeros(people + 1, dtype=np.int64)
    np.cumsum(np.bincount(who, minlength=people), out=starts[1:])
    return starts


@compiled
def _roles(  # noqa: C901 - one pass over all who pass on
    from_starts: Offsets, teachers: Indices, to_starts: Offsets, learners: Indices, group: NDArray[np.int64]
) -> Weights:
    people = len(group)
    counts = np.zeros((people, 5))
    taught_by = np.full(people, -1, dtype=np.int64)
    stamp = 0
    for person in range(people):
        if group[person] < 0:
            continue
        for at in range(from_starts[person], from_starts[person + 1]):
            teacher = teachers[at]
            if group[teacher] < 0:
                continue
            stamp += 1
            taught_by[teacher] = stamp
            for direct in range(to_starts[teacher], to_starts[teacher + 1]):
                taught_by[learners[direct]] = stamp
            for further in range(to_starts[person], to_starts[person + 1]):
                learner = learners[further]
                if taught_by[learner] == stamp or group[learner] < 0:
                    continue
                from_own, to_own = group[teacher] == group[person], group[learner] == group[person]
                if from_own and to_own:
                    role = 0
                elif group[teacher] == group[learner]:
                    role = 1
                elif to_own:
                    role = 2
                elif from_own:
                    role = 3
                else:
                    role = 4
                counts[person, role] += 1
    return counts
