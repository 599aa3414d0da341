"""Put what a page shows into its template, with what every page needs."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from crosstie.harmless import harmless
from crosstie.web.application import VISIT, Visit


def visit_of(request: HttpRequest) -> Visit:
    """Return what this request's page needs to know."""
    visit: Visit = request.META[VISIT]
    return visit


def every_page(request: HttpRequest) -> dict[str, object]:
    """Return what every template needs, those of libraries too: the visit, and what stands at the top."""
    visit = visit_of(request)
    navigation = [entry for entry in visit.navigation if visit.viewer or not entry.personal]
    return {"visit": visit, "navigation": navigation}


def page(
    request: HttpRequest, template: str, *, status: HTTPStatus = HTTPStatus.OK, **shown: Any
) -> HttpResponse:
    """Return a page made from a template, whatever those whose words it shows have put into them."""
    return HttpResponse(harmless(render_to_string(template, shown, request)), status=status)
