"""Whom one may look as: in the invented company alone."""

from __future__ import annotations

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.actions.speaking import spoken
from crosstie.actions.views import PersonCard


def looks(home: Home) -> tuple[tuple[PersonCard, str], ...]:
    """Return people of the invented company worth looking as, each with a sentence; elsewhere nobody."""
    if not home.is_demo:
        return ()
    from crosstie.actions.demo import worth_looking_as

    persons = snapshots.persons(home)
    by_address = {address: person for person in persons.by_key.values() for address in person.addresses}
    return tuple(
        (PersonCard(key=person.key, name=person.name, groups=dict(person.groups)), spoken(sentence))
        for address, sentence in worth_looking_as(home)
        if (person := by_address.get(address)) is not None
    )
