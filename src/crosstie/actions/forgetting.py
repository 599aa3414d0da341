"""Forget a person: rows, key, names, mentions and snapshots; only keyed hashes stay, to bar their return."""

from __future__ import annotations

from crosstie.actions import claiming, snapshots
from crosstie.actions.barring import forgotten_digests, words_for
from crosstie.actions.home import Home
from crosstie.errors import PersonUnclear
from crosstie.record.forget import Forgetting


def forget(home: Home, person: str) -> dict[str, int | bool]:
    """Forget one person for good; whoever was told of a meeting with them that is ahead hears that it is off.

    The record goes first: interrupted, it can be run again, as the person is still named then.

    Args:
        home: the workspace.
        person: their key.

    Returns:
        ``rows`` removed, ``blanked`` rows of others, and whether it ``is_erased`` from every file already.

    Raises:
        PersonUnclear: nobody has this key.
        WorkspaceBusy: another process is writing.
    """
    from crosstie.actions.organisation import calling_off

    who = snapshots.persons(home).everyone
    if person not in who.by_key:
        raise PersonUnclear(f'Nobody has the key "{person}".', hint="Find the key with a name or an address.")
    keys = set(who.by_key[person].accounts)
    rows = [row for row in home.accounts() if row.key in keys]
    words = {row.key: words_for(row.name, row.address, row.id) for row in rows}
    digests = [
        digest for row in rows for digest in forgotten_digests(home.keyring, row.source, row.id, row.address)
    ]
    claiming.release(home, person)
    leave_meetings = calling_off.before_forgetting(home, keys) if home.is_for_organisation else None
    is_erased = False

    def erase_rows() -> None:
        # Nobody else may write yet: who writes next finds nothing of theirs, and the hashes that bar them.
        nonlocal is_erased
        if leave_meetings is not None:
            leave_meetings()
        with snapshots.dropped(home):
            is_erased = home.store.forget(keys, digests, Forgetting.of(keys, words).without_words)

    done = home.record.forget(keys, words=words, afterwards=erase_rows)
    home.store.journal("owner", "person forgotten", "asked to be forgotten")
    return {"rows": done.removed, "blanked": done.blanked, "is_erased": done.is_erased and is_erased}
