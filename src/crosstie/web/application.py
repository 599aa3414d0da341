"""One WSGI callable: the guard, our own files, then Django."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote, unquote

from django.core.handlers.wsgi import WSGIHandler
from whitenoise import WhiteNoise  # type: ignore[import-untyped]  # it ships no types

from crosstie.people import Viewer
from crosstie.web import settings
from crosstie.web.member_here import MemberHere
from crosstie.web.navigation import EVERYONES, Entry
from crosstie.web.shown import Shown

Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[..., Any]
WSGI: TypeAlias = Callable[[Environ, StartResponse], Iterable[bytes]]

STATIC = Path(__file__).resolve().parent / "static"
HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
VISIT = "crosstie.visit"
"""Where a request carries its `Visit`."""

SAFE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What every page needs to know of its request.

    Attributes:
        shown: who answers.
        viewer: for whom the page is made: a person's key, or, in an organisation, the viewer that the gate
            made of who signed in; None: nobody in particular.
        is_demo: True in the made-up company, where one may look as anyone.
        static: where our own files lie, e.g. ``/static/0f3c…/``; changes whenever a file does.
        member: in an organisation, the member who is here.
        organisation: what the organisation calls itself.
        navigation: what stands at the top.
    """

    shown: Shown
    viewer: Viewer | str | None
    is_demo: bool
    static: str
    member: MemberHere | None = None
    organisation: str = ""
    navigation: tuple[Entry, ...] = EVERYONES


def app(shown: Shown, *, viewer: str | None, demo: bool = False, secret: str = "") -> WSGI:
    """Return the pages as one WSGI callable.

    Args:
        shown: who answers what the pages ask.
        viewer: the key of the person for whom the pages are made; None shows groups alone.
        demo: True in the made-up company: ``/as/<key>/…`` then shows the pages of that person.
        secret: Django's signing key; without one the store's own stays.

    Requests for another host than this machine are refused, so that no web page can reach these pages
    by a name that it points here.
    """
    settings.apply(secret)
    static = f"/static/{fingerprint(STATIC)}/"
    pages = WSGIHandler()

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        seen_by = viewer
        if demo:
            seen_by = _look_as(environ) or viewer
        environ[VISIT] = Visit(shown=shown, viewer=seen_by, is_demo=demo, static=static)
        return pages(environ, _with_safe_headers(start_response))

    files: WSGI = WhiteNoise(
        answer,
        root=STATIC,
        prefix=static,
        add_headers_function=_add_safe_headers,
        immutable_file_test=lambda _path, _url: True,
    )

    def guarded(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not _is_here(environ):
            return _refuse(start_response, HTTPStatus.MISDIRECTED_REQUEST)
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return _refuse(start_response, HTTPStatus.METHOD_NOT_ALLOWED)
        return files(environ, start_response)

    return guarded


def as_person(key: str) -> str:
    """Return the address under which the made-up company is seen as this person."""
    return f"/as/{quote(key, safe='')}/"


def _look_as(environ: Environ) -> str | None:
    """Take ``/as/<key>`` off the path and return the key; links made for this request keep it."""
    path: str = environ.get("PATH_INFO", "")
    if not path.startswith("/as/"):
        return None
    key, slash, rest = path[len("/as/") :].partition("/")
    if not key or not slash:
        return None
    environ["SCRIPT_NAME"] = as_person(key).rstrip("/")
    environ["PATH_INFO"] = "/" + rest
    return unquote(key)


def _is_here(environ: Environ) -> bool:
    host: str = environ.get("HTTP_HOST", "")
    name, colon, port = host.rpartition(":")
    if colon and port.isdigit():
        host = name
    return host.lower() in HOSTS


def _refuse(start_response: StartResponse, status: HTTPStatus) -> Iterable[bytes]:
    headers = [("Content-Type", "text/plain; charset=utf-8"), *SAFE_HEADERS.items()]
    start_response(f"{status.value} {status.phrase}", headers)
    return [b"These pages are read only, and on this machine only.\n"]


def _with_safe_headers(start_response: StartResponse) -> StartResponse:
    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        own = [*headers, *SAFE_HEADERS.items(), ("Cache-Control", "no-store")]
        return start_response(status, own, *rest)

    return start


def _add_safe_headers(headers: Any, _path: str, _url: str) -> None:
    for name, value in SAFE_HEADERS.items():
        headers[name] = value


def fingerprint(folder: Path) -> str:
    """Return a short digest of all files in a folder, so that a browser may keep them for ever."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
