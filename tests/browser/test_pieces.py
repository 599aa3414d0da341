"""The pieces that pages are made of: forms, buttons, cards, notices, a long navigation."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser.looking import is_accessible_and_fits

pytestmark = pytest.mark.browser

ENTRIES = ("My circle", "Map", "Ask", "Meet", "Learned", "Workshops", "Sources", "Members")
NAVIGATION = "".join(
    f'<li><a href="#{number}"{" aria-current=page" if number == 2 else ""}>{words}</a></li>'
    for number, words in enumerate(ENTRIES)
)
PIECES = """
<section class="lead"><p class="eyebrow">Ask</p><h1>Whom could this question help?</h1>
<p class="measure">A page is a row of sections. <span class="tag">open</span></p>
<p class="notice">Worth a stop.</p>
<p class="notice good" role="status">It worked: your question was asked.</p>
<p class="notice trouble" role="alert">It did not work: nobody was chosen.</p></section>
<section aria-labelledby="form"><h2 id="form">A form</h2>
<form>
<div class="field"><label for="what">What would you like to know?</label>
<textarea id="what" aria-describedby="what-help"></textarea>
<p class="quiet" id="what-help">In a sentence.</p></div>
<div class="field"><label for="who">Whom</label><select id="who"><option>Anyone</option></select></div>
<div class="field"><label for="to">Address</label>
<input id="to" type="email" value="ada" aria-invalid="true" aria-describedby="to-trouble">
<p class="trouble" id="to-trouble">An address has an @ in it.</p></div>
<fieldset class="choices"><legend>How</legend>
<label class="choice"><input type="radio" name="how" checked> In the open</label>
<label class="choice"><input type="radio" name="how"> To one person</label>
<label class="choice"><input type="checkbox"> Tell me when there is an answer</label></fieldset>
<p class="actions"><button type="submit">Ask</button> <a class="button soft" href="#content">Not now</a>
<button type="button" class="danger">Forget me</button>
<button type="button" class="plain">Sign out</button></p>
</form></section>
<section aria-labelledby="cards"><h2 id="cards">Cards</h2><ul class="cards">
<li class="card"><h3>Measurement Circle</h3><p>Every other week, open to all.</p>
<p class="actions"><button type="button">Join</button></p></li>
<li class="card own"><h3>Asking well</h3><p>Four weeks, a rest day each.</p>
<p class="actions"><button type="button" class="soft">Look</button></p></li></ul></section>
<section aria-labelledby="table"><h2 id="table">A table</h2><div class="scrolls" tabindex="0" role="region"
aria-label="The table, to move sideways"><table><thead><tr><th scope="col">Name</th>
<th scope="col">Address</th>
<th scope="col" class="number">Since</th></tr></thead><tbody><tr><th scope="row">Ada Alder</th>
<td>ada.alder@firm.example</td><td class="number">2024</td></tr></tbody></table></div></section>
"""


def with_pieces(page: Any) -> Any:
    """Put the pieces into a page that is served, so that its style sheet and its policy hold."""
    page.evaluate(
        "([entries, pieces]) => { document.querySelector('.top nav ul').innerHTML = entries;"
        " document.querySelector('main').innerHTML = pieces; }",
        [NAVIGATION, PIECES],
    )
    return page


def test_every_piece_is_accessible_and_fits(visit):
    page = with_pieces(visit("sources"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        is_accessible_and_fits(page)


def test_eight_entries_stand_beside_the_name_on_a_desktop_and_in_one_row_of_a_phone_that_scrolls(visit):
    page = with_pieces(visit("sources"))
    brand, first, last = (
        page.locator(where).bounding_box()
        for where in (".brand", ".top li:first-child", ".top li:last-child")
    )
    assert first["y"] == last["y"]
    assert abs(brand["y"] + brand["height"] / 2 - first["y"] - first["height"] / 2) < 12
    page.set_viewport_size({"width": 390, "height": 800})
    rows = {page.locator(f".top li:nth-child({number + 1})").bounding_box()["y"] for number in range(8)}
    assert len(rows) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".top li:last-child a").focus()
    last = page.locator(".top li:last-child a").bounding_box()
    assert last["x"] >= 0
    assert last["x"] + last["width"] <= 390


def test_whatever_one_touches_is_large_enough_for_a_finger(visit):
    page = with_pieces(visit("sources", width=390))
    for element in page.locator(
        "main button:not(.plain), main .button, main input[type=email], main select"
    ).all():
        assert element.bounding_box()["height"] >= 44
