"""People: who is who (accounts to persons, the directory, decisions), and what a viewer may see of them.

They may use the record's types, settings and errors, and run on rows alone, without a database.
Start with `resolve.py` (accounts to persons), then `visibility.py` (the one gate).
"""

from __future__ import annotations

from crosstie.people.addresses import normal_address, shared_addresses, told_apart
from crosstie.people.find import answering, describe, find, named, sharing
from crosstie.people.opting import opted_out
from crosstie.people.resolve import Person, Persons, resolve
from crosstie.people.roles import Role
from crosstie.people.rows import AccountRow, DecisionRow, EntryRow, Relation, Verb
from crosstie.people.settled import Settled, is_address, settle
from crosstie.people.visibility import Viewer, may_see_ties

__all__ = [
    "AccountRow",
    "DecisionRow",
    "EntryRow",
    "Person",
    "Persons",
    "Relation",
    "Role",
    "Settled",
    "Verb",
    "Viewer",
    "answering",
    "describe",
    "find",
    "is_address",
    "may_see_ties",
    "named",
    "normal_address",
    "opted_out",
    "resolve",
    "settle",
    "shared_addresses",
    "sharing",
    "told_apart",
]
