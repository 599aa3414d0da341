"""The columns people are resolved from, as plain rows: accounts, entries of a directory, decisions."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Relation(StrEnum):
    """What a person is to the organisation."""

    EMPLOYEE = "employee"
    CUSTOMER = "customer"
    PARTNER = "partner"
    OUTSIDE = "outside"


class Verb(StrEnum):
    """What can be decided about who is who, and by people about themselves."""

    MERGE = "merge"  # the two accounts are one person
    SPLIT = "split"  # the account is a person of its own, whatever its address says
    ALIAS = "alias"  # this is the name to show for the account's person
    OPT_OUT = "opt_out"  # nothing of the person is read or shown; `name` is one of their marks
    OPT_IN = "opt_in"  # takes that back


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """An account behind its key; `id` is the source's own."""

    key: str
    source: str
    id: str
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """What the directory says about the person of an account of the directory."""

    account: str
    shared_address: str = ""  # the address that others in the directory have too
    groups: dict[str, str] = field(default_factory=dict)
    manager: str = ""  # the directory's id of the manager
    relation: str = Relation.EMPLOYEE
    joined_on: str = ""
    left_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """One decision, in the order they were made.

    Opting out and in are decided about a *mark* in `name`: a keyed hash of an account or an address, so
    that it holds for someone who was never read. `account` is "" then.
    """

    verb: Verb
    account: str
    other: str = ""
    name: str = ""
