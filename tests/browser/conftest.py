"""A real browser before made-up pages, served as they are served."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from tests.web.made_up import ADA, MadeUp

from crosstie.web import app

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--use-angle=swiftshader",  # WebGL without a graphics card
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",  # without a card, pages are put together sooner without WebGL's help
    "--disable-gpu-rasterization",
]


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """Serve the made-up company to Ada: anew for each test, as others serve an organisation."""
    pages = app(MadeUp(), viewer=ADA, demo=True)
    with make_server("127.0.0.1", 0, pages, server_class=_Threaded, handler_class=_Silent) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start Debian's chromium once."""
    if not CHROMIUM.is_file():
        pytest.skip("Debian's chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patched:
        _let_clicks_lead_to_whole_pages(patched)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _let_clicks_lead_to_whole_pages(patched: pytest.MonkeyPatch) -> None:
    """Let a click return when the page that it leads to was read to its end.

    Playwright's own waits until the next page begins; what a test counts then depends on how busy all is.
    """
    from playwright.sync_api import Locator

    click = Locator.click

    def through(where: Locator, **how: Any) -> None:
        click(where, **how)
        where.page.wait_for_load_state("domcontentloaded")

    patched.setattr(Locator, "click", through)


@pytest.fixture(scope="session")
def window(chromium: Any) -> Callable[..., Any]:
    """Return a function that gives a page, with `scripts` or without: opened once, as opening takes long."""

    @cache
    def opened(*, scripts: bool) -> Any:
        return chromium.new_context(java_script_enabled=scripts).new_page()

    return opened


Visiting = Callable[..., Any]


@pytest.fixture
def visit(window: Callable[..., Any], address: str) -> Iterator[Visiting]:
    """Return a function that opens a page; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    used: list[Any] = []

    def heard(message: Any) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def failed(trouble: Any) -> None:
        complaints.append(str(trouble))

    def go(path: str, *, width: int = 1280, scheme: str = "light", scripts: bool = True) -> Any:
        assert not used, "a test looks at one page; it goes on with page.goto"
        page = window(scripts=scripts)
        used.append(page)
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.on("console", heard)
        page.on("pageerror", failed)
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        return page

    yield go
    for page in used:
        page.goto("about:blank")
        page.remove_listener("console", heard)
        page.remove_listener("pageerror", failed)
    assert complaints == []
