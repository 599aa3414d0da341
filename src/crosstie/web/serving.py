"""Serve the pages to this machine, and to nobody else."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Sequence
from typing import Any
from wsgiref.util import setup_testing_defaults

from crosstie.errors import UsageRefused
from crosstie.web.application import WSGI, app
from crosstie.web.shown import FromHome

ADDRESS = "127.0.0.1"
LARGEST_BODY = 3 * 1024 * 1024
"""Bytes of a request that are taken in at all: what Django reads of a form, and more than the API reads."""

THREADS = 4

BEHIND: dict[str, Any] = {
    "trusted_proxy": ADDRESS,
    "trusted_proxy_count": 1,
    "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
}
"""Behind a web server of this machine, what it adds says who comes; else all would come from one place."""

FIRST_PAGES = ("/", "/map", "/map.json", "/sources")


def serve(home: Any, *, viewer: str | None, port: int, on_ready: Callable[[str], None]) -> None:
    """Serve the pages of an open workspace on 127.0.0.1 until Ctrl-C.

    Args:
        home: an open workspace.
        viewer: the key of the person for whom the pages are made; None shows groups alone, or, in the
            made-up company, the first person worth looking as.
        port: the port; 0 takes any free one.
        on_ready: called once with the address, when the first pages are made and a browser may come.

    Raises:
        UsageRefused: the port is taken or not allowed.
    """
    shown = FromHome(home)
    looks = shown.looks()
    if viewer is None and looks:
        viewer = looks[0][0].key  # in the made-up company somebody's circle is the first page
    serve_pages(app(shown, viewer=viewer, demo=bool(looks)), port=port, on_ready=on_ready)


def serve_organisation(
    home: Any, *, listening: socket.socket, address: str, on_ready: Callable[[str], None]
) -> None:
    """Serve the pages of an organisation to its members until Ctrl-C.

    Args:
        home: a workspace opened for an organisation.
        listening: where requests come in (`listen`); other processes may answer there too.
        address: where people reach these pages, through a web server that passes requests on; "": here.
        on_ready: called once with the address, when a browser may come.

    Raises:
        UsageRefused: the address is none.
    """
    from crosstie.actions.organisation import members
    from crosstie.web.organisation import organisation_app, site_of

    # Where others can come first, only who reads the terminal becomes the steward. Every process that
    # answers has to know the key.
    key = home.keyring.hashed("sets crosstie up") if address and members.is_empty(home) else ""
    site = site_of(home, address=address, set_up_key=key)

    def ready(here: str) -> None:
        on_ready(f"{site.address}/set-up?key={key}" if key else here)

    _serve_at(
        listening, organisation_app(site), on_ready=ready, first=("/sources",), is_behind=bool(site.address)
    )


def listen(port: int) -> socket.socket:
    """Open a port of this machine; 0 takes any free one.

    Raises:
        UsageRefused: the port is taken or not allowed.
    """
    try:
        return socket.create_server((ADDRESS, port))
    except OSError as trouble:
        raise UsageRefused(
            f"Port {port} on {ADDRESS} cannot be used: {trouble.strerror}.",
            hint="choose another with --port, or --port 0 for any free one",
        ) from trouble


def address_of(listening: socket.socket) -> str:
    """Return where an open port is found by this machine."""
    return f"http://{ADDRESS}:{listening.getsockname()[1]}"


def serve_pages(
    pages: WSGI, *, port: int, on_ready: Callable[[str], None], first: Sequence[str] = FIRST_PAGES
) -> None:
    """Serve one WSGI callable on 127.0.0.1 until Ctrl-C.

    Raises:
        UsageRefused: the port is taken or not allowed.
    """
    _serve_at(listen(port), pages, on_ready=on_ready, first=first)


def _serve_at(
    listening: socket.socket,
    pages: WSGI,
    *,
    on_ready: Callable[[str], None],
    first: Sequence[str],
    is_behind: bool = False,
) -> None:
    from waitress.server import create_server

    # A browser asks for several files at once; that some wait a moment is no news for the terminal.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        pages,
        sockets=[listening],
        threads=THREADS,
        ident="crosstie",
        max_request_body_size=LARGEST_BODY,
        **(BEHIND if is_behind else {}),
    )
    try:
        warm(pages, first)
        on_ready(f"{address_of(listening)}/")
        # waitress ends its loop on KeyboardInterrupt by itself and lets running requests finish.
        server.run()
    except KeyboardInterrupt:  # just before that
        pass
    finally:
        server.close()


def warm(pages: WSGI, first: Sequence[str] = FIRST_PAGES) -> None:
    """Make the first pages once, so that templates and the snapshot are in memory when a browser comes."""
    for path in first:
        environ: dict[str, Any] = {"PATH_INFO": path}
        setup_testing_defaults(environ)  # the least that a WSGI request has: GET, this machine
        body = pages(environ, lambda *_: None)
        for _ in body:
            pass
        close = getattr(body, "close", None)
        if close:
            close()
