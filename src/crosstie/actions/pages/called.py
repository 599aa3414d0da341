"""How people are called here who share their name with others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from crosstie.actions import settings as settings_of
from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.people import Person, Persons
from crosstie.privacy import SMALLEST_EVER


def called(home: Home) -> dict[str, str]:
    """Return by key how people are called whose name others have too."""
    persons = snapshots.persons(home)
    smallest = max(settings_of.chosen(home).network.smallest_group, SMALLEST_EVER)
    return home.once(f"people of one name, {smallest}", lambda: told_apart(persons, smallest), of=persons)


def told_apart(persons: Persons, smallest: int) -> dict[str, str]:
    """Return how people are called who share their name with others, by key.

    By what tells most of them apart: a kind of unit, else the domain of their addresses; those who have the
    same of it by a number too. Never by an address, which not everybody may see, and by a domain only where
    it is that of a group large enough to be shown.
    """
    same: dict[str, list[Person]] = defaultdict(list)
    for person in persons.by_key.values():
        if person.name:
            same[person.name.casefold()].append(person)
    shared = [people for people in same.values() if len(people) > 1]
    if not shared:
        return {}
    people_at = Counter(domain for one in persons.by_key.values() for domain in _domains(one))
    called: dict[str, str] = {}
    for people in shared:
        people.sort(key=lambda each: each.key)
        ways = [[person.groups.get(kind, "") for person in people] for kind in persons.group_kinds]
        ways.append([_domain(person, people_at, smallest) for person in people])
        best = max(ways, key=lambda each: len(set(each)))
        called |= {
            person.key: f"{person.name} ({mark})"
            for person, mark in zip(people, _numbered(best), strict=True)
        }
    return called


def _numbered(words: Sequence[str]) -> list[str]:
    """Return words that differ: with a number where two are the same, or nothing is said."""
    if len(set(words)) == 1:
        return [str(number + 1) for number in range(len(words))]
    count, met = Counter(words), Counter[str]()
    marks = []
    for word in words:
        met[word] += 1
        marks.append(word if word and count[word] == 1 else f"{word} {met[word]}".strip())
    return marks


def _domains(person: Person) -> list[str]:
    """Return the domains of somebody's addresses, the first address's first."""
    found = (address.casefold().rpartition("@") for address in person.addresses)
    return list(dict.fromkeys(domain for local, _at, domain in found if local and domain))


def _domain(person: Person, people_at: Counter[str], smallest: int) -> str:
    """Return the first domain of somebody that is that of enough people; "" where none is."""
    return next((domain for domain in _domains(person) if people_at[domain] >= smallest), "")
