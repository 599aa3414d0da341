"""All operations together, their troubles, and their description."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser

from crosstie.errors import CrosstieError
from crosstie.web.organisation.api import (
    access,
    asking,
    circle,
    correcting,
    describing,
    ideas,
    letters,
    me,
    meeting,
    members,
    network_map,
    newcomers,
    problems,
    programmes,
    routine,
    sources,
    thanks,
    workshops,
)


class _Parser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        """Read JSON, in which 2.0 is the whole number 2."""
        return json.loads(request.body, parse_float=_whole)


def _whole(written: str) -> float:
    number = float(written)
    return int(number) if number.is_integer() else number


class _API(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return what an operation is called: as its function."""
        return operation.view_func.__name__


API = _API(
    title="crosstie",
    version="1",
    description=describing.ABOUT,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    parser=_Parser(),
)
for _subject in (
    circle,
    network_map,
    ideas,
    asking,
    routine,
    newcomers,
    thanks,
    meeting,
    programmes,
    workshops,
    me,
    correcting,
    sources,
    members,
    letters,
):
    API.add_router("", _subject.ROUTER)


@require_GET
def described(request: HttpRequest) -> HttpResponse:
    """Return the description of the API, for programs that make clients of it."""
    del request
    return JsonResponse(describing.description(API))


@API.exception_handler(CrosstieError)
def _refused(_request: HttpRequest, trouble: Any) -> HttpResponse:
    return problems.refused(trouble)


@API.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, _trouble: Any) -> HttpResponse:
    return problems.no_token(access.ended(request))


@API.exception_handler(ValidationError)
def _does_not_fit(_request: HttpRequest, trouble: Any) -> HttpResponse:
    """Say where and why; what was sent is not said back."""
    return problems.does_not_fit(
        [
            {
                "where": ".".join(str(part) for part in one["loc"] if part != "said"),
                "message": str(one["msg"]),
            }
            for one in trouble.errors
        ]
    )


@API.exception_handler(HttpError)
def _no_json(_request: HttpRequest, trouble: Any) -> HttpResponse:
    status = HTTPStatus(trouble.status_code)
    return problems.problem(status, "not-readable", detail=str(trouble))


@API.exception_handler(Http404)
def _not_there(_request: HttpRequest, _trouble: Any) -> HttpResponse:
    return problems.not_there()


@API.exception_handler(Exception)
def _failed(request: HttpRequest, trouble: Any) -> HttpResponse:
    return problems.failed(request, trouble)
