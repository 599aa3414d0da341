"""What two people share and where they differ, as far as open places and the directory tell."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from crosstie.advice.colleagues import Colleagues
from crosstie.advice.introduction import Difference
from crosstie.advice.joint_tasks import Ground, JointTask, fitting_task
from crosstie.network.metrics.group_diversity import KINDS

NEWCOMER_DAYS = 182


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonGround:
    """What two people share and where they differ; people and places by key.

    Attributes:
        mutual: people both are in open contact with, the nearest first.
        shared_places: open places in which both took part, the smallest first.
        own_places: open places in which one of them took part and the other did not, the smallest first, by
            person.
        differences: in which groups they differ.
    """

    mutual: tuple[str, ...]
    shared_places: tuple[str, ...]
    own_places: Mapping[str, tuple[str, ...]]
    differences: tuple[Difference, ...]

    def task(self, *, newcomer: bool, is_bridge: bool, seed: str) -> JointTask:
        """Return a small thing for the two to do together; which of those that fit, the seed decides."""
        turn = hashlib.blake2b(f"{seed}|task".encode(), digest_size=4)
        ground = Ground(
            shared_places=len(self.shared_places),
            shared_contacts=len(self.mutual),
            other_group=any(difference.kind in KINDS for difference in self.differences),
            other_location=any(difference.kind == "location" for difference in self.differences),
            is_bridge=is_bridge,
            newcomer=newcomer,
        )
        return fitting_task(ground, turn=int.from_bytes(turn.digest()))


def common_ground(
    colleagues: Colleagues, one: int, other: int, *, unnamed: Collection[str] = ()
) -> CommonGround:
    """Return what two people share and where they differ.

    Args:
        colleagues: everyone, as advice sees them.
        one: index of the first, from whose side differences are said.
        other: index of the second.
        unnamed: keys of people who are not to be named in between.
    """
    keys = str(colleagues.persons[one]), str(colleagues.persons[other])
    mine, theirs = colleagues.open_contact(one), colleagues.open_contact(other)
    both = sorted(mine.keys() & theirs.keys(), key=lambda index: (-min(mine[index], theirs[index]), index))
    held = [colleagues.places.get(key, frozenset()) for key in keys]
    return CommonGround(
        mutual=tuple(key for key in (str(colleagues.persons[index]) for index in both) if key not in unnamed),
        shared_places=_smallest_first(colleagues, held[0] & held[1]),
        own_places={
            keys[0]: _smallest_first(colleagues, held[0] - held[1]),
            keys[1]: _smallest_first(colleagues, held[1] - held[0]),
        },
        differences=tuple(
            Difference(kind=kind, mine=str(units[one]), theirs=str(units[other]))
            for kind, units in sorted(colleagues.groups.items())
            if units[one] and units[other] and units[one] != units[other]
        ),
    )


def has_newcomer(colleagues: Colleagues, people: Collection[str], *, on: date) -> bool:
    """Say whether one of these people came to the organisation within half a year before a day."""
    since = on - timedelta(days=NEWCOMER_DAYS)
    return any(colleagues.joined_on.get(key, since) > since for key in people)


def _smallest_first(colleagues: Colleagues, places: frozenset[str]) -> tuple[str, ...]:
    sizes = colleagues.place_sizes
    return tuple(sorted(places, key=lambda place: (sizes[place], place)))


__all__ = ["NEWCOMER_DAYS", "CommonGround", "common_ground", "has_newcomer"]
