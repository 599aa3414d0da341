"""Every trouble becomes a page in our tone: what happened, and what to do."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from http import HTTPStatus

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from crosstie.actions.speaking import spoken
from crosstie.errors import (
    CrosstieError,
    NotAllowed,
    NotShown,
    PersonUnclear,
    RecordRefused,
    UsageRefused,
    WorkspaceBusy,
)
from crosstie.store.database import is_locked
from crosstie.web.application import VISIT
from crosstie.web.pages import page

_STATUS: tuple[tuple[type[CrosstieError], HTTPStatus], ...] = (
    (NotShown, HTTPStatus.FORBIDDEN),
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (PersonUnclear, HTTPStatus.NOT_FOUND),
    (RecordRefused, HTTPStatus.NOT_FOUND),
    (WorkspaceBusy, HTTPStatus.SERVICE_UNAVAILABLE),
    (UsageRefused, HTTPStatus.BAD_REQUEST),
)
"""The status of each expected trouble; whatever is not here is the workspace's, so 500."""


class speak:  # noqa: N801 - a middleware reads as a function, and has to be a class to hear of exceptions
    """Turn exceptions into pages; a bug is also written to the log, with its traceback."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self._answer(request)

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse:
        """Return the page that says what happened."""
        return not_found(request) if isinstance(trouble, Http404) else _of(request, trouble)


def failed(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """Return the page for what went wrong beside a view, such as keeping a session while another writes.

    Django calls it by this name, while it handles the exception, and does not always hand it over.
    """
    trouble = exception or sys.exception() or RuntimeError("a page failed, and nothing says why")
    if isinstance(trouble, (BadRequest, SuspiciousOperation)) and expected_in(trouble) is None:
        return _say(
            request,
            HTTPStatus.BAD_REQUEST,
            _("This request was not understood."),
            _("Go back, and try again."),
        )
    return _of(request, trouble)


def _of(request: HttpRequest, trouble: BaseException) -> HttpResponse:
    expected = expected_in(trouble)
    if expected is not None:
        return _say(request, status_of(expected), spoken(expected.message), spoken(expected.hint))
    logging.getLogger("crosstie.web").error("A page failed: %s", request.path, exc_info=trouble)
    return _say(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _("This page could not be made."),
        _("The terminal in which crosstie runs says why. That is a fault of ours, not of yours."),
    )


def expected_in(trouble: BaseException) -> CrosstieError | None:
    """Return the trouble as one of ours, None if it is a bug."""
    if any(is_locked(one) for one in _causes(trouble)):
        return WorkspaceBusy(
            _("Something else is being written just now."),
            hint=_("Try again in a moment."),
        )
    return trouble if isinstance(trouble, CrosstieError) else None


def _causes(trouble: BaseException) -> Iterator[BaseException]:
    """Yield a trouble and what it came from: of a session not kept, Django only says that it is gone."""
    found: BaseException | None = trouble
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__


def status_of(trouble: CrosstieError) -> HTTPStatus:
    """Return the status with which an expected trouble is shown."""
    for kind, status in _STATUS:
        if isinstance(trouble, kind):
            return status
    return HTTPStatus.INTERNAL_SERVER_ERROR


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for an address that leads nowhere; Django hands the exception over by this name."""
    del exception
    return _say(
        request,
        HTTPStatus.NOT_FOUND,
        _("There is no page at this address."),
        _("The four pages are above; a contact or a message may have gone with a newer reading."),
    )


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page for a form that does not prove that it is from a page of ours; Django says why."""
    del reason  # in Django's words, for programmers
    return _say(
        request,
        HTTPStatus.FORBIDDEN,
        _("This form is too old, or comes from another site. Nothing was changed."),
        _("Go back to its page, load it anew, and send it again. crosstie needs the cookies of this site."),
        back=_came_from(request),
    )


def _came_from(request: HttpRequest) -> str:
    """Return the page of ours that a request comes from, "" if it says none."""
    said = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure())
    return said if is_ours else ""


def _say(
    request: HttpRequest, status: HTTPStatus, message: str, hint: str, *, back: str = ""
) -> HttpResponse:
    if VISIT in request.META:
        said = page(
            request, "trouble.html", status=status, title=message, message=message, hint=hint, back=back
        )
    else:  # refused before it was known who visits what, as under another host's name
        said = HttpResponse(f"{message} {hint}\n", status=status, content_type="text/plain; charset=utf-8")
    # Django would log each refusal a second time, without its traceback.
    said._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - Django's own mark for that
    return said
