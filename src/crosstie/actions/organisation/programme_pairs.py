"""A programme's draw and its pairs: who comes first, who waits, who meets whom, and who cannot be placed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import combinations

from django.db import transaction
from django.utils import timezone

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import meeting_reasons
from crosstie.actions.organisation.colleagues import colleagues
from crosstie.actions.organisation.meeting_reasons import Found
from crosstie.actions.organisation.meeting_rules import rules
from crosstie.advice.colleagues import Colleagues
from crosstie.network.metrics.group_diversity import KINDS
from crosstie.people.meeting import MeetingRules, Standing, standing
from crosstie.practice.pairing import Pairing, Unplaced, pair_up, unplaced_by
from crosstie.practice.waitlist import Draw, draw
from crosstie.privacy import SMALLEST_EVER
from crosstie.store.models import Meeting, Part, Programme

FEWEST = SMALLEST_EVER
"""The fewest people in a draw, and the least room: among fewer, pairs would tell who does not want whom."""

_LONELY = "this-month"


def drawn_from(home: Home, people: Sequence[str], *, capacity: int | None, seed: str) -> Draw | None:
    """Draw who comes first among those who can be brought together now; None if they are too few.

    Args:
        home: the workspace.
        people: accounts.
        capacity: how many come first; everyone, if not given or more than there are.
        seed: made by chance before it was known who is in the draw.
    """
    free = standing(rules_of_programmes(home)).free
    person_of = snapshots.persons(home).person_of
    able = [account for account in people if person_of.get(account, "") in free]
    if len(able) < FEWEST:
        return None
    return draw(able, capacity=min(capacity or len(able), len(able)), seed=seed)


def draw_of(programme: Programme) -> Draw:
    """Return a programme's draw as it is stored."""
    stored = programme.draw
    return Draw(**{**stored, "people": tuple(stored["people"]), "order": tuple(stored["order"])})


def stored(made: Draw) -> dict[str, object]:
    """Return a draw as it is stored."""
    return asdict(made)


def rules_of_programmes(home: Home) -> MeetingRules:
    """Return what holds today for a facilitator's programme."""
    return rules(home, on=timezone.localdate(), of_programme=True)


def able_in_order(home: Home, programme: Programme, now: Standing) -> list[str]:
    """Return the persons of a draw who can be brought together now, in the order drawn.

    Whoever cannot any more makes room for the next.
    """
    person_of = snapshots.persons(home).person_of
    people = [person_of.get(account, "") for account in draw_of(programme).order]
    return [person for person in people if person in now.free]


def pair(home: Home, programme: Programme) -> None:
    """Make a programme's pairs anew, from its draw and what holds now; nothing is sent."""
    who = snapshots.persons(home)
    chosen = rules_of_programmes(home)
    now = standing(chosen)
    able = able_in_order(home, programme, now)
    first = able[: programme.capacity] if programme.capacity else able
    waiting = able[len(first) :]
    account_of = {who.person_of.get(account, ""): account for account in programme.people}
    known = colleagues(home)
    made = _paired(home, known, first, chosen, programme)
    beside = _paired(home, known, waiting, chosen, programme)
    unplaced = {account_of[person]: reason for person, reason in made.unplaced.items()}
    for account in programme.people:
        person = who.person_of.get(account, "")
        if person not in now.free:
            unplaced[account] = unplaced_by(now, person) or Unplaced.NOT_TAKING_PART
    with transaction.atomic():
        programme.meetings.filter(state="planned").delete()
        for meeting in made.meetings:
            _plan(programme, meeting.people, account_of, _found(known, meeting.people, chosen))
        programme.unplaced = {account: reason.name for account, reason in sorted(unplaced.items())}
        programme.compared = [
            [account_of[one], account_of[other]]
            for meeting in beside.meetings
            for one, other in combinations(meeting.people, 2)
        ]
        programme.save(update_fields=["unplaced", "compared"])


def _paired(
    home: Home, known: Colleagues, people: Iterable[str], chosen: MeetingRules, programme: Programme
) -> Pairing:
    group = list(people)
    return pair_up(
        group,
        rules=chosen,
        group_of=_group_of(home, group),
        in_contact=_in_contact(known, frozenset(group)),
        seed=int.from_bytes(hashlib.sha256(str(programme.draw["seed"]).encode()).digest()[:8]),
    )


def _group_of(home: Home, people: Sequence[str]) -> dict[str, str]:
    who = snapshots.persons(home)
    kind = next((kind for kind in KINDS if kind in who.group_kinds), "")
    return {person: who.by_key[person].groups.get(kind, "") for person in people}


def _in_contact(known: Colleagues, people: Collection[str]) -> list[tuple[str, str]]:
    """Return the pairs of a group who are in open contact: a facilitator sees the pairs."""
    found = []
    for person in people:
        try:
            contacts = known.open_contacts(known.index_of(person))
        except KeyError:
            continue  # nothing that was read involves them yet
        found += [(person, str(known.persons[one])) for one in contacts if str(known.persons[one]) in people]
    return found


def _found(known: Colleagues, people: Sequence[str], chosen: MeetingRules) -> Found:
    try:
        return meeting_reasons.find(known, people, on=chosen.on, unnamed=chosen.opted_out)
    except KeyError:
        return Found(reasons={}, task=_LONELY)


def _plan(programme: Programme, people: Sequence[str], account_of: dict[str, str], found: Found) -> None:
    meeting = Meeting.objects.create(
        programme=programme,
        reasons=found.reasons,
        task=found.task,
        state="planned",
        uid=secrets.token_hex(16),
        made_at=timezone.now(),
    )
    Part.objects.bulk_create([Part(meeting=meeting, account=account_of[person]) for person in people])


def pairs(programme: Programme, *, state: str = "") -> dict[int, tuple[str, ...]]:
    """Return the accounts of each of a programme's meetings by its number, in the order they were made.

    Args:
        programme: which one.
        state: of the meetings; any, if not given.
    """
    meetings = programme.meetings.filter(state=state) if state else programme.meetings.all()
    parts = Part.objects.filter(meeting__in=meetings).order_by("meeting_id", "pk")
    found: dict[int, tuple[str, ...]] = {}
    # Plain rows: hundreds of pairs are shown on one page.
    for number, account in parts.values_list("meeting_id", "account"):
        found[number] = (*found.get(number, ()), account)
    return found


def still_fits(person_of: Mapping[str, str], accounts: Iterable[str], now: Standing) -> bool:
    """Say whether the people of a planned meeting can still be brought together."""
    people = [person_of.get(account, "") for account in accounts]
    return all(now.may_meet(one, other) for one, other in combinations(people, 2))


def version(pairs: Mapping[int, tuple[str, ...]]) -> str:
    """Return a digest of pairs, by which a facilitator says which ones they looked at."""
    listed = sorted(sorted(accounts) for accounts in pairs.values())
    return hashlib.sha256(repr(listed).encode()).hexdigest()[:16]
