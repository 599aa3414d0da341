"""The description of the API: what ninja makes of the types, with troubles, scopes and keys added."""

from __future__ import annotations

from typing import Any, Final

from ninja import NinjaAPI

from crosstie.actions.organisation.scopes import SCOPES
from crosstie.web.organisation.api.answering import KEY, KEY_PATTERN, LONGEST_KEY
from crosstie.web.organisation.api.problems import MEDIA_TYPE, SHAPE

PREFIX: Final = "/api/v1/"

ABOUT: Final = (
    "The verbs of crosstie's pages, for programs. Each request comes with a token that a member made, and"
    " acts in that member's name, within the scopes of the token and never for more than the member may."
    " Nothing here shows or sorts people by a figure."
)

_TROUBLES: Final = {
    "401": "The token is missing, ended, revoked or unknown, or its member is let in no more.",
    "403": "The token lacks the scope, or the member may not do this.",
    "404": "There is no such thing, or this member may not see it.",
    "429": "The token was used too often.",
}
_OF_BODIES: Final = {
    "400": "The body is no JSON.",
    "413": "The request is too large.",
    "415": "The body is not called JSON.",
}
_NOT_AS_DESCRIBED: Final = {"422": "The request is not as described, or cannot be carried out as it is."}
_OF_KEYS: Final = {"409": "The key of the request came before with another request."}

_KEY: Final[dict[str, Any]] = {
    "name": KEY,
    "in": "header",
    "required": False,
    "description": "Makes the request one that is carried out once, however often it is sent.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": KEY_PATTERN},
}
_HEADERS: Final[dict[str, dict[str, Any]]] = {
    "401": {"WWW-Authenticate": {"schema": {"type": "string"}}},
    "429": {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}},
}


def description(api: NinjaAPI) -> dict[str, Any]:
    """Return the API as OpenAPI describes one."""
    made: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    made["info"]["x-scopes"] = {one.name: str(one.sentence) for one in SCOPES}
    made["components"]["schemas"]["Problem"] = SHAPE
    made["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A token that a member made."}
    }
    for methods in made["paths"].values():
        for method, operation in methods.items():
            _complete(method, operation)
    return made


def _complete(method: str, operation: dict[str, Any]) -> None:
    summary, _, more = operation.pop("description").partition("\n\n")
    operation["summary"] = summary.strip().rstrip(".")
    if more:
        operation["description"] = " ".join(more.split())
    operation["security"] = [{"token": [operation["x-scope"]]}]
    troubles = dict(_TROUBLES)
    if "requestBody" in operation:
        troubles |= _OF_BODIES | _NOT_AS_DESCRIBED
    if operation["parameters"]:
        troubles |= _NOT_AS_DESCRIBED
    if method == "post" and operation["responses"].keys().isdisjoint({200}):
        operation["parameters"].append(_KEY)
        troubles |= _OF_KEYS | _NOT_AS_DESCRIBED
    for status, what in sorted(troubles.items()):
        operation["responses"][status] = {
            "description": what,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            **({"headers": _HEADERS[status]} if status in _HEADERS else {}),
        }
