"""Long lists: a row is rendered once for each kind of row, and says of each what is its own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.template import Context, Engine

TEMPLATES = {
    "row.html": (
        '<li id="{{ row.key }}">{{ row.name }}{% if row.groups %} of {{ row.groups }}{% endif %}'
        "{% if row.is_new %}, new{% else %}, 100% known to {{ me }}{% endif %}</li>"
    ),
    "page.html": '{% rows "row.html" people %}',
    "placed.html": "<li>{{ row.name }}{% if row.place %} at {{ row.place }}{% endif %}</li>",
    "places.html": '{% rows "placed.html" people %}',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    key: str = "a"
    name: str = "Ada"
    groups: str = ""
    is_new: bool = False
    others: tuple[str, ...] = ()
    place: str | None = None


@pytest.fixture
def listed():
    """Return a function that lists people."""
    loaders = [
        ("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", TEMPLATES)])
    ]
    engine = Engine(loaders=loaders, builtins=["crosstie.web.rows"])
    return lambda *people, page="page.html": engine.get_template(page).render(
        Context({"people": people, "me": "Eve"})
    )


def test_every_row_says_what_is_its_own(listed):
    assert listed(Row(), Row(key="b", name="Ben")) == (
        '<li id="a">Ada, 100% known to Eve</li><li id="b">Ben, 100% known to Eve</li>'
    )


def test_a_row_of_another_kind_looks_as_it_should(listed):
    shown = listed(Row(groups="Sales"), Row(), Row(is_new=True), Row(name="Ben", groups="Law", is_new=True))
    assert shown == (
        '<li id="a">Ada of Sales, 100% known to Eve</li><li id="a">Ada, 100% known to Eve</li>'
        '<li id="a">Ada, new</li><li id="a">Ben of Law, new</li>'
    )


@pytest.mark.parametrize("name", ["<b>", "\"&'", "%s %(name)s", "{{ row.key }}", "\0key\0", "\\1"])
def test_what_somebody_wrote_is_escaped_and_means_nothing_more(listed, name):
    written = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    written = written.replace('"', "&quot;").replace("'", "&#x27;")
    assert listed(Row(key=name, name=name)) == f'<li id="{written}">{written}, 100% known to Eve</li>'


@pytest.mark.parametrize("turned", [False, True])
def test_a_text_that_the_first_row_has_not_is_there_in_the_others(listed, turned):
    rows = [(Row(), "<li>Ada</li>"), (Row(name="Ben", place="#help & co"), "<li>Ben at #help &amp; co</li>")]
    rows = rows[::-1] if turned else rows
    assert listed(*(row for row, _ in rows), page="places.html") == "".join(said for _, said in rows)


def test_of_nobody_nothing_is_said(listed):
    assert not listed()
