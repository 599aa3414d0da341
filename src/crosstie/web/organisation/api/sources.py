"""The ledger of what was read and left out; and what is read, kept, shown and forbidden here, in words."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from crosstie.actions.organisation import failed_work
from crosstie.actions.organisation.agreement import Agreement, agreement
from crosstie.actions.organisation.failed_work import FailedWork
from crosstie.actions.views import SourcesView
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.middleware import site_of

ROUTER = Router(tags=["Sources"])


@ROUTER.get("sources", response=SourcesView, **needs("ledger:read"))
def sources(request: HttpRequest) -> SourcesView:
    """Every reading with its ledger, newest first; the same for everyone."""
    _, viewer = home_and_viewer(request)
    return site_of(request).shown.sources(viewer)


@ROUTER.get("sources/failed", response=list[FailedWork], **needs("ledger:read"))
def work_that_failed(request: HttpRequest) -> list[FailedWork]:
    """Work behind the pages that failed when it was last done, for stewards; the latest first.

    What goes well again leaves the list. It tells what kind of work it was, never on whom.
    """
    home, viewer = home_and_viewer(request)
    return list(failed_work.failed_work(home, viewer))


@ROUTER.get("agreement", response=Agreement, **needs("ledger:read"))
def whole_agreement(request: HttpRequest) -> Agreement:
    """What is read, kept, shown and forbidden here, in words; the same for every member."""
    home, viewer = home_and_viewer(request)
    return agreement(home, viewer)
