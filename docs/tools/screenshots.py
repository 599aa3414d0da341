"""Make the documentation's pictures again: the pages of the invented company, in a real browser.

    python docs/tools/screenshots.py

The company is the same every time; keys are drawn anew, so the maps may stand another way round.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parents[1] / "pictures"
COMMAND = [sys.executable, "-m", "crosstie"]
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--use-angle=swiftshader",  # WebGL without a graphics card
    "--enable-unsafe-swiftshader",
]
LARGEST = 400_000  # bytes of one picture; everyone who clones fetches them all
# name, path, width, height, colour scheme, what to bring to the top
SHOTS = [
    ("circle.png", "", 1180, 1260, "light", None),
    ("circle-words.png", "", 1280, 900, "light", "#turning"),
    ("circle-phone.png", "", 390, 844, "light", None),
    ("circle-dark.png", "", 1180, 1260, "dark", None),
    ("map.png", "map", 1280, 1160, "light", None),
    ("map-people.jpg", "map", 1280, 820, "light", "#people-map"),
    ("sources.png", "sources", 1280, 1240, "light", None),
]


@contextmanager
def served() -> Iterator[str]:
    """Make the invented company, serve its pages, and yield their address."""
    with tempfile.TemporaryDirectory() as scratch:
        workspace = Path(scratch) / "demo"
        subprocess.run([*COMMAND, "demo", "--workspace", workspace, "--no-pages"], check=True)
        serving = subprocess.Popen(
            [*COMMAND, "serve", "--workspace", workspace, "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
            # A shell that runs this in the background would have its children deaf to Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - no threads here
        )
        try:
            assert serving.stdout
            address = re.search(r"http://\S+", serving.stdout.readline())
            if address is None:
                sys.exit("The pages were not served; the lines above say why.")
            yield address[0]
        finally:
            serving.send_signal(signal.SIGINT)
            serving.wait(30)


def settle(page: Page, path: str, top: str | None) -> None:
    """Wait until everything is drawn, and bring what is to be seen to the top."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    if path == "map":
        page.wait_for_selector("#people-map[data-drawn]")
    if top:
        page.evaluate(
            "(name) => scrollBy(0, document.querySelector(name).getBoundingClientRect().top - 40)", top
        )
    page.wait_for_timeout(800)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    too_large = []
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, path, width, height, scheme, top in SHOTS:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.set_default_timeout(90_000)
            page.goto(address + path)
            settle(page, path, top)
            # A thousand thin lines are far smaller as a photograph.
            form: Literal["jpeg", "png"] = "jpeg" if name.endswith(".jpg") else "png"
            picture = page.screenshot(path=PICTURES / name, type=form, quality=82 if form == "jpeg" else None)
            page.close()
            print(f"docs/pictures/{name}")
            if len(picture) > LARGEST:
                too_large.append(f"{name}: {len(picture):,} bytes")
        browser.close()
    if too_large:
        sys.exit(f"More than {LARGEST:,} bytes, give them a smaller window: {', '.join(too_large)}")


if __name__ == "__main__":
    main()
