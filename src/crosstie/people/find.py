"""Find one person by key, address or name; near matches where it is unclear."""

from __future__ import annotations

import difflib

from crosstie.errors import PersonUnclear
from crosstie.people.addresses import normal_address
from crosstie.people.resolve import Person, Persons

_NEAR = 5


def find(persons: Persons, wanted: str, *, keys_hold: bool = True) -> Person:
    """Find the one person with this key, address, full name or id in a source, as the door knows the viewer.

    Args:
        persons: to choose from.
        wanted: what somebody called them.
        keys_hold: whether keys still name the same people the next time, so that one can be chosen by.

    Raises:
        PersonUnclear: nobody, or more than one, answers to it; `near` lists whom it could mean.
    """
    found = answering(persons, wanted)
    if len(found) == 1:
        return found[0]
    near = found or sharing(persons, wanted) or _near(persons, _folded(wanted))
    shown = tuple(describe(person, with_key=keys_hold) for person in near[:_NEAR])
    what = "More than one person answers" if found else "Nobody answers"
    hint = (
        f"Did you mean: {'; '.join(shown)}?"
        if shown
        else "Give a key, a full name or an address that stands in the sources."
    )
    raise PersonUnclear(f'{what} to "{wanted}".', hint=hint, near=shown)


def answering(persons: Persons, wanted: str) -> list[Person]:
    """Return everyone with this key, else this address, else this full name, else this id in a source.

    A full name is one that a person is shown by, or that one of their accounts has.
    """
    text = " ".join(wanted.split())
    key = persons.person_of.get(text, text)
    if key in persons.by_key:
        return [persons.by_key[key]]
    folded = _folded(wanted)
    everyone = persons.by_key.values()
    by_address = [person for person in everyone if folded in person.addresses]
    if not by_address and "@" in folded:
        plain = normal_address(folded)
        by_address = [p for p in everyone if plain in {normal_address(address) for address in p.addresses}]
    by_name = by_address or named(persons, wanted)
    return by_name or [person for person in everyone if folded in {_folded(id_) for id_ in person.ids}]


def named(persons: Persons, wanted: str) -> list[Person]:
    """Return everyone of this full name."""
    folded = _folded(wanted)
    return [p for p in persons.by_key.values() if folded in map(_folded, (p.name, *p.names))]


def sharing(persons: Persons, wanted: str) -> list[Person]:
    """Return those who have this address together with others: it is none of theirs alone."""
    plain = normal_address(wanted)
    return [
        person
        for person in persons.by_key.values()
        if plain and plain in map(normal_address, person.shared_addresses)
    ]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def describe(person: Person, *, with_key: bool = True) -> str:
    """Return a person as a line to choose by: name, address, key; an id where there is neither of these."""
    address = f" <{person.addresses[0]}>" if person.addresses else ""
    told_by = person.key if with_key and person.has_key else ""
    if not address and not told_by:
        told_by = next((id_ for id_ in person.ids if id_ != person.name), "")
    return f"{person.name}{address}{f' ({told_by})' if told_by else ''}"


def _near(persons: Persons, folded: str) -> list[Person]:
    parts = set(folded.replace("@", " ").replace(".", " ").split())
    scored = []
    for person in persons.by_key.values():
        name = person.name.casefold()
        texts = [name, *person.addresses]
        closeness = max(difflib.SequenceMatcher(None, folded, text).quick_ratio() for text in texts)
        shared = len(parts & set(name.split())) / max(len(parts), 1)
        scored.append((max(closeness, shared), person.name, person))
    scored.sort(key=lambda row: (-row[0], row[1]))
    return [person for score, _, person in scored if score >= 0.6]  # noqa: PLR2004 - difflib's usual cut
