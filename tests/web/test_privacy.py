"""What the pages must never offer: a person-picker, a ranking, someone else's pages, another host."""

from __future__ import annotations

import json
import re

import pytest
from tests.web.made_up import ADA, MadeUp


def rows(table: str) -> list[str]:
    return [
        re.sub(r"<[^>]+>|\s+", " ", row).strip()
        for row in re.findall(r"<tbody>(.*?)</tbody>", table, re.DOTALL)[0].split("</tr>")
        if row.strip()
    ]


@pytest.mark.parametrize("path", ["/", "/map", "/ideas", "/sources"])
def test_no_table_can_be_sorted_and_no_page_has_a_form(ask, path):
    text = ask(path).text
    for mark in ("aria-sort", "sortable", "<form", "<select", "<input", "?sort", "&sort", "order="):
        assert mark not in text


def test_tables_of_people_and_of_groups_stand_in_the_order_of_the_alphabet(ask):
    for path in ("/", "/map"):
        for table in re.findall(r"<table>.*?</table>", ask(path).text, re.DOTALL):
            if "month by month" in table:
                continue
            names = [row.casefold() for row in rows(table)]
            assert names == sorted(names)


def test_a_question_about_order_changes_nothing(ask):
    assert ask("/map?sort=size&order=desc").text == ask("/map").text


def test_the_list_of_people_on_the_map_carries_no_figure(ask):
    directory = re.search(r'<div class="directory">(.*?)</details>', ask("/map").text, re.DOTALL)
    assert directory
    words = re.sub(r"<[^>]+>", " ", directory[1])
    assert not re.search(r"\d", re.sub(r"and \d+ p(erson|eople) whose names? (is|are) not open", "", words))


def test_the_data_of_the_map_holds_no_keys_and_no_figures_of_a_person(ask):
    answer = ask("/map.json")
    people = json.loads(answer.text)["people"]
    assert {frozenset(person) for person in people} == {
        frozenset({"x", "y", "name", "group", "community", "me"})
    }
    assert sum(person["me"] for person in people) == 1
    assert ADA not in answer.text


def test_own_place_is_marked_for_the_viewer_alone(ask, ask_as_nobody):
    assert "disc own" in ask("/map").text
    assert "disc own" not in ask_as_nobody("/map").text


def test_outside_the_made_up_company_nobody_looks_as_anyone(ask):
    assert ask("/look").status == 404
    assert ask("/as/p-010/").status == 404
    assert "Look as someone else" not in ask("/").text


def test_in_the_made_up_company_one_may_look_as_anyone_and_the_page_says_why(ask_demo):
    assert "That is why you may look as anyone here" in ask_demo("/").text
    other = MadeUp().people[10].card
    answer = ask_demo(f"/as/{other.key}/")
    assert f"<span>{other.name}</span>" in answer.text
    assert f'href="/as/{other.key}/map"' in answer.text


def test_nobody_in_particular_sees_groups_and_no_people(ask_as_nobody):
    answer = ask_as_nobody("/")
    assert answer.status == 302
    assert answer.headers["Location"] == "/map"
    text = ask_as_nobody("/map").text
    assert "Departments" in text
    assert "people-map" not in text
    assert "My circle" not in text
    assert ask_as_nobody("/contact/p-010").status == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:8000"]
)
def test_a_page_asked_for_under_another_name_is_refused(ask, host):
    for path in ("/", "/map.json", "/static/x/pages.css"):
        assert ask(path, HTTP_HOST=host).status == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:1", "[::1]:8000", "LOCALHOST:80"])
def test_this_machine_is_answered_under_all_its_names(ask, host):
    assert ask("/", HTTP_HOST=host).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_pages_are_read_only(ask, method):
    assert ask("/", REQUEST_METHOD=method).status == 405
