"""Two people of one name are told apart, wherever somebody is named."""

from __future__ import annotations

from tests.actions import company

from crosstie.actions import looking, pages, reading
from crosstie.actions.home import Home
from crosstie.actions.pages.sight import told_apart
from crosstie.people import Person, Persons
from crosstie.record import Account, Trace


def persons(*people: Person) -> Persons:
    return Persons(by_key={each.key: each for each in people}, person_of={})


def person(key: str, name: str, **groups: str) -> Person:
    return Person(key=key, name=name, accounts=(key,), groups=groups)


def test_people_with_names_of_their_own_are_called_by_them():
    assert told_apart(persons(person("a", "Ada Berg"), person("b", "Ben Olu"), person("c", ""))) == {}


def test_two_of_one_name_are_told_apart_by_the_first_unit_in_which_they_differ():
    found = persons(
        person("a", "Ada Berg", department="Sales", location="Oslo"),
        person("b", "ada berg", department="Sales", location="Porto"),
    )
    assert told_apart(found) == {"a": "Ada Berg (Oslo)", "b": "ada berg (Porto)"}


def test_where_no_unit_tells_them_apart_a_number_does():
    found = persons(person("a", "Ada Berg", department="Sales"), person("b", "Ada Berg", department="Sales"))
    assert told_apart(found) == {"a": "Ada Berg (1)", "b": "Ada Berg (2)"}


def test_in_a_circle_two_of_one_name_have_two_names(home: Home):
    """Ben asks Ada, and so does another Ben Olu, who has another address."""
    question = company.said(1, "Ada")
    told: list[Trace] = [
        *company.accounts(),
        Account(source=company.SOURCE, id="Ben2", name="Ben Olu", address="b.olu@firm.example"),
        *company.places(),
        question,
        company.answered(2, "Ben", question),
        company.answered(3, "Ben2", question),
    ]
    reading.read(home, company.plan(told), viewer=company.address("Ada Berg"))
    viewer = looking.viewer(home)
    contacts = pages.circle(home, viewer).contacts
    assert sorted(each.person.name for each in contacts) == ["Ben Olu (1)", "Ben Olu (2)"]
    for each in contacts:
        _contact, originals = pages.contact(home, viewer, each.person.key)
        assert {one.who for one in originals} == {each.person.name}
