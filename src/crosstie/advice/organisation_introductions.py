"""Introductions for everyone at once: shared out, with places kept for bridges, and nobody forgotten."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crosstie.advice import introductions as one_person
from crosstie.advice.advisor import Advisor
from crosstie.advice.allotting import lists, meetings
from crosstie.advice.colleagues import Colleagues
from crosstie.advice.introduction import Introduction
from crosstie.advice.introductions import IntroductionSettings, said
from crosstie.advice.worthwhile import worthwhile
from crosstie.people.meeting import MeetingRules


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationSettings:
    """How introductions are shared out over a whole organisation.

    Attributes:
        each: how each person's own are chosen.
        times_named: where lists are made, nobody is suggested to more people than so many lists are long.
    """

    each: IntroductionSettings = field(default_factory=IntroductionSettings)
    times_named: int = 6


def organisation_introductions(
    places: Mapping[str, int],
    *,
    colleagues: Colleagues,
    rules: MeetingRules,
    settings: OrganisationSettings | None = None,
) -> tuple[Introduction, ...]:
    """Return introductions for everyone, in the order in which they are to be made.

    Each takes a place of both, and both are to be asked. Everybody has one before anybody has two, as far as
    there is somebody for them; the last place of each is for a group they hardly reach. Who is a candidate of
    whom, and what that is worth, is as for one person alone.

    Args:
        places: in how many introductions each person may be, by key; those who are not in this network have
            none, for nothing that was read involves them.
        colleagues: everyone, as advice sees them.
        rules: who may meet whom.
        settings: how they are chosen.
    """
    chosen = settings or OrganisationSettings()
    people = _rows(places, colleagues)
    room = np.zeros(len(colleagues.persons), dtype=np.int64)
    room[people] = [places[str(key)] for key in colleagues.persons[people]]
    found = worthwhile(people[room[people] > 0], colleagues=colleagues, rules=rules, taste=chosen.each.taste)
    found = found.only(room[found.candidate] > 0)
    rows = meetings(found, places=room, bridges=chosen.each.bridges)
    return said(found, rows, colleagues=colleagues, rules=rules, settings=chosen.each)


def suggestion_lists(
    people: Collection[str],
    *,
    colleagues: Colleagues,
    rules: MeetingRules,
    settings: OrganisationSettings | None = None,
) -> dict[str, tuple[Introduction, ...]]:
    """Return a list of people to meet for each of some people, the best first; nobody is asked by it.

    Somebody suggested takes no place of their own list, but is in few lists more than those are long; and
    everyone who can be is in one.
    """
    chosen = settings or OrganisationSettings()
    found = worthwhile(_rows(people, colleagues), colleagues=colleagues, rules=rules, taste=chosen.each.taste)
    rows = lists(
        found,
        most=chosen.each.most,
        bridges=chosen.each.bridges,
        named_at_most=chosen.times_named * chosen.each.most,
        nobody_forgotten=True,
    )
    made: dict[str, list[Introduction]] = {person: [] for person in sorted(people)}
    for one in said(found, rows, colleagues=colleagues, rules=rules, settings=chosen.each):
        made[one.person].append(one)
    return {person: tuple(theirs) for person, theirs in made.items()}


def _rows(people: Collection[str], colleagues: Colleagues) -> NDArray[np.int64]:
    return np.flatnonzero(np.isin(colleagues.persons.astype(str), sorted(people)))


ADVISOR = Advisor(
    name="organisation_introductions",
    label="Introductions for everyone",
    question="Who in an organisation should meet whom, so that everyone has someone and nobody has too many?",
    how="For everyone those worth meeting are found as for one person alone. Then they are shared out, the "
    "best matches of all first: everybody has one before anybody has two, an introduction takes a place of "
    "both, and the last place of each is kept for a group they hardly reach.",
    reading="Both sides are asked, and nothing is sent before both said yes. About one in ten introductions "
    "becomes a lasting tie.",
    cautions=(
        *one_person.ADVISOR.cautions,
        "Someone whose best matches are full gets one that is less near.",
    ),
    evidence=one_person.ADVISOR.evidence,
    references=(
        *one_person.ADVISOR.references,
        (
            "Su, J., Sharma, A. and Goel, S. (2016). The effect of recommendations on network structure. "
            "Proceedings of WWW 2016."
        ),
    ),
    settings=OrganisationSettings(),
)

__all__ = ["ADVISOR", "OrganisationSettings", "organisation_introductions", "suggestion_lists"]
