"""Opt out and in: a decision of one person about themself, kept apart from the record."""

from __future__ import annotations

from dataclasses import dataclass

from crosstie.actions import looking, snapshots, viewpoints
from crosstie.actions.absence import mark_of_address, marks_of
from crosstie.actions.home import Home
from crosstie.errors import PersonUnclear
from crosstie.people import DecisionRow, Verb, answering, opted_out, sharing


@dataclass(frozen=True, slots=True, kw_only=True)
class Opted:
    """What was decided.

    Attributes:
        person: their key, "" for an address under which nobody was read.
        is_known: whether anything of theirs was read before.
        is_changed: False if it had been decided so already.
    """

    person: str
    is_known: bool
    is_changed: bool


def opt_out(home: Home, wanted: str) -> Opted:
    """Leave someone out: nothing of them is read from now on, and nothing that was is shown or tied.

    It holds for every account that is theirs now, and every later one with one of their addresses. An address
    under which nobody was read yet can opt out too; only a keyed hash of it is kept. Letters that name
    a member and have not gone out yet are withdrawn, and whoever asked them is not kept waiting.

    Args:
        home: the workspace.
        wanted: a key, an address or a name.

    Raises:
        PersonUnclear: nobody answers to it and it is no address, or more than one does.
    """
    return _decide(home, wanted, Verb.OPT_OUT)


def opt_in(home: Home, wanted: str) -> Opted:
    """Take an opting out back. What was read before is shown again; what was left out since has to be read.

    Raises:
        PersonUnclear: nobody answers to it and it is no address, or more than one does.
    """
    return _decide(home, wanted, Verb.OPT_IN)


def _decide(home: Home, wanted: str, verb: Verb) -> Opted:
    from crosstie.actions.organisation import unnaming

    marks = _marks(home, wanted)
    standing = opted_out(home.store.decisions())
    changed = [(key, mark) for key, mark in marks if (mark in standing) is (verb is Verb.OPT_IN)]
    with snapshots.changed_at_once(home):
        for account, mark in changed:
            home.store.decide(DecisionRow(verb=verb, account=account, name=mark))
        if changed:
            # Whose decision it was stands nowhere in the journal, which outlives a forgetting.
            words = "asked to be left out" if verb is Verb.OPT_OUT else "asked to be let in again"
            home.store.journal("person", "opted out" if verb is Verb.OPT_OUT else "opted in", words)
    if verb is Verb.OPT_OUT:
        viewpoints.prune(home)
        if home.is_for_organisation:
            unnaming.take_out(home, dict.fromkeys(account for account, _ in marks if account))
    person = snapshots.persons(home).everyone.person_of.get(marks[0][0], "")
    return Opted(person=person, is_known=bool(person), is_changed=bool(changed))


def _marks(home: Home, wanted: str) -> list[tuple[str, str]]:
    """Return the accounts and marks of one person, or the mark of an address that nobody was read under."""
    mark = mark_of_address(home.keyring, wanted) if "@" in wanted else ""
    everyone = snapshots.persons(home).everyone
    if mark and not answering(everyone, wanted) and not sharing(everyone, wanted):
        return [("", mark)]
    try:
        accounts = set(looking.find_anyone(home, wanted).accounts)
    except PersonUnclear as unclear:
        if unclear.near:
            raise
        raise PersonUnclear(
            unclear.message, hint="An address can opt out before anything was read of it."
        ) from unclear
    marks = marks_of(home.keyring, (row for row in home.accounts() if row.key in accounts))
    return list(dict.fromkeys(marks))
