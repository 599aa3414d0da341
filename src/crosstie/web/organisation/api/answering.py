"""Answer one request for the API: look at it, carry it out at most once, and say every trouble alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Final

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from crosstie.actions.organisation import repeats
from crosstie.actions.organisation.tokens import Admitted
from crosstie.errors import CrosstieError
from crosstie.web.organisation.api import access, problems
from crosstie.web.organisation.middleware import site_of
from crosstie.web.organisation.numbers import number_in

LARGEST: Final = 256 * 1024
"""Bytes of a request at most: room for the longest answer, written in any letters."""

KEY: Final = "Idempotency-Key"
LONGEST_KEY: Final = 100
KEY_PATTERN: Final = rf"^[!-~]{{1,{LONGEST_KEY}}}$"

_DID_SOMETHING: Final = {HTTPStatus.CREATED, HTTPStatus.NO_CONTENT}
"""What is answered where something was done; a question that changes nothing is answered 200, and anew."""

_URLS = "crosstie.web.organisation.api.urls"


def answer(request: HttpRequest) -> HttpResponse:
    """Answer a request, in the language that it asks for."""
    request.META.pop("HTTP_COOKIE", None)  # whoever is signed in to the pages is nobody here
    with translation.override(translation.get_language_from_request(request)):
        try:
            return _refusal(request) or _answered(request)
        except CrosstieError as trouble:
            return problems.refused(trouble)
        except Exception as trouble:  # noqa: BLE001 - it is logged, and no page is there to say it
            return problems.failed(request, trouble)


def _answered(request: HttpRequest) -> HttpResponse:
    try:
        match = resolve(request.path_info, _URLS)
    except Resolver404:
        return problems.not_there()
    request.resolver_match = match
    response = _carried_out(request, partial(match.func, request, *match.args, **match.kwargs))
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return problems.problem(
            HTTPStatus.METHOD_NOT_ALLOWED,
            "no-such-method",
            detail=_("This address does not know the method."),
            hint=response.headers["Allow"],
            headers={"Allow": response.headers["Allow"]},
        )
    return response


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """Return what is wrong with a request whoever sends it."""
    try:
        request.get_host()
    except DisallowedHost:
        return problems.problem(
            HTTPStatus.MISDIRECTED_REQUEST, "other-host", detail=_("This crosstie has another address.")
        )
    length = number_in(request.META.get("CONTENT_LENGTH") or "0")
    if length is None or length > LARGEST:
        return problems.problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "too-large",
            detail=_("A request has at most %(most)d bytes.") % {"most": LARGEST},
            hint=_("Say less, or in more than one request."),
        )
    if length and request.content_type != "application/json":
        return problems.problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "not-json",
            detail=_("What is sent here is JSON."),
            hint="Content-Type: application/json",
        )
    return None


def _carried_out(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Carry a request out, unless its token comes too often or it was carried out before."""
    who = access.admitted(request)
    if who is None:
        return view()  # what the API is, may be read by anyone; all else asks for a token itself
    wait = access.wait_seconds(who)
    if wait:
        return problems.problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            "too-often",
            detail=_("This token was used more than %(most)d times in a minute.") % {"most": access.A_MINUTE},
            hint=_("Wait as long as “Retry-After” says."),
            headers={"Retry-After": str(wait)},
        )
    key = request.headers.get(KEY)
    if key is None or request.method != "POST":
        return view()
    if not re.match(KEY_PATTERN, key):
        return problems.does_not_fit(
            [{"where": f"header.{KEY}", "message": _("1 to 100 letters, digits or signs.")}]
        )
    return _once(request, who, key, view)


def _once(request: HttpRequest, who: Admitted, key: str, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Carry a request out the first time it comes with its key; say again what it did, any later time."""
    body = request.body.decode("latin-1")
    digest = site_of(request).home.keyring.hashed("request", request.get_full_path(), body)
    done = repeats.before(who.number, key, digest)
    while done is None:
        try:
            with repeats.first_time(who.number, key, digest) as first:
                response = view()
                if response.status_code in _DID_SOMETHING:
                    first.did(response.status_code, response.content.decode())
                else:
                    first.did_nothing()
        except repeats.CameBefore:
            done = repeats.before(who.number, key, digest)
        else:
            return response
    return HttpResponse(done.answer, status=done.status, content_type="application/json; charset=utf-8")
