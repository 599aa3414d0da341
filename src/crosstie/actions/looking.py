"""Who looks: find people, and admit the one viewer a workspace has."""

from __future__ import annotations

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.actions.reading import claim
from crosstie.errors import NotShown
from crosstie.people import Person, Viewer
from crosstie.people import find as find_among


def find(home: Home, wanted: str) -> Person:
    """Find one person of the workspace by key, address or name.

    Raises:
        PersonUnclear: nobody, or more than one, answers to it.
    """
    return find_among(snapshots.persons(home), wanted)


def nobody() -> Viewer:
    """Return the viewer who looks at groups only."""
    return Viewer(person="")


def viewer(home: Home, given: str = "") -> Viewer:
    """Admit the viewer of a workspace: the one of `--as`, now or when it was read.

    Without any, one looks at groups only. In the invented company one may look as anyone.

    Raises:
        PersonUnclear: nobody, or more than one, answers to it.
        WorkspaceRefused: the workspace was read for someone else.
    """
    if home.is_demo:
        return Viewer(person=find(home, given).key) if given else nobody()
    wanted = given or home.viewer_given
    if not wanted:
        return nobody()
    person = find(home, wanted)
    known = home.viewer_given
    if not known or find(home, known).key != person.key:
        claim(home, wanted)
    return Viewer(person=person.key, read_everything=True)


def as_viewer(home: Home, who: Viewer | str | None) -> Viewer:
    """Turn a person's key, as a page knows it, into a viewer the gate accepts.

    Raises:
        NotShown: the key is not that of the workspace's own viewer.
    """
    if isinstance(who, Viewer):
        return who
    if not who:
        return nobody()
    if home.is_demo:
        return Viewer(person=who)
    own = viewer(home)
    if own.person != who:
        raise NotShown(
            "A circle is shown to its own person alone.", hint="Open the workspace with --as yourself."
        )
    return own
