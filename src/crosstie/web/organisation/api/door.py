"""The door to the API: before the pages' sessions and forms, so that neither can be mixed with a token."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PREFIX = "/api/"


class apart:  # noqa: N801 - a middleware reads as a function
    """Hand requests for the API to it alone; all others go on to the pages.

    It stands before everything else: what the pages do with cookies is never done here. What the API needs is
    imported with the first request for it, so that the pages start without.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if not request.path_info.startswith(PREFIX):
            return self._answer(request)
        from crosstie.web.organisation.api.answering import answer

        return answer(request)
