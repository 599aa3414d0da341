"""Stop a digest by its link, without signing in: by one click of a mail program (RFC 8058) or on the page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from crosstie.actions.organisation import digests
from crosstie.web.organisation.middleware import site_of
from crosstie.web.pages import page


@login_not_required
@csrf_exempt  # mail programs post here and know no cookie; the link is the proof, and stops a digest alone
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before it is stopped, since mail programs look at links by themselves; a POST stops it."""
    home = site_of(request).home
    if request.method == "POST":
        digests.stop(home, token)
    return page(request, "organisation/stop_digest.html", is_wanted=digests.wanted(home, token), token=token)
