"""Two people of one name are told apart, wherever somebody is named."""

from __future__ import annotations

from tests.actions import company

from crosstie.actions import looking, pages, reading
from crosstie.actions.home import Home
from crosstie.actions.pages.called import told_apart
from crosstie.people import Person, Persons
from crosstie.record import Account, Trace


def persons(*people: Person) -> Persons:
    return Persons(by_key={each.key: each for each in people}, person_of={})


def person(key: str, name: str, **groups: str) -> Person:
    return Person(key=key, name=name, accounts=(key,), groups=groups)


def test_people_with_names_of_their_own_are_called_by_them():
    assert told_apart(persons(person("a", "Ada Berg"), person("b", "Ben Olu"), person("c", "")), 5) == {}


def test_two_of_one_name_are_told_apart_by_the_first_unit_in_which_they_differ():
    found = persons(
        person("a", "Ada Berg", department="Sales", location="Oslo"),
        person("b", "ada berg", department="Sales", location="Porto"),
    )
    assert told_apart(found, 5) == {"a": "Ada Berg (Oslo)", "b": "ada berg (Porto)"}


def test_where_no_unit_tells_them_apart_a_number_does():
    found = persons(person("a", "Ada Berg", department="Sales"), person("b", "Ada Berg", department="Sales"))
    assert told_apart(found, 5) == {"a": "Ada Berg (1)", "b": "Ada Berg (2)"}


def at(domain: str, *, key: str, name: str = "Ada Berg") -> Person:
    return Person(key=key, name=name, accounts=(key,), addresses=(f"{key}@{domain}",))


def colleagues(domain: str, people: int) -> list[Person]:
    return [at(domain, key=f"{domain} {number}", name=f"{domain} {number}") for number in range(people)]


def test_where_units_do_not_the_domain_of_enough_people_does():
    found = persons(
        at("one.example", key="a"),
        at("Other.example", key="b"),
        *colleagues("one.example", 4),
        *colleagues("other.example", 4),
    )
    assert told_apart(found, 5) == {"a": "Ada Berg (one.example)", "b": "Ada Berg (other.example)"}


def test_the_domain_of_few_is_said_of_nobody_and_neither_is_an_address():
    found = persons(at("one.example", key="a"), at("few.example", key="b"), *colleagues("few.example", 3))
    assert told_apart(found, 5) == {"a": "Ada Berg (1)", "b": "Ada Berg (2)"}


def test_those_of_one_unit_are_numbered_within_it():
    found = persons(
        person("a", "Ada Berg", department="Sales"),
        person("b", "Ada Berg", department="Lab"),
        person("c", "Ada Berg", department="Sales"),
        person("d", "Ada Berg"),
    )
    assert list(told_apart(found, 5).values()) == [
        "Ada Berg (Sales 1)",
        "Ada Berg (Lab)",
        "Ada Berg (Sales 2)",
        "Ada Berg (1)",
    ]


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
