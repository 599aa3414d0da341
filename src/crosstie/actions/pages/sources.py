"""*Sources*: what was read, used and left out."""

from __future__ import annotations

from crosstie.actions import inferring, settings, snapshots, summary
from crosstie.actions.home import Home
from crosstie.actions.speaking import spoken
from crosstie.actions.views import SourcesView
from crosstie.people import Viewer


def sources(home: Home, who: Viewer | str | None) -> SourcesView:
    """Return every reading with its ledger, newest first, and what the workspace holds: the same for all."""
    del who  # counts of records say nothing about anyone
    held = home.once("held", lambda: summary.held(home))
    return SourcesView(
        readings=tuple(summary.shown(row) for row in home.store.readings.all()),
        accounts=held.accounts,
        people=len(snapshots.persons(home).by_key),
        interactions=held.interactions,
        as_of=held.latest and (home.as_of or held.latest),
        since=held.first,
        ended_early=tuple(spoken(one) for one in held.ended_early),
        # Of an organisation no command shows another day.
        last_active=None
        if home.is_for_organisation or not held.ended_early
        else home.once("last active", lambda: summary.last_active(home)),
        inferred_replies=inferring.counted(home, settings.chosen(home)),
    )
