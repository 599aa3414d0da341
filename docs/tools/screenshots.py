"""Make the documentation's pictures again: the pages of the invented company, in a real browser.

    python docs/tools/screenshots.py [NAME...]

The company is the same every time; keys are drawn anew, so the maps may stand another way round.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, sync_playwright

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture.

    Attributes:
        name: its file.
        path: the page.
        width, height: of the window.
        scheme: light or dark.
        top: what to bring to the top, as a CSS selector; "" for the page's own top.
        who: in the organisation, the row of those worth signing in as.
        write: what to type into the page's first text field, and send off.
        language: the browser's.
    """

    name: str
    path: str = ""
    width: int = 1280
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    top: str = ""
    who: int = 0
    write: str = ""
    language: str = "en"


QUESTION = "Readings drift by some µm between morning and noon. Do we have to compensate for the room?"
OF_ONE = (
    Shot(name="circle.png", width=1180, height=1260),
    Shot(name="circle-words.png", top="#turning"),
    Shot(name="circle-dark.png", width=1180, height=1260, scheme="dark"),
    Shot(name="map.png", path="map", height=1160),
    Shot(name="map-people.jpg", path="map", height=820, top="#people-map"),
    Shot(name="sources.png", path="sources", height=1240),
)
OF_AN_ORGANISATION = (
    Shot(name="organisation-members.png", path="members", height=1000),
    Shot(name="organisation-question.png", path="questions/1", height=1000, who=2),
    Shot(name="organisation-ask.png", path="ask", height=1180, who=4, write=QUESTION, top="#helpers"),
    Shot(name="organisation-meet.png", path="meet", height=1100, who=2),
    Shot(name="organisation-workshop.png", path="workshops/1", height=1100, who=2),
    Shot(name="organisation-me.png", path="me", height=1000, who=2),
    Shot(name="organisation-agreement.png", path="agreement", height=1000, who=2),
    Shot(name="organisation-circle-phone-de.png", width=390, height=844, who=2, language="de"),
)


@contextmanager
def served(*demo: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Make the invented company, serve its pages, and yield their address and what making it said."""
    with tempfile.TemporaryDirectory() as scratch:
        workspace = Path(scratch) / "demo"
        made = subprocess.run(
            [*COMMAND, "demo", *demo, "--workspace", workspace, "--no-pages", "--json"],
            check=True,
            stdout=subprocess.PIPE,
        )
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
            yield address[0], json.loads(made.stdout)
        finally:
            serving.send_signal(signal.SIGINT)
            serving.wait(30)


def settle(page: Page, shot: Shot) -> None:
    """Wait until everything is drawn, and bring what is to be seen to the top."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    if shot.path == "map":
        page.wait_for_selector("#people-map[data-drawn]")
    if shot.top:
        page.evaluate(
            "(name) => scrollBy(0, document.querySelector(name).getBoundingClientRect().top - 40)", shot.top
        )
    page.wait_for_timeout(800)


def take(browser: Browser, address: str, said: dict[str, Any], shot: Shot) -> int:
    """Take one picture; return its size in bytes."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.scheme,
        locale=shot.language,
    )
    page.set_default_timeout(90_000)
    if "people" in said and isinstance(said["people"], list):
        page.goto(f"{address}account/login/")
        page.fill("input[name=login]", said["people"][shot.who]["address"])
        page.fill("input[name=password]", said["password"])
        page.click("main button[type=submit]")
    page.goto(address + shot.path)
    if shot.write:
        page.fill("main textarea", shot.write)
        page.click("main button[type=submit]")
    settle(page, shot)
    # A thousand thin lines are far smaller as a photograph.
    form: Literal["jpeg", "png"] = "jpeg" if shot.name.endswith(".jpg") else "png"
    picture = page.screenshot(path=PICTURES / shot.name, type=form, quality=82 if form == "jpeg" else None)
    page.close()
    print(f"docs/pictures/{shot.name}")
    return len(picture)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    wanted = set(sys.argv[1:])
    sizes: dict[str, int] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for shots, options in ((OF_ONE, ()), (OF_AN_ORGANISATION, ("--organisation",))):
            chosen = [shot for shot in shots if not wanted or shot.name in wanted]
            if chosen:
                with served(*options) as (address, said):
                    sizes |= {shot.name: take(browser, address, said, shot) for shot in chosen}
        browser.close()
    too_large = [f"{name}: {size:,} bytes" for name, size in sizes.items() if size > LARGEST]
    if too_large:
        sys.exit(f"More than {LARGEST:,} bytes, give them a smaller window: {', '.join(too_large)}")


if __name__ == "__main__":
    main()
