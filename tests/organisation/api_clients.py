"""Programs that come to the API with a token, for the tests of it."""

from __future__ import annotations

import json
import re
from typing import Any

from django.test import Client

DESCRIBED = "/api/v1/openapi.json"


class Program:
    """A program that comes with a token."""

    def __init__(self, browser: Client, secret: str) -> None:
        self._browser = browser
        self._headers = {"Authorization": f"Bearer {secret}"}

    def __call__(self, method: str, path: str, said: object = None, *, key: str = "") -> Any:
        more = {"Idempotency-Key": key} if key else {}
        body = b"" if said is None else json.dumps(said).encode()
        return self._browser.generic(
            method, f"/api/v1/{path}", body, "application/json", headers=self._headers | more
        )


def operations(browser: Client) -> list[tuple[str, str, dict[str, Any]]]:
    """Return method, path and description of every operation."""
    described = browser.get(DESCRIBED).json()
    return [
        (method.upper(), path, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


def filled(path: str) -> str:
    """Return the path of an operation with something for each of its parts."""
    return re.sub(r"{\w+}", "1", path).removeprefix("/api/v1/")
