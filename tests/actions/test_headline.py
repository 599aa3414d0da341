"""The one thing worth knowing about a circle is true, and told with its original."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.actions import company

from crosstie.actions import looking, pages, reading
from crosstie.actions.home import Home
from crosstie.actions.views import Original
from crosstie.record import Account, Entry, Kind, Trace

TEAM, EVERYONE = 9, 100
LAB, REST = "Lab", "Rest"


def name(number: int) -> str:
    return f"N{number} Berg"


def firm(*, outside: int) -> list[Trace]:
    """A lab of nine in a firm of a hundred: all of it answer N0, and some from elsewhere do."""
    told: list[Trace] = []
    for number in range(EVERYONE):
        address = company.address(name(number))
        told.append(Account(source=company.SOURCE, id=f"N{number}", name=name(number), address=address))
        groups = {"team": LAB if number < TEAM else REST}
        told.append(
            Entry(source="directory", id=f"E{number}", name=name(number), address=address, groups=groups)
        )
    told += company.places()
    answering = [number for number in range(1, TEAM) for _ in range(3)] + list(range(TEAM, TEAM + outside))
    for place, number in enumerate(answering):
        question = company.said(2 * place, "N0")
        told += [question, company.answered(2 * place + 1, f"N{number}", question)]
    return told


def test_contact_that_stays_within_a_small_unit_is_said_with_the_nearest_from_elsewhere(home: Home):
    reading.read(home, company.plan(firm(outside=1)), viewer=company.address(name(0)))
    headline = pages.circle(home, looking.viewer(home)).headline
    assert headline.sentence.endswith(f"stays within Lab. The nearest to you from elsewhere is {name(TEAM)}.")
    assert headline.sentence.startswith("96% ")
    assert headline.original
    assert headline.original.who == name(TEAM)


def test_contact_that_goes_elsewhere_too_is_not_said_to_stay(home: Home):
    reading.read(home, company.plan(firm(outside=20)), viewer=company.address(name(0)))
    assert "stays within" not in pages.circle(home, looking.viewer(home)).headline.sentence


def originals_of(home: Home, kind: Kind) -> tuple[Original, ...]:
    """Return the originals between Ada and Ben after Ben did something to Ada."""
    act = company.said(1, "Ben", kind=kind, addressed=("Ada",), asks=None)
    told: list[Trace] = [*company.accounts(), *company.places(), act]
    reading.read(home, company.plan(told), viewer=company.address("Ada Berg"))
    viewer = looking.viewer(home)
    (contact,) = pages.circle(home, viewer).contacts
    return pages.contact(home, viewer, contact.person.key)[1]


def test_a_review_of_my_work_is_said_to_be_one(home: Home):
    (one,) = originals_of(home, Kind.REVIEWED)
    assert (one.who, one.kind, one.whom) == ("Ben Olu", "reviewed your work", "")


def test_a_meeting_names_the_viewer_first(home: Home):
    (one,) = originals_of(home, Kind.MET)
    assert (one.who, one.kind, one.whom) == ("you", "met", "Ben Olu")


def answered_by(home: Home, *helpers: str) -> str:
    """Return the headline of Ada, whom these answered one day after the other."""
    told: list[Trace] = [*company.accounts(), *company.places()]
    for place, helper in enumerate(helpers):
        question = company.said(2 * place, "Ada", days=place)
        told += [question, company.answered(2 * place + 1, helper, question, days=place)]
    reading.read(home, company.plan(told), viewer=company.address("Ada Berg"))
    return pages.circle(home, looking.viewer(home)).headline.sentence


@pytest.mark.parametrize("helpers", [("Ben",), ("Ben", "Cleo"), ("Ben", "Cleo", "Ben", "Cleo")])
def test_a_day_of_fading_or_a_single_answer_does_not_decide_whom_i_turned_to_most(
    home: Home, helpers: tuple[str, ...]
):
    said = answered_by(home, *helpers)
    assert said.endswith(" is among those you have been in touch with the most lately.")


def test_who_clearly_answered_most_is_whom_i_turned_to_most(home: Home):
    said = answered_by(home, "Ben", "Cleo", "Ben")
    assert said == "You have turned to Ben Olu more than to anyone else lately."


def test_where_nobody_is_active_it_is_not_said_to_be_lately(home: Home):
    home.as_of = company.START + timedelta(days=2 * 365)
    assert answered_by(home, "Ben", "Ben", "Cleo") == (
        "Nobody in your circle is active now. You have been in touch with Ben Olu the most, the last time in"
        " March 2026."
    )
