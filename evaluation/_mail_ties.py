"""Networks of the mail data: ties up to a day as the product holds them, and those that came after."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.colleagues import Colleagues, colleagues_of
from crosstie.advice.together import together_of
from crosstie.network.circles import Circles
from crosstie.network.network import NO_EVIDENCE, Network
from crosstie.network.pairs import Pairs, both_ways
from crosstie.people.meeting import MeetingRules

HALF_LIFE_DAYS = 60.0
ACTIVE = 0.25
Matrix = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mails:
    """Mails of one person to one person, a row each.

    Attributes:
        sender, recipient: (n,) people numbered from 0; nobody writes to themselves.
        day: (n,) since the first mail, with fractions.
    """

    sender: Whole
    recipient: Whole
    day: NDArray[np.float64]

    @property
    def people(self) -> int:
        """How many people there are over all the time."""
        return int(max(self.sender.max(), self.recipient.max())) + 1


def mails_of(sender: Whole, recipient: Whole, day: NDArray[np.float64]) -> Mails:
    """Return mails with people numbered anew, without those to oneself."""
    other = sender != recipient
    _, number = np.unique(np.stack([sender[other], recipient[other]]), return_inverse=True)
    one, two = number.reshape(2, -1)
    return Mails(sender=one, recipient=two, day=day[other])


def eu_core(data: Path) -> Mails:
    """Read email-Eu-core-temporal, whose seconds count from 0."""
    with gzip.open(data / "email-eu-core" / "email-Eu-core-temporal.txt.gz") as lines:
        rows = np.loadtxt(lines, dtype=np.int64)
    return mails_of(rows[:, 0], rows[:, 1], rows[:, 2] / 86_400)


def manufacturing(data: Path) -> Mails:
    """Read the mail of a manufacturing company; its days count from its first mail."""
    lines = (data / "manufacturing-email" / "communication.csv").read_text("ascii").splitlines()[1:]
    rows = [line.split(";") for line in lines]
    seconds = np.array([datetime.fromisoformat(row[2]).replace(tzinfo=UTC).timestamp() for row in rows])
    one, two = (np.array([int(row[end]) for row in rows]) for end in (0, 1))
    return mails_of(one, two, (seconds - seconds.min()) / 86_400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What is known on a day, and what came in the days after; (P, P) symmetric each.

    Attributes:
        colleagues: everyone, as the product's advice sees them on that day.
        count: mails so far.
        decayed: the same, a mail of 60 days ago counting half.
        new: whether two who had never been in touch before wrote within the days after.
    """

    colleagues: Colleagues
    count: Matrix
    decayed: Matrix
    new: NDArray[np.bool_]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Who was ever in touch before the day."""
        return self.count > 0


def cut(mails: Mails, *, day: float, days: float) -> Cut:
    """Divide mails at a day."""
    past = mails.day < day
    sender, recipient = mails.sender[past], mails.recipient[past]
    decay = 0.5 ** ((day - mails.day[past]) / HALF_LIFE_DAYS)
    after = ~past & (mails.day < day + days)
    count = _summed(sender, recipient, np.ones(len(sender)), mails.people)
    decayed = _summed(sender, recipient, decay, mails.people)
    later = _summed(mails.sender[after], mails.recipient[after], np.ones(int(after.sum())), mails.people)
    # One mail to several is one sender's rows of one second.
    key = np.stack([sender, np.round(mails.day[past] * 86_400).astype(np.int64)])
    _, mail = np.unique(key, axis=1, return_inverse=True)
    together = together_of(
        np.concatenate([mail.ravel()] * 2),
        np.concatenate([sender, recipient]),
        np.concatenate([decay, decay]),
        people=mails.people,
    )
    return Cut(
        colleagues=colleagues(count, decayed, together=together),
        count=count,
        decayed=decayed,
        new=(later > 0) & (count == 0),
    )


def _summed(sender: Whole, recipient: Whole, weight: NDArray[np.float64], people: int) -> Matrix:
    one_way = np.bincount(sender * people + recipient, weights=weight, minlength=people**2)
    square = one_way.reshape(people, people)
    matrix: Matrix = (square + square.T).astype(np.float64)
    return matrix


def colleagues(
    count: Matrix, decayed: Matrix, *, department: Whole | None = None, together: Circles | None = None
) -> Colleagues:
    """Return everyone as the product's advice sees them, from contact that is all in open places."""
    low, high = np.nonzero(np.triu(count))
    contact, nothing = decayed[low, high], np.zeros(len(low))
    yes, blank = np.ones(len(low), dtype=np.bool_), np.full(len(low), NO_EVIDENCE, dtype=np.uint64)
    pairs = Pairs(
        low=low.astype(np.int32),
        high=high.astype(np.int32),
        contact=contact,
        known_contact=count[low, high],
        low_learned=nothing,
        low_turned_to=nothing,
        high_learned=nothing,
        high_turned_to=nothing,
        low_shown=nothing,
        high_shown=nothing,
        first_at=nothing.astype(np.int64),
        last_at=nothing.astype(np.int64),
        stated=yes,
        known=yes,
        is_open=yes,
        low_evidence=blank,
        high_evidence=blank,
    )
    network = Network(
        persons=np.array([f"p{number:05}" for number in range(len(count))], dtype=object),
        ties=both_ways(pairs, active_contact=ACTIVE),
        as_of=datetime(2026, 1, 1, tzinfo=UTC),
        groups={}
        if department is None
        else {"department": np.array([f"d{number}" for number in department], dtype=object)},
    )
    return colleagues_of(network, network.ties, together=together)


def everyone(known: Colleagues) -> MeetingRules:
    """Return rules by which everyone takes part."""
    return MeetingRules(on=date(2026, 1, 1), joined=frozenset(str(key) for key in known.persons))


__all__ = ["Cut", "Mails", "Matrix", "Whole", "colleagues", "cut", "eu_core", "everyone", "manufacturing"]
