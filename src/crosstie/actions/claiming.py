"""For whom a workspace was read: one person, an organisation, or nobody in particular."""

from __future__ import annotations

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.errors import WorkspaceRefused
from crosstie.people import answering

_ELSEWHERE = "Name another --workspace."


def claim(home: Home, viewer: str) -> None:
    """Make the workspace this viewer's, or refuse: what was read for one person is not shown to another.

    A name that turned out to be nobody's leaves no claim, as long as only open places were read under it.

    Args:
        home: the workspace.
        viewer: a key, an address or a name; "" claims nothing.

    Raises:
        WorkspaceRefused: it was read for someone else, or for an organisation.
    """
    if not viewer:
        return
    refuse_others(home)
    given = home.viewer_given
    if given.casefold() == viewer.casefold() or (given and _is_same_person(home, given, viewer)):
        return
    if given and not _is_nobodys(home, given):
        raise WorkspaceRefused(
            f'The workspace "{home.folder}" is that of "{given}", not of "{viewer}".',
            hint=f"It is shown to nobody but whom it was read for, or who looked first. {_ELSEWHERE}",
        )
    home.store.set_fact("viewer", viewer)


def refuse_others(home: Home) -> None:
    """Refuse a workspace that is nobody's to claim.

    Raises:
        WorkspaceRefused: it was read for an organisation, or for someone who was forgotten.
    """
    if home.is_for_organisation:
        raise WorkspaceRefused(
            f'The workspace "{home.folder}" was read for an organisation; it shows groups alone.',
            hint="Read your own exports, with --as yourself, into another --workspace.",
        )
    if home.viewer_was_forgotten:
        raise WorkspaceRefused(
            f'The workspace "{home.folder}" was read for someone who asked to be forgotten.', hint=_ELSEWHERE
        )


def claim_for_organisation(home: Home) -> None:
    """Make the workspace an organisation's, or refuse.

    Raises:
        WorkspaceRefused: it was read for one person.
    """
    if home.viewer_given or home.viewer_was_forgotten:
        raise WorkspaceRefused(
            f'The workspace "{home.folder}" was read for one person, not for an organisation.',
            hint=_ELSEWHERE,
        )
    home.store.set_fact("audience", "organisation")


def take_back(home: Home, before: str) -> None:
    """Let a claim go that was made just now, by a look that came to nothing.

    Args:
        home: the workspace.
        before: whose it was before, as it was given; "" for nobody's.
    """
    if home.viewer_given != before:
        home.store.set_fact("viewer", before)


def release(home: Home, person: str) -> None:
    """Let the claim of someone forgotten go, without letting anybody else in."""
    if person in {one.key for one in answering(snapshots.persons(home).everyone, home.viewer_given)}:
        home.store.set_fact("viewer", "")
        home.store.set_fact("audience", "forgotten")


def _is_same_person(home: Home, given: str, viewer: str) -> bool:
    persons = snapshots.persons(home).everyone
    found = [[one.key for one in answering(persons, wanted)] for wanted in (given, viewer)]
    return len(found[0]) == 1 and found[0] == found[1]


def _is_nobodys(home: Home, given: str) -> bool:
    if answering(snapshots.persons(home).everyone, given):
        return False
    with home.record.connect() as connection:
        return not connection.execute(
            "SELECT 1 FROM interactions WHERE openness <> 'open' LIMIT 1"
        ).fetchall()
