"""What is inferred is marked wherever it is shown; what is withheld is explained once."""

from __future__ import annotations

import msgspec
from tests.actions import company

from crosstie.actions import looking, pages, reading
from crosstie.actions.home import Home
from crosstie.record import KnownHow, Trace


def read_answers(home: Home, *, inferred: bool) -> None:
    question = company.said(1, "Ada")
    stated = company.answered(2, "Ben", question)
    other = company.answered(3, "Cleo", question)
    if inferred:
        other = msgspec.structs.replace(other, known_how=KnownHow.INFERRED, probability=0.6)
    told: list[Trace] = [*company.accounts(), *company.places(), question, stated, other]
    reading.read(home, company.plan(told), viewer=company.address("Ada Berg"))


def test_a_contact_and_its_originals_say_that_they_are_inferred(home: Home):
    read_answers(home, inferred=True)
    viewer = looking.viewer(home)
    circle = pages.circle(home, viewer)
    assert {each.person.name: each.is_stated for each in circle.contacts} == {
        "Ben Olu": True,
        "Cleo Marti": False,
    }
    for each in circle.contacts:
        _contact, originals = pages.contact(home, viewer, each.person.key)
        assert [one.is_stated for one in originals] == [each.is_stated]
    assert pages.network_map(home, viewer).inferred_ties == 1


def test_the_ledger_counts_what_is_inferred_apart(home: Home):
    read_answers(home, inferred=True)
    (read,) = pages.sources(home, looking.viewer(home)).readings
    assert read.interactions["replied"] == 2
    assert read.notes == {"answer whose question the source does not name, inferred with a probability": 1}


def test_where_sources_state_everything_nothing_is_marked(home: Home):
    read_answers(home, inferred=False)
    viewer = looking.viewer(home)
    assert all(each.is_stated for each in pages.circle(home, viewer).contacts)
    assert not pages.sources(home, viewer).readings[0].notes
    assert pages.network_map(home, viewer).inferred_ties == 0


def test_why_figures_are_withheld_is_said_once(home: Home):
    read_answers(home, inferred=False)
    figures = pages.circle(home, looking.viewer(home)).figures
    ((reason, labels),) = pages.unsaid(figures)
    assert reason.startswith("With 2 active contacts ")
    assert set(labels) == {figure.label for figure in figures if figure.value is None}
    assert len(labels) > 1
