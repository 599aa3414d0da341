"""The pages everyone has that rest on work behind them, with what of it failed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from crosstie.actions import failures
from crosstie.actions.organisation import beginning, failed_work
from crosstie.people import Role
from crosstie.web import views
from crosstie.web.organisation.middleware import site_of, viewer_of


@require_GET
def ideas(request: HttpRequest) -> HttpResponse:
    """*Ideas*: what is talked of, or that it could not be found."""
    home = site_of(request).home
    return views.ideas(
        request,
        is_empty=not beginning.has_begun(home),
        topics_failed=failures.has_failed(home, "snapshot", "topics"),
        flows_failed=failures.has_failed(home, "flows"),
    )


@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """*Sources*: the ledger; for stewards, what failed behind the pages."""
    home, viewer = site_of(request).home, viewer_of(request)
    is_steward = viewer.role.covers(Role.STEWARD)
    failed = failed_work.failed_work(home, viewer) if is_steward else ()
    return views.sources(request, failed=failed, folder=home.folder)
