"""Which accounts are whose, by what was decided so far, and what people are called where they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crosstie.actions.absence import Absence
from crosstie.harmless import on_one_line
from crosstie.people import (
    AccountRow,
    DecisionRow,
    EntryRow,
    Person,
    Persons,
    Verb,
    opted_out,
    resolve,
    shared_addresses,
    told_apart,
)
from crosstie.record.keys import Keyring
from crosstie.store import Store


def who_is_who(
    store: Store, keyring: Keyring, accounts: Sequence[AccountRow], entries: Sequence[EntryRow]
) -> Persons:
    """Resolve accounts to persons as a workspace decided; those who opted out are set apart.

    Args:
        store: of the workspace.
        keyring: its secret.
        accounts: its accounts, and maybe some that were not read yet.
        entries: what directories say of them.
    """
    decisions = store.decisions()
    # An account of which its person said "not me" is a person of its own.
    decisions += [DecisionRow(verb=Verb.SPLIT, account=one) for one in store.corrections.accounts_apart()]
    absence = Absence(keyring, opted_out(decisions))
    apart = told_apart(accounts, shared_addresses(accounts, entries)) if absence else ()
    found = resolve(
        accounts,
        entries=entries,
        decisions=decisions,
        domains=store.domains(),
        opted_out=[row.key for row in apart if absence.covers(row)],
    )
    return replace(found, by_key=_shown(found.by_key), opted_out=_shown(found.opted_out))


def _shown(people: dict[str, Person]) -> dict[str, Person]:
    """Return people with names that steer nothing; by the key, where nothing else is left of one."""
    names = {key: on_one_line(one.name) for key, one in people.items()}
    return {
        key: one if names[key] == one.name else replace(one, name=names[key] or key)
        for key, one in people.items()
    }
