"""Who looked: everyone may ask who was shown them by name, on which kind of page, on which day."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from crosstie.actions.home import Home
from crosstie.people import Viewer
from crosstie.store.models import Look


def note(home: Home, viewer: Viewer, account: str, what: str) -> None:
    """Keep that a member was shown someone by name. Oneself is not kept; the same look a day is kept once.

    Args:
        home: the workspace.
        viewer: who looked.
        account: whom they were shown.
        what: the kind of page, in a word.
    """
    note_all(home, viewer, (account,), what)


def note_all(home: Home, viewer: Viewer, accounts: Iterable[str], what: str) -> None:
    """Keep that a member was shown several people by name, as `note` keeps one."""
    del home
    if not viewer.account:
        return
    shown = {account for account in accounts if account and account != viewer.account}
    today = timezone.localdate()
    Look.objects.bulk_create(
        [Look(viewer=viewer.account, shown=account, what=what, on=today) for account in sorted(shown)],
        ignore_conflicts=True,
    )
