"""The invented company, tied in steps and from all rows, ends as the same network."""

from __future__ import annotations

from datetime import timedelta

from tests.network.going_on.both_ways import anew, assert_equal, step

from crosstie.demo import Company
from crosstie.network.going_on.kept import Kept
from crosstie.record import Interaction

FIRST, STEP, STEPS = timedelta(days=200), timedelta(days=33), 5


def test_step_by_step_it_ends_as_from_all_rows(kestrel: Company) -> None:
    acts = [trace for trace in kestrel.traces() if isinstance(trace, Interaction)]
    person_of: dict[str, str | None] = {account: person for (_, account), person in kestrel.person_of.items()}
    begin = kestrel.as_of - timedelta(days=365) + FIRST
    kept: Kept | None = None
    network = None
    so_far: list[Interaction] = []
    for number in range(STEPS + 1):
        until = begin + number * STEP
        some = [act for act in acts if act.at and (not so_far or act.at >= until - STEP) and act.at < until]
        network, kept = step(kept, some, person_of)  # would refuse to go on with an error
        so_far += some
    assert network is not None
    assert len(so_far) > 30_000
    assert_equal(network, anew(so_far, person_of))
