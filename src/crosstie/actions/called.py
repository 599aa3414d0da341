"""What people are called wherever they are shown."""

from __future__ import annotations

from dataclasses import replace

from crosstie.harmless import on_one_line
from crosstie.people import Person, Persons


def as_shown(persons: Persons) -> Persons:
    """Return persons with names that steer nothing; by the key, where nothing else is left of one."""
    return replace(persons, by_key=_shown(persons.by_key), opted_out=_shown(persons.opted_out))


def _shown(people: dict[str, Person]) -> dict[str, Person]:
    names = {key: on_one_line(one.name) for key, one in people.items()}
    return {
        key: one if names[key] == one.name else replace(one, name=names[key] or key)
        for key, one in people.items()
    }
