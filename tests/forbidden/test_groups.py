"""Groups under the smallest size are not shown, and what is shown tells nothing about a few."""

from __future__ import annotations

import html
import re
from typing import Any

import numpy as np
import pytest
from django.test import Client
from tests.forbidden.walking import CHANGES, as_json
from tests.organisation import large_firm

from crosstie.actions import grouping, settings, snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import members, tokens
from crosstie.actions.organisation.scopes import for_role
from crosstie.errors import UsageRefused
from crosstie.people import Role, Viewer
from crosstie.privacy import SMALLEST_EVER, showable_groups

PEOPLE = 36  # nine in each department


@pytest.fixture
def large(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A firm of four departments of nine."""
    monkeypatch.setattr(large_firm, "WEEKS", 6)
    large_firm.read(home, PEOPLE)
    members.set_up(
        home,
        organisation="Large",
        name="Person 00",
        address=large_firm.address(0),
        password="x",
        keep_months=0,
    )
    return home


@pytest.fixture
def someone(large: Home) -> Viewer:
    """A member, who happens to be the steward."""
    return large_firm.joined(large, 0)


@pytest.fixture
def shown(large: Home, someone: Viewer, browse: Any, site: Any) -> Any:
    """Return a function that returns the map's page and the API's answer."""

    def look() -> tuple[str, Any]:
        page = html.unescape(browse(someone).get("/map").content.decode())
        secret = tokens.make(large, someone, "t", [one.name for one in for_role(Role.STEWARD)])
        answer = site().get("/api/v1/map", headers={"Authorization": f"Bearer {secret}"})
        return page, as_json(answer)

    return look


def without_change(browser: Client, path: str) -> str:
    return CHANGES.sub("", browser.get(path).content.decode())


def departments(answer: Any) -> set[str]:
    return {one["label"] for one in answer["groups"] if one["kind"] == "department"}


@pytest.mark.forbids("small-groups")
def test_a_group_of_nine_is_on_no_page_and_in_no_answer(shown):
    page, answer = shown()
    assert departments(answer) == set()
    assert not re.search(r'<th scope="row">(Build|Sales|Care|Fairs)\b', page)
    assert answer["hidden_groups"]["department"] >= 4


@pytest.mark.forbids("small-groups")
def test_a_rule_that_lets_every_group_through_would_be_noticed(shown, monkeypatch):
    monkeypatch.setattr(grouping, "showable_groups", lambda sizes, _smallest: sizes > 0)
    page, answer = shown()
    assert departments(answer) == set(large_firm.DEPARTMENTS)
    assert re.search(r'<th scope="row">Build\b', page)


@pytest.mark.forbids("small-groups")
def test_no_setting_brings_it_under_five(large, shown):
    for wanted in ("4", "1", "0", "-3"):
        with pytest.raises(UsageRefused):
            settings.keep(large, {"network.smallest_group": wanted})
    assert not showable_groups(np.array([SMALLEST_EVER - 1]), smallest=-10).any()
    large.store.set_fact("set:network.smallest_group", "2")  # whoever can write into the database
    with pytest.raises(UsageRefused):
        snapshots.current(large)


@pytest.mark.forbids("differencing")
def test_flows_between_groups_are_told_in_words_alone(large, shown):
    settings.keep(large, {"network.smallest_group": "5"})
    page, answer = shown()
    assert departments(answer) == set(large_firm.DEPARTMENTS)
    assert answer["flows"]
    for flow in answer["flows"]:
        assert {type(value) for value in flow.values()} == {str}
    for group in answer["groups"]:
        assert set(group) == {"key", "kind", "label", "size", "is_told", "about", "inside", "withheld"}
        assert group["inside"] is None or isinstance(group["inside"], int)
    tables = re.findall(r"<table>.*?</table>", page, re.DOTALL)
    assert len(tables) > 2
    assert [table for table in tables if re.search(r"\d[.,]\d", table)] == []


@pytest.mark.forbids("differencing")
def test_no_address_takes_a_group_apart(large, browse, someone):
    browser = browse(someone)
    plain = without_change(browser, "/map?kind=department")
    for wish in (
        "without=Build",
        "exclude=Build",
        "group=Build",
        "among=Sales",
        "from=2026-01-01",
        "as_of=2026-01-20",
    ):
        assert without_change(browser, f"/map?kind=department&{wish}") == plain
        assert browser.get(f"/map.json?{wish}").content == browser.get("/map.json").content


@pytest.mark.forbids("differencing")
def test_the_picture_of_people_holds_no_amount_that_could_be_added_up(browse, someone):
    drawn = browse(someone).get("/map.json").json()
    assert len(drawn["ties"]) > 20
    assert {step for _, _, step in drawn["ties"]} <= {1, 2, 3, 4}
    assert set(drawn["people"][0]) == {"x", "y", "name", "group", "community", "me"}
