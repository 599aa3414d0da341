"""Programs that come to the API with a token, for the tests of it."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client
from waitress.server import create_server

from crosstie.actions.home import Home
from crosstie.web.organisation import organisation_app, site_of

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


@contextmanager
def served(home: Home) -> Iterator[str]:
    """Serve the organisation's pages and API on this machine; yield the address."""
    listening = socket.create_server(("127.0.0.1", 0))
    server: Any = create_server(organisation_app(site_of(home)), sockets=[listening], threads=2)
    is_closing = threading.Event()

    def run() -> None:
        try:
            server.run()
        except OSError:  # its loop may look at a socket that was closed a moment ago
            if not is_closing.is_set():
                raise

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        is_closing.set()
        for channel in list(server.active_channels.values()):
            channel.close()
        server.close()
        server.task_dispatcher.shutdown()
        thread.join(timeout=10)
