"""Write the reference page of the API from its own description: run by cog, inside the page itself."""

from __future__ import annotations

import os
from collections import defaultdict
from typing import Any

import django
from reference import _table  # type: ignore[import-not-found]  # cog puts this folder on the path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crosstie.web.settings")
django.setup()

from crosstie.actions.organisation.scopes import SCOPES  # noqa: E402 - Django comes first
from crosstie.web.organisation.api import application, describing  # noqa: E402 - likewise

_DESCRIBED = describing.description(application.API)


def scopes() -> None:
    """Print what a token may be let do."""
    print("## Scopes\n")
    print(_table(("scope", "what it lets a program do", "for"), _scopes()))


def _scopes() -> list[tuple[str, str, str]]:
    return [(f"`{one.name}`", str(one.sentence), f"{one.role}s") for one in SCOPES]


def operations() -> None:
    """Print each operation, by subject: what it does, what it needs, what is sent and what is answered."""
    print("## Operations\n")
    by_subject: dict[str, list[tuple[str, str, dict[str, Any]]]] = defaultdict(list)
    for path, methods in _DESCRIBED["paths"].items():
        for method, operation in methods.items():
            by_subject[operation["tags"][0]].append((method.upper(), path, operation))
    for subject, found in by_subject.items():
        print(f"### {subject}\n")
        rows = [
            (
                f"`{method} {path}`",
                _what(operation),
                f"`{operation['x-scope']}`",
                _sent(operation),
                _answered(operation),
            )
            for method, path, operation in found
        ]
        print(_table(("operation", "what it does", "scope", "sent", "answered"), rows))


def _what(operation: dict[str, Any]) -> str:
    end = "" if operation["summary"].endswith("?") else "."
    return f"{operation['summary']}{end} {operation.get('description', '')}".strip()


def _sent(operation: dict[str, Any]) -> str:
    named = [
        f"`{one['name']}`" + (f" ({_type(one['schema'])})" if "enum" in one["schema"] else "")
        for one in operation["parameters"]
        if one["in"] == "query"
    ]
    body = operation.get("requestBody", {}).get("content", {})
    return ", ".join([*named, *(_type(one["schema"]) for one in body.values())])


def _answered(operation: dict[str, Any]) -> str:
    status, answer = next((one, answer) for one, answer in operation["responses"].items() if str(one) < "300")
    shapes = [
        _type(one["schema"]) if media == "application/json" else f"`{media}`"
        for media, one in answer.get("content", {}).items()
    ]
    return f"{status}: {shapes[0]}" if shapes else str(status)


def shapes() -> None:
    """Print what is sent and answered: each shape with its fields."""
    print("## Shapes\n")
    for name, shape in sorted(_DESCRIBED["components"]["schemas"].items()):
        print(f"### {_called(name)}\n")
        print(" ".join(shape.get("description", "").partition("\n\n")[0].split()) + "\n")
        if "enum" in shape:
            print(f"One of {', '.join(f'`{one}`' for one in shape['enum'])}.\n")
            continue
        needed = shape.get("required", ())
        rows = [
            (
                f"`{field}`",
                _type(one),
                "" if field in needed else "may be left out",
                one.get("description", ""),
            )
            for field, one in shape["properties"].items()
        ]
        print(_table(("field", "what it is", "", ""), rows))


_WORDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "yes or no",
    "null": "null",
    "date": "day",
    "date-time": "time",
    "time": "time of day",
}


def _type(shape: dict[str, Any]) -> str:
    """Say in words what a schema lets through."""
    match shape:
        case {"$ref": there}:
            name = _called(there.rpartition("/")[2])
            words = f"[{name}](#{name.lower().replace(' ', '-')})"
        case {"anyOf": several} | {"allOf": several}:
            words = " or ".join(dict.fromkeys(map(_type, several)))
        case {"enum": choices}:
            words = " or ".join(f"`{one}`" for one in choices)
        case {"type": "array", "items": dict(items)} if items:
            words = f"list of {_type(items)}"
        case {"type": "array"}:
            words = "list"
        case {"type": "object", "additionalProperties": dict(inner)}:
            words = f"{_type(inner)} by name"
        case _:
            words = _WORDS.get(shape.get("format", ""), _WORDS.get(shape.get("type", ""), "anything"))
    return words


def _called(name: str) -> str:
    """Return how a shape is called; a page of something is named after its rows."""
    return f"Page of {name.removeprefix('Page_').rstrip('_')}" if name.startswith("Page_") else name
