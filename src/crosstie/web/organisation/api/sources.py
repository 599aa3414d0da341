"""The ledger: what was read of each source, what was used, and what was left out."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from crosstie.actions.views import SourcesView
from crosstie.web.organisation.api.access import home_and_viewer, needs
from crosstie.web.organisation.middleware import site_of

ROUTER = Router(tags=["Sources"])


@ROUTER.get("sources", response=SourcesView, **needs("ledger:read"))
def sources(request: HttpRequest) -> SourcesView:
    """Every reading with its ledger, newest first; the same for everyone."""
    _, viewer = home_and_viewer(request)
    return site_of(request).shown.sources(viewer)
