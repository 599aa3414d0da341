"""One WSGI callable for an organisation: our own files, then Django with sessions and logins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.handlers.wsgi import WSGIHandler
from whitenoise import WhiteNoise  # type: ignore[import-untyped]  # it ships no types

from crosstie.errors import UsageRefused
from crosstie.web import settings
from crosstie.web.application import (
    SAFE_HEADERS,
    STATIC,
    WSGI,
    Environ,
    StartResponse,
    fingerprint,
)
from crosstie.web.organisation import settings as organisation_settings
from crosstie.web.shown import FromHome

if TYPE_CHECKING:
    from crosstie.actions.home import Home

SITE = "crosstie.site"
"""Where a request carries its `Site`."""

HEADERS = SAFE_HEADERS | {
    "Content-Security-Policy": SAFE_HEADERS["Content-Security-Policy"].replace(
        "form-action 'none'", "form-action 'self'"
    ),
    # Forms are posted back to where they came from, which Django checks by the address they name.
    "Referrer-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every request of one organisation shares.

    Attributes:
        home: the opened workspace.
        shown: who answers what the pages ask.
        static: where our own files lie.
        address: where people reach these pages, e.g. ``https://crosstie.example.org``; "": on this machine.
        set_up_key: what the first visit has to bring to become the steward; "" where only this machine comes.
    """

    home: Home
    shown: FromHome
    static: str
    address: str
    set_up_key: str = ""


def site_of(home: Home, *, address: str = "", set_up_key: str = "") -> Site:
    """Set Django up for the pages of an organisation, and return what its requests share.

    Args:
        home: a workspace that `open_organisation` opened.
        address: where people reach these pages, as they type it; "" lets in this machine alone.
        set_up_key: what the first visit has to bring to become the steward.

    Raises:
        UsageRefused: the address is none.
    """
    hosts = ["127.0.0.1", "localhost", "[::1]"]
    if address:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise UsageRefused(
                f'"{address}" is no address of a site.', hint="It looks like https://crosstie.example.org."
            )
        hosts.append(parts.hostname)
    settings.apply(home.keyring.hashed("signs sessions and links"))
    organisation_settings.apply(hosts=hosts, is_https=address.startswith("https:"), folder=home.folder)
    static = f"/static/{fingerprint(STATIC)}/"
    return Site(
        home=home, shown=FromHome(home), static=static, address=address.rstrip("/"), set_up_key=set_up_key
    )


def organisation_app(site: Site) -> WSGI:
    """Return the pages of an organisation as one WSGI callable."""
    pages = WSGIHandler()

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        environ[SITE] = site

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            own = {name.casefold() for name, _ in headers}
            ours = [*HEADERS.items(), ("Cache-Control", "no-store")]
            added = [(name, value) for name, value in ours if name.casefold() not in own]
            return start_response(status, [*headers, *added], *rest)

        return pages(environ, start)

    def with_headers(headers: Any, _path: str, _url: str) -> None:
        for name, value in HEADERS.items():
            headers[name] = value

    files: WSGI = WhiteNoise(
        answer,
        root=STATIC,
        prefix=site.static,
        add_headers_function=with_headers,
        immutable_file_test=lambda _path, _url: True,
    )
    return files
