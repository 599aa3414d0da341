"""The pages in a real browser: accessible, on a phone, by keyboard, without JavaScript."""

from __future__ import annotations

import pytest
from tests.browser.looking import axe_finds_nothing, is_accessible_and_fits
from tests.web.made_up import ADA, MadeUp

pytestmark = pytest.mark.browser

CONTACT = MadeUp().circle(ADA).contacts[0].person.key
AT_REST = """async () => {
  const menu = document.querySelector("header nav");
  for (let still = 0, before = null; still < 5; still += 1) {
    if (menu.scrollLeft !== before) still = 0;
    before = menu.scrollLeft;
    await new Promise(requestAnimationFrame);
  }
}"""
PAGES = ["", "map", "sources", f"contact/{CONTACT}", "trace/t-1", "look", "as/p-010/"]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_to_complain_of_by_day_or_night_and_a_phone_never_scrolls_sideways(visit, path):
    page = visit(path)
    is_accessible_and_fits(page)
    page.emulate_media(color_scheme="dark")
    axe_finds_nothing(page)


@pytest.mark.parametrize("path", ["", "map", "sources"])
def test_on_a_phone_the_entry_one_is_at_stays_in_view_and_hides_none_that_has_the_focus(visit, path):
    """With as many entries as a steward has, in words as long as German ones."""
    page = visit(path, width=390)
    page.evaluate(
        """() => {
          const menu = document.querySelector("header nav ul");
          const other = menu.querySelector("li:not(.here)");
          for (const words of ["Fragen", "Treffen", "Werkstätten", "Über mich", "Mitglieder"]) {
            const entry = other.cloneNode(true);
            entry.firstChild.textContent = words;
            menu.firstElementChild.after(entry);
          }
        }"""
    )
    own = page.locator("header nav [aria-current]")
    for end in (0, 1_000):
        page.locator("header nav").evaluate("(menu, end) => { menu.scrollLeft = end; }", end)
        box = own.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390 - 32
    for entry in page.locator("header nav a").all():
        entry.focus()
        page.evaluate(AT_REST)
        seen, box = entry.bounding_box(), own.bounding_box()
        assert 0 <= seen["x"] <= 390 - seen["width"]
        if entry.get_attribute("aria-current") is None:
            left, right = max(seen["x"], box["x"]), min(seen["x"] + seen["width"], box["x"] + box["width"])
            assert right - left < 0.25 * seen["width"]


def test_one_picture_is_shown_whatever_the_width(visit):
    page = visit("")
    for width, shown, hidden in ((1280, ".wide", ".narrow"), (390, ".narrow", ".wide")):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator(f"{shown} svg").first.is_visible()
        assert not page.locator(f"{hidden} svg").first.is_visible()


@pytest.mark.parametrize("path", PAGES)
def test_pages_work_without_javascript(visit, path):
    page = visit(path, scripts=False)
    assert page.locator("h1").is_visible()
    for summary in page.locator("summary").all():
        if summary.is_visible():
            summary.click()
    for content in page.locator("details > :not(summary)").all():
        assert content.is_visible()


def test_without_javascript_the_map_still_shows_groups_and_says_where_the_people_are(visit):
    page = visit("map", scripts=False)
    assert page.locator(".wide svg.drawing").count() == 2
    assert "needs JavaScript" in page.locator("#people-map").inner_text()


def test_the_keyboard_reaches_everything_in_order(visit):
    page = visit("")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "See where this comes from"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("/contact/")


def test_whatever_has_the_focus_shows_it(visit):
    page = visit("")
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", page.evaluate("document.activeElement.outerHTML")


def test_a_dot_of_the_circle_leads_to_the_contact(visit):
    page = visit("")
    page.locator(".wide svg a").first.click()
    assert page.url.endswith(f"/contact/{CONTACT}")


def test_the_fonts_are_our_own_and_there(visit):
    page = visit("")
    assert page.evaluate("document.fonts.check('16px Text') && document.fonts.check('16px Headline')")
    assert page.evaluate("[...document.fonts].filter((each) => each.status === 'loaded').length") >= 2
