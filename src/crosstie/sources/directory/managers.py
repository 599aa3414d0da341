"""Who reports to whom: what a directory writes about managers, resolved to its own ids."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from crosstie.sources.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Written:
    """What one row says about a person and their manager, as it stands there."""

    id: str
    name: str
    address: str
    manager: str
    manager_name: str


def resolve(people: list[Written], ledger: Ledger) -> dict[str, str]:
    """Return each person's manager by id, "" for the root and where the manager is not in the directory.

    A name that means exactly one person of the directory comes before a number, since HR tables number
    managers apart from employees; a name is compared by its words, so that "Doe, Jane" is "Jane Doe".
    """
    ids = {person.id: person.id for person in people}
    addresses = {person.address: person.id for person in people if person.address}
    names = _by_name(people)
    managers: dict[str, str] = {}
    for person in people:
        by_number = _known(person.manager, ids, addresses, names)
        by_name = _known(person.manager_name, {}, {}, names)
        if by_number and by_name and by_number != by_name:
            ledger.note("manager's number and name disagree, the name was taken")
        manager = by_name or by_number
        if manager == person.id:
            ledger.note("root that reports to themselves")
            manager = ""
        elif not manager and (person.manager or person.manager_name):
            ledger.note("manager not in the directory")
        elif not manager:
            ledger.note("person without a manager")
        managers[person.id] = manager
    circular = _in_a_circle(managers)
    if circular:
        ledger.note("person in a circle of managers", circular)
    return managers


def _known(
    written: str, ids: dict[str, str], addresses: dict[str, str], names: dict[frozenset[str], str]
) -> str:
    if not written:
        return ""
    return ids.get(written) or addresses.get(written.lower()) or names.get(_words(written), "")


def _words(name: str) -> frozenset[str]:
    """Return the words of a name without initials."""
    return frozenset(word for word in re.findall(r"[^\W\d_]+", name.casefold()) if len(word) > 1)


def _by_name(people: list[Written]) -> dict[frozenset[str], str]:
    """Return the ids of those whose name nobody else in the directory has."""
    found: dict[frozenset[str], set[str]] = defaultdict(set)
    for person in people:
        words = _words(person.name)
        if words:
            found[words].add(person.id)
    return {words: next(iter(same)) for words, same in found.items() if len(same) == 1}


def _in_a_circle(managers: dict[str, str]) -> int:
    """Count the people who are, over others, their own manager."""
    settled: set[str] = set()
    circular = 0
    for start in managers:
        path: dict[str, int] = {}
        person = start
        while person and person not in settled and person not in path:
            path[person] = len(path)
            person = managers.get(person, "")
        if person in path:
            circular += len(path) - path[person]
        settled.update(path)
    return circular
