"""Who looked: everyone may ask who was shown them by name, on which kind of page, on which day."""

from __future__ import annotations

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
    del home
    if not viewer.account or not account or viewer.account == account:
        return
    Look.objects.bulk_create(
        [Look(viewer=viewer.account, shown=account, what=what, on=timezone.localdate())],
        ignore_conflicts=True,
    )
