"""The page for members and the works council: what is read, kept, shown and forbidden; and two templates."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from crosstie.actions.home import Home
from crosstie.actions.organisation.agreement import agreement, impact_assessment, works_agreement
from crosstie.people import Viewer
from crosstie.web.organisation.middleware import site_of, viewer_of
from crosstie.web.pages import page

_TEMPLATES: dict[str, Callable[[Home, Viewer], str]] = {
    "works-agreement": works_agreement,
    "impact-assessment": impact_assessment,
}


@require_GET
def whole(request: HttpRequest) -> HttpResponse:
    """Show all of it, the same to every member."""
    shown = agreement(site_of(request).home, viewer_of(request))
    return page(request, "organisation/agreement.html", shown=shown, here="agreement")


@require_GET
def template(request: HttpRequest, name: str) -> HttpResponse:
    """Hand out one of the templates as a Markdown file."""
    if name not in _TEMPLATES:
        raise Http404
    written = _TEMPLATES[name](site_of(request).home, viewer_of(request))
    answer = HttpResponse(written, content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="crosstie-{name}.md"'
    return answer
