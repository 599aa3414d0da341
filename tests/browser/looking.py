"""What every page has to be, whoever looks: accessible, and never wider than the window."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

WIDTHS = (1280, 390)
"""A desktop's window and a phone's, in pixels."""


def open_all(page: Any) -> None:
    """Open whatever can be opened, for what it holds to be looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


def axe_finds_nothing(page: Any) -> None:
    """Let axe look at the page as it is, all of it open."""
    open_all(page)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def is_accessible_and_fits(page: Any) -> None:
    """Look at the page in a window of each width: opening it once for each would take far longer."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        axe_finds_nothing(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
