"""Who looked: everyone may ask who was shown them by name, on which kind of page, on which day."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate
from crosstie.actions.views import PersonCard
from crosstie.people import Viewer
from crosstie.store.database import is_locked
from crosstie.store.models import Look

LOOKS_A_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Someone was shown the viewer by name, on a day."""

    who: PersonCard
    what: str
    on: date


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
    # Mostly they were noted already: reading that takes a tenth of writing it once more.
    noted = Look.objects.filter(viewer=viewer.account, what=what, on=today)
    shown.difference_update(noted.values_list("shown", flat=True))
    looks = [Look(viewer=viewer.account, shown=account, what=what, on=today) for account in sorted(shown)]
    try:
        with transaction.atomic():
            Look.objects.bulk_create(looks, ignore_conflicts=True)
    except OperationalError as trouble:
        if not is_locked(trouble):
            raise
        # They were to read a page; that it cannot be noted just now is no reason to keep it from them.
        logging.getLogger("crosstie.looks").warning("%d looks were not noted: %s", len(looks), trouble)


def who_looked(home: Home, viewer: Viewer, page: int = 1) -> tuple[tuple[Seen, ...], int]:
    """Return who was shown the viewer by name, the latest day first; and the next page, 0 after the last.

    Raises:
        NotShown: nobody signed in.
    """
    mine = gate.own_person(home, gate.acting(home, viewer)).accounts
    start = (max(page, 1) - 1) * LOOKS_A_PAGE
    rows = Look.objects.filter(shown__in=mine).exclude(viewer__in=mine).order_by("-on", "-pk")
    found = list(rows[start : start + LOOKS_A_PAGE + 1])
    words = {
        "contact": _("your page in their circle"),
        "question": _("a question of yours"),
        "workshop": _("a workshop you take part in"),
        "introduction": _("an introduction, or a meeting with you"),
        "circle check": _("a way to open their circle"),
        "programme": _("a programme that brings people together"),
    }
    cards = gate.cards_of(home, {one.viewer for one in found})
    seen = tuple(
        Seen(who=cards[one.viewer], what=words.get(one.what, one.what), on=one.on)
        for one in found[:LOOKS_A_PAGE]
    )
    return seen, max(page, 1) + 1 if len(found) > LOOKS_A_PAGE else 0
