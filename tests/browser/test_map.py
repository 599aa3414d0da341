"""The map of people: drawn in WebGL, in both colour schemes, the viewer's own place marked."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from tests.web.made_up import MadeUp

pytestmark = pytest.mark.browser

COUNT_COLOURS = """async ([picture, wanted]) => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const probe = document.createElement("canvas").getContext("2d");
  return wanted.map((name) => {
    probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    probe.fillRect(0, 0, 1, 1);
    const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      const away = [red, green, blue].map((part, index) => Math.abs(data[at + index] - part));
      if (Math.max(...away) < 5) count += 1;
    }
    return count;
  });
}"""


def pixels(page: Any, *names: str) -> list[int]:
    """Return how many pixels of the drawing at rest have each of these colours of the style sheet."""
    page.wait_for_selector("#people-map[data-drawn]")
    before, picture = b"", page.locator("#people-map").screenshot()
    while picture != before:
        page.wait_for_timeout(300)
        before, picture = picture, page.locator("#people-map").screenshot()
    counts: list[int] = page.evaluate(COUNT_COLOURS, [base64.b64encode(picture).decode(), list(names)])
    return counts


def test_everyone_is_drawn_and_the_own_place_is_marked_by_night_and_anew_by_day(visit):
    page = visit("map", scheme="dark")
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        own, *others = pixels(page, "--accent", "--hue-0", "--hue-1", "--hue-2")
        assert page.get_attribute("#people-map", "data-drawn") == str(len(MadeUp().people))
        assert own > 60
        assert min(others) > 200
        assert page.locator(".zoom").count() == 1


def test_the_buttons_bring_the_map_closer_by_keyboard(visit):
    page = visit("map")
    (before,) = pixels(page, "--wash")
    page.get_by_role("button", name="Closer").focus()
    for _ in range(4):
        page.keyboard.press("Enter")
        page.wait_for_timeout(350)
    (closer,) = pixels(page, "--wash")
    assert closer != before
    page.get_by_role("button", name="All").press("Enter")
    (again,) = pixels(page, "--wash")
    assert abs(again - before) < 0.01 * before


def test_a_browser_without_webgl_is_told_so(chromium, address):
    page = chromium.new_context().new_page()
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(f"{address}map")
    assert "needs WebGL" in page.locator("#people-map").inner_text()
