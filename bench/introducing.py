"""How long does it take to share out introductions over a whole organisation?

    .venv/bin/python bench/introducing.py [--people 10000] [--contacts 40]

Made-up people of forty departments, with contacts mostly in their own, three places each, and conversations
they took part in together. Everyone is given up to three introductions. CPU-seconds of one core, without the
second in which the kernel is compiled or loaded.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from datetime import UTC, date, datetime

import numpy as np

from crosstie.advice.colleagues import Colleagues, colleagues_of
from crosstie.advice.organisation_introductions import organisation_introductions
from crosstie.advice.together import together_of
from crosstie.network.network import NO_EVIDENCE, Network
from crosstie.network.pairs import Pairs, both_ways
from crosstie.people.meeting import MeetingRules

DEPARTMENTS, PLACES, INSIDE = 40, 300, 0.7


def made_up(people: int, contacts: int) -> Colleagues:
    """Return made-up people."""
    dice = np.random.default_rng(20)
    department = dice.integers(0, DEPARTMENTS, people)
    by_department = [np.flatnonzero(department == one) for one in range(DEPARTMENTS)]
    one = np.repeat(np.arange(people), contacts // 2)
    other = dice.integers(0, people, len(one))
    near = dice.random(len(one)) < INSIDE
    other[near] = [dice.choice(by_department[department[person]]) for person in one[near]]
    pair = np.unique(np.sort(np.stack([one, other], axis=1)[one != other], axis=1), axis=0)
    contact, nothing = dice.exponential(2.0, len(pair)) + 0.25, np.zeros(len(pair))
    yes, blank = np.ones(len(pair), dtype=np.bool_), np.full(len(pair), NO_EVIDENCE, dtype=np.uint64)
    pairs = Pairs(
        low=pair[:, 0].astype(np.int32),
        high=pair[:, 1].astype(np.int32),
        contact=contact,
        known_contact=contact,
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
        persons=np.array([f"p{number:06}" for number in range(people)], dtype=object),
        ties=both_ways(pairs, active_contact=0.25),
        as_of=datetime(2026, 1, 1, tzinfo=UTC),
        groups={"department": np.array([f"d{one}" for one in department], dtype=object)},
    )
    conversation = np.repeat(np.arange(10 * people), 4)
    return colleagues_of(
        network,
        network.ties,
        places={
            str(key): frozenset(f"place {place}" for place in dice.integers(0, PLACES, 3))
            for key in network.persons
        },
        together=together_of(
            conversation,
            dice.integers(0, people, len(conversation)),
            np.ones(len(conversation)),
            people=people,
        ),
    )


def main() -> None:
    """Share out, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--contacts", type=int, default=40)
    given = parser.parse_args()
    few = made_up(300, 10)
    organisation_introductions(
        {str(key): 1 for key in few.persons},
        colleagues=few,
        rules=MeetingRules(on=date(2026, 1, 1), joined=frozenset(few.persons.tolist())),
    )
    colleagues = made_up(given.people, given.contacts)
    keys = [str(key) for key in colleagues.persons]
    rules = MeetingRules(on=date(2026, 1, 1), joined=frozenset(keys))
    start = time.process_time()
    made = organisation_introductions(dict.fromkeys(keys, 3), colleagues=colleagues, rules=rules)
    spent = time.process_time() - start
    times = Counter(person for one in made for person in (one.person, one.candidate))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{given.people} people, {len(colleagues.whole) // 2} ties: {len(made)} introductions in {spent:.1f} "
        f"CPU-s, {len(times)} people have one at least, {max(times.values())} at most, {memory:.0f} MB"
    )


if __name__ == "__main__":
    main()
