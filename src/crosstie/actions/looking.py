"""Who looks: find people, and admit the one viewer a workspace has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.utils.translation import gettext as _

from crosstie.actions import snapshots
from crosstie.actions.claiming import claim, take_back
from crosstie.actions.home import Home
from crosstie.errors import NotShown
from crosstie.people import Person, Role, Viewer, answering
from crosstie.people import find as find_among


def find(home: Home, wanted: str) -> Person:
    """Find one person of the workspace by key, address or name.

    Raises:
        PersonUnclear: nobody, or more than one, answers to it.
    """
    # A workspace made just now in which nobody is found is not kept, and neither are its keys.
    return find_among(snapshots.persons(home), wanted, keys_hold=not home.is_new)


def find_anyone(home: Home, wanted: str) -> Person:
    """Find one person, also among those who opted out: to forget them, or to let them in again.

    Of those who opted out only an exact key, address or name is found; nothing suggests their names.

    Raises:
        PersonUnclear: nobody, or more than one, answers to it.
    """
    persons = snapshots.persons(home)
    gone = answering(replace(persons.everyone, by_key=persons.opted_out), wanted)
    if len(gone) == 1 and not answering(persons, wanted):
        return gone[0]
    return find_among(persons, wanted, keys_hold=not home.is_new)


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
    if find_anyone(home, wanted).key in snapshots.persons(home).opted_out:
        raise NotShown(
            _("Whoever opted out is shown nothing of themselves either."),
            hint=_("crosstie opt-in takes it back."),
        )
    person = find(home, wanted)
    claim(home, wanted)
    return Viewer(person=person.key, read_everything=True)


@contextmanager
def looking_as(home: Home, given: str = "") -> Iterator[Viewer]:
    """Admit the viewer of a workspace for a block: where the block fails, it becomes nobody's by that.

    Raises:
        PersonUnclear: nobody, or more than one, answers to it.
        WorkspaceRefused: the workspace was read for someone else.
    """
    before = home.viewer_given
    try:
        yield viewer(home, given)
    except BaseException:
        take_back(home, before)
        raise


def as_viewer(home: Home, who: Viewer | str | None) -> Viewer:
    """Turn a viewer, or a person's key as a page knows it, into a viewer the gate accepts.

    A viewer that someone made themselves is worth no more than its key: what it may read is decided here.

    Raises:
        NotShown: the key is not that of the workspace's own viewer.
    """
    if home.is_for_organisation:
        return _member(home, who.member if isinstance(who, Viewer) else 0)
    key = who.person if isinstance(who, Viewer) else who
    if not key:
        return nobody()
    if home.is_demo:
        return Viewer(person=key)
    own = viewer(home)
    if own.person != key:
        raise NotShown(
            _("A circle is shown to its own person alone."), hint=_("Open the workspace with --as yourself.")
        )
    return own


def _member(home: Home, number: int) -> Viewer:
    """Return the viewer a member is: the person who has the address that they confirmed."""
    if not number:
        return nobody()
    member = home.store.members.find(number)
    if member is None or not member.is_active:
        return nobody()
    person = snapshots.persons(home).person_of.get(member.account, "")
    return Viewer(person=person, member=member.pk, account=member.account, role=Role(member.role))
