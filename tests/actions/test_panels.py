"""*Panel*: open places alone, people through the gate, what each brings and never what they think."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta

import pytest
from tests.actions import company

from crosstie.actions import opting, panels, reading, snapshots
from crosstie.actions.advice_views import Helper
from crosstie.actions.home import Home
from crosstie.actions.views import Original, PersonCard
from crosstie.errors import NotShown, UsageRefused
from crosstie.record import Entry, Trace

LONG = "Who pays in which month the invoice of the office for water, paper, lamps, chairs, a gauge and tea?"
KNOW = ("Ben", "Cleo", "Dan", "Eve", "Fay", "Gil")


def asking_about_gauges() -> Iterator[Trace]:
    """Hana asks about gauges in the open, and six people answer; Ivo answers behind doors."""
    yield from company.accounts()
    yield from company.places()
    number = 0
    for week in range(4):
        for helper in KNOW:
            question = company.said(number, "Hana", days=7 * week, text="How does gauge calibration work?")
            yield question
            yield company.answered(
                number + 1, helper, question, days=7 * week + 0.1, text="About gauge calibration: the shelf."
            )
            number += 2
        closed = company.said(number, "Hana", place="members", days=7 * week, text=None)
        yield closed
        yield company.answered(number + 1, "Ivo", closed, days=7 * week + 0.1, text=None)
        number += 2
    # Ada knows Ben, Cleo and Dan.
    for helper in ("Ben", "Cleo", "Dan"):
        question = company.said(number, "Ada", days=30, text="Where is the ladder?")
        yield question
        yield company.answered(number + 1, helper, question, days=30.1, text="In the yard.")
        number += 2


@pytest.fixture
def asking(home: Home) -> Home:
    reading.read(home, company.plan(list(asking_about_gauges())), viewer=company.address("Ada Berg"))
    return home


def _key(home: Home, name: str) -> str:
    return next(key for key, one in snapshots.persons(home).by_key.items() if one.name == name)


def _names(found) -> list[str]:
    return [one.helper.person.name.split()[0] for one in found.seats]


def test_a_panel_knows_the_matter_and_at_most_half_of_it_is_from_the_circle(asking):
    found = panels.panel(asking, _key(asking, "Ada Berg"), "gauge calibration?", seats=4)
    names = _names(found)
    assert names == sorted(names)
    assert set(names) <= set(KNOW)
    assert len(names) == 4
    assert len({"Ben", "Cleo", "Dan"} & set(names)) <= 2
    assert all(one.brings[0].startswith("Has answered about this in questions") for one in found.seats)
    assert found.how
    assert found.cautions


def test_somebody_who_sits_there_for_their_group_has_that_reason_while_the_others_take_part(home):
    people = [
        Entry(
            source="directory:hr", id=name, name=name, address=company.address(name), groups={"unit": "Lab"}
        )
        for name in company.NAMES
    ]
    told = [*asking_about_gauges(), *people]
    for day in range(3):  # Jun answers what is nearest to what is asked then
        question = company.said(900 + 2 * day, "Hana", days=40 + day, text=LONG)
        answer = company.answered(901 + 2 * day, "Jun", question, days=40.1 + day, text="The office does.")
        told += [question, answer]
    reading.read(home, company.plan(told), viewer=company.address("Ada Berg"))

    def brought() -> set[tuple[str, str]]:
        asked = "How does gauge calibration work with a lamp in the office?"
        found = panels.panel(home, _key(home, "Ada Berg"), asked, seats=7)
        return {(one.helper.person.name, sentence) for one in found.seats for sentence in one.brings}

    reason = "Others of Lab answered questions near this one."
    assert reason in {sentence for _, sentence in brought()}
    opting.opt_out(home, company.address("Jun Park"))
    assert reason not in {sentence for _, sentence in brought()}


def test_neither_the_asker_nor_anyone_barred_or_out_sits_on_it(asking):
    ada = _key(asking, "Ada Berg")
    assert "Hana" not in _names(panels.panel(asking, ada, "gauge calibration?", seats=6))
    barred = panels.panel(asking, ada, "gauge calibration?", seats=6, excluded={_key(asking, "Fay Lind")})
    assert "Fay" not in _names(barred)
    only = panels.panel(asking, ada, "gauge calibration?", seats=6, only={_key(asking, "Gil Amado")})
    assert _names(only) == ["Gil"]


def test_closed_places_speak_for_nobody_and_no_figure_of_anyone_is_told(asking):
    found = panels.panel(asking, _key(asking, "Ada Berg"), "gauge calibration?", seats=6)
    assert "Ivo" not in _names(found)
    told = list(_values(asdict(found)["seats"]))
    assert "questions" in told
    assert [one for one in told if isinstance(one, int | float) and not isinstance(one, bool)] == []


def _values(told: object) -> Iterator[object]:
    if isinstance(told, dict):
        for value in told.values():
            yield from _values(value)
    elif isinstance(told, list | tuple):
        for value in told:
            yield from _values(value)
    else:
        yield told


def test_whom_one_only_knew_is_told_from_whom_one_is_in_touch_with_and_may_all_sit_on_it(asking):
    ada = _key(asking, "Ada Berg")
    paths = {one.helper.path for one in panels.panel(asking, ada, "gauge calibration?", seats=6).seats}
    assert "You are in touch already." in paths
    asking.as_of = company.START + timedelta(days=900)
    found = panels.panel(asking, ada, "gauge calibration?", seats=6)
    assert len(found.seats) == 6
    assert {one.helper.path for one in found.seats} >= {"You have been in touch before."}
    assert "You are in touch already." not in {one.helper.path for one in found.seats}


def test_nobody_who_does_not_look_is_shown_a_panel(asking):
    with pytest.raises(NotShown):
        panels.panel(asking, None, "gauge?")


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("Sales=2", 2, 2),
        ("Sales=1..2", 1, 2),
        ("Sales=1..", 1, None),
        ("Sales=..2", 0, 2),
        ("A=B=1", 1, 1),
        ("Sales = 0", 0, 0),
    ],
)
def test_a_number_for_a_group_is_understood_as_it_is_said(said, least, most):
    quota = panels.quota(said)
    assert (quota.at_least, quota.at_most) == (least, most)


@pytest.mark.usefixtures("empty_workspace")  # a refusal is said in a language, which the first home sets up
@pytest.mark.parametrize("said", ["Sales", "=2", "Sales=", "Sales=..", "Sales=-1", "Sales=x", "Sales=2.5"])
def test_what_is_no_number_for_a_group_is_refused(said):
    with pytest.raises(UsageRefused, match="says no number"):
        panels.quota(said)


def test_what_somebody_brings_is_where_they_answered_else_where_they_worked_and_nothing_is_made_up():
    def helper(groups: dict[str, str], *evidence: tuple[str, str]) -> Helper:
        return Helper(
            person=PersonCard(key="p", name="Ben Olu", groups=groups),
            reasons=(),
            path="",
            evidence=tuple(
                Original(id="m", at=None, place=place, link="", kind=kind) for kind, place in evidence
            ),
        )

    lab = {"team": "Lab"}
    both = (("answered", "questions"), ("wrote", "widgets"))
    worked = (("reviewed", "widgets"), ("wrote", "widgets"))

    assert panels.brought(helper({}, *both), {}) == ("Has answered about this in questions.",)
    assert panels.brought(helper({}, *worked), {}) == ("Has worked on this in widgets.",)
    assert panels.brought(helper(lab, *worked), {}) == ("Has worked on this in widgets; comes from Lab.",)
    assert panels.brought(helper(lab), {}) == ("Comes from Lab.",)
    assert panels.brought(helper({}), {}) == ()
    others = "Others of Lab answered questions near this one."
    assert panels.brought(helper(lab), {}, ("Lab",)) == ("Comes from Lab.", others)
    assert others not in panels.brought(helper(lab, *worked), {}, ("Lab",))
