"""The pages on made-up views, called as a server would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from wsgiref.util import setup_testing_defaults

import pytest
from django.urls import clear_script_prefix
from tests.web.made_up import ADA, MadeUp

from crosstie.web import app


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page answered."""

    status: int
    headers: dict[str, str]
    text: str


Ask = Callable[..., Answer]


def asker(pages) -> Ask:
    """Return a function that asks one WSGI callable for a path."""

    def ask(path: str, **changes: str) -> Answer:
        path, _, query = path.partition("?")
        environ: dict[str, object] = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "127.0.0.1:8000"}
        setup_testing_defaults(environ)
        environ |= changes
        got: list[tuple[str, list[tuple[str, str]]]] = []
        try:
            body = b"".join(pages(environ, lambda status, headers, *_: got.append((status, headers))))
        finally:
            clear_script_prefix()  # Django keeps it for the thread, and other tests run in the same one
        status, headers = got[0]
        return Answer(int(status.split()[0]), dict(headers), body.decode())

    return ask


@pytest.fixture
def made_up() -> MadeUp:
    return MadeUp()


@pytest.fixture
def ask(made_up: MadeUp) -> Ask:
    """Ada looks, in an ordinary organisation."""
    made_up.is_demo = False
    return asker(app(made_up, viewer=ADA))


@pytest.fixture
def ask_demo() -> Ask:
    """Ada looks, in the made-up company."""
    return asker(app(MadeUp(), viewer=ADA, demo=True))


@pytest.fixture
def ask_as_nobody(made_up: MadeUp) -> Ask:
    """Nobody in particular looks: groups are all there is."""
    made_up.is_demo = False
    return asker(app(made_up, viewer=None))
