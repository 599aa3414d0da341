"""Every trouble as `application/problem+json` (RFC 9457), with the code, message and hint of our errors."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crosstie.actions.organisation.tokens import Ended
from crosstie.errors import CrosstieError, KeyReused, NotShown, UsageRefused
from crosstie.web.middleware import expected_in, status_of

MEDIA_TYPE: Final = "application/problem+json"

_OTHERWISE: tuple[tuple[type[CrosstieError], HTTPStatus], ...] = (
    (KeyReused, HTTPStatus.CONFLICT),
    (UsageRefused, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NotShown, HTTPStatus.NOT_FOUND),
)
"""Where a program is told another status than a reader: what it may not see is not there for it."""

SHAPE: Final[dict[str, Any]] = {
    "title": "Problem",
    "description": "What happened, and what to do (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "hint"],
    "properties": {
        "type": {"type": "string", "description": "The code as a URI."},
        "title": {"type": "string", "description": "What such a problem is."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What happened this time."},
        "code": {"type": "string", "description": "A stable word, to be compared."},
        "hint": {"type": "string", "description": "What to do next; empty where nothing helps."},
        "errors": {
            "type": "array",
            "description": "Of a request that does not fit the description: where, and why.",
            "items": {
                "type": "object",
                "required": ["where", "message"],
                "properties": {"where": {"type": "string"}, "message": {"type": "string"}},
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


def problem(
    status: HTTPStatus,
    code: str,
    *,
    detail: str,
    hint: str = "",
    title: str = "",
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return a problem as a response."""
    said: dict[str, Any] = {
        "type": f"urn:crosstie:problem:{code}",
        "title": title or status.phrase,
        "status": int(status),
        "detail": detail,
        "code": code,
        "hint": hint,
    }
    if errors:
        said["errors"] = list(errors)
    response = HttpResponse(
        json.dumps(said), status=int(status), content_type=MEDIA_TYPE, headers=dict(headers or {})
    )
    # Django would log each refusal a second time.
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - Django's own mark for that
    return response


def refused(trouble: CrosstieError) -> HttpResponse:
    """Return an expected trouble as a problem."""
    status = next((one for kind, one in _OTHERWISE if isinstance(trouble, kind)), status_of(trouble))
    title = (type(trouble).__doc__ or "").strip().partition("\n")[0]
    return problem(status, trouble.code, title=title, detail=trouble.message, hint=trouble.hint)


def failed(request: HttpRequest, trouble: Exception) -> HttpResponse:
    """Return a bug as a problem, and write it to the log; a locked database is none, and said to be busy."""
    expected = expected_in(trouble)
    if expected is not None:
        return refused(expected)
    logging.getLogger("crosstie.web").error("The API failed: %s", request.path, exc_info=trouble)
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "failed",
        detail=_("This could not be done."),
        hint=_("The terminal in which crosstie runs says why. That is a fault of ours, not of yours."),
    )


def no_token(ended: Ended | None) -> HttpResponse:
    """Return what is said to a request without a token that holds; one that ended is told so, and when."""
    if ended is not None:
        return problem(
            HTTPStatus.UNAUTHORIZED,
            "token-ended",
            detail=_("This token ended on %(day)s.") % {"day": date_format(ended.at, "DATE_FORMAT")},
            hint=_("Make another on the page “Tokens”."),
            headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
        )
    return problem(
        HTTPStatus.UNAUTHORIZED,
        "token-refused",
        detail=_("This needs a token that holds; this one is missing, revoked or unknown."),
        hint=_("Make one on the page “Tokens”, and send it as “Authorization: Bearer …”."),
        headers={"WWW-Authenticate": "Bearer"},
    )


def not_there() -> HttpResponse:
    """Return what is said to an address that leads nowhere."""
    return problem(
        HTTPStatus.NOT_FOUND,
        "no-operation",
        detail=_("There is nothing at this address."),
        hint=_("What there is stands in /api/v1/openapi.json."),
    )


def does_not_fit(errors: Sequence[Mapping[str, str]]) -> HttpResponse:
    """Return what is said to a request that is not as described."""
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "not-as-described",
        detail=_("The request is not as it is described."),
        hint=_("How it has to be stands in /api/v1/openapi.json."),
        errors=errors,
    )
