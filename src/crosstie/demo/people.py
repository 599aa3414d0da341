"""Who works at Kestrel Tools: departments, teams and sites, and the people the seed hires into them."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from crosstie.demo.dice import Dice


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One invented human being.

    Attributes:
        id: the directory's id, and the id by which the truth speaks of the person.
        name: full name, invented.
        address: mail address at a reserved domain.
        department, team: units of the org chart; for outsiders their firm and "".
        location: where they sit; it decides their clock and holidays.
        title: what stands under their name.
        manager: id of the manager, "" for the managing director and for outsiders.
        relation: employee, customer or partner.
        joined_on, left_on: ISO dates read as dates; None where unknown or still there.
        days_off: weekdays (Monday is 0) on which a part-timer does not work.
    """

    id: str
    name: str
    address: str
    department: str
    team: str
    location: str
    title: str
    manager: str = ""
    relation: str = "employee"
    joined_on: date | None = None
    left_on: date | None = None
    days_off: tuple[int, ...] = ()

    @property
    def first_name(self) -> str:
        """The name colleagues call."""
        return self.name.split(" ", 1)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A unit of the org chart and the topics it works on."""

    name: str
    department: str
    location: str
    size: int
    topics: tuple[str, ...]


def _team(department: str, name: str, location: str, size: int, *topics: str) -> Team:
    return Team(name=name, department=department, location=location, size=size, topics=topics)


MANAGEMENT = "Management"
TEAMS = (
    _team("People and Office", MANAGEMENT, "Trondheim", 1, "budgets"),
    _team("Engineering", "Mechanics", "Trondheim", 9, "bearings", "tolerances", "thermal drift"),
    _team("Engineering", "Optics", "Trondheim", 8, "optics", "thermal drift"),
    _team("Engineering", "Sensor Lab", "Trondheim", 9, "sensors", "thermal drift"),
    _team("Engineering", "Enclosures", "Porto", 8, "enclosures", "tolerances"),
    _team("Production", "Machining", "Porto", 11, "machining", "fixtures"),
    _team("Production", "Assembly", "Porto", 12, "assembly", "packing"),
    _team("Production", "Electronics", "Porto", 9, "soldering", "assembly"),
    _team("Production", "Tooling", "Porto", 8, "fixtures", "machining"),
    _team("Quality", "Calibration", "Trondheim", 8, "calibration", "uncertainty"),
    _team("Quality", "Inspection", "Porto", 9, "uncertainty", "returns", "calibration"),
    _team("Quality", "Certification", "Trondheim", 7, "certification", "audits"),
    _team("Software", "Firmware", "Pune", 10, "firmware", "connectivity"),
    _team("Software", "Data", "Pune", 9, "data pipeline", "releases"),
    _team("Software", "Apps", "Pune", 9, "user interface", "connectivity"),
    _team("Software", "Test", "Trondheim", 8, "test rigs", "releases"),
    _team("Supply", "Planning", "Porto", 7, "forecasting", "lead times"),
    _team("Supply", "Purchasing", "Porto", 7, "suppliers", "lead times"),
    _team("Supply", "Logistics", "Halifax", 6, "customs", "lead times"),
    _team("Sales", "Sales North", "Trondheim", 9, "quoting", "tenders"),
    _team("Sales", "Sales Americas", "Halifax", 11, "quoting", "pricing", "demonstrations"),
    _team("Sales", "Sales South", "Porto", 8, "demonstrations", "tenders"),
    _team("Support", "Customer Success", "Halifax", 8, "customer onboarding", "training"),
    _team("Support", "Service Desk", "Pune", 10, "troubleshooting", "manuals"),
    _team("Support", "Repair", "Porto", 8, "repairs", "troubleshooting"),
    _team("Finance", "Accounts", "Trondheim", 7, "billing", "expenses"),
    _team("Finance", "Controlling", "Trondheim", 5, "budgets", "expenses"),
    _team("People and Office", "People Team", "Trondheim", 6, "hiring", "first days"),
    _team("People and Office", "Workplace", "Porto", 6, "travel", "first days"),
)
DEPARTMENTS = tuple(dict.fromkeys(team.department for team in TEAMS[1:]))

# Whose topics a department runs into besides its own.
NEIGHBOURS = {
    "Engineering": ("Production", "Quality", "Supply", "Support"),
    "Production": ("Engineering", "Quality", "Supply", "Software"),
    "Quality": ("Engineering", "Production", "Support"),
    "Software": ("Support", "Quality", "Production", "Engineering"),
    "Supply": ("Production", "Sales", "Finance"),
    "Sales": ("Support", "Quality", "Finance", "Supply"),
    "Support": ("Software", "Quality", "Sales", "Engineering"),
    "Finance": ("Sales", "Supply", "People and Office"),
    "People and Office": ("Finance", "Sales", "Support"),
}
OUTSIDERS = (
    ("customer", "Halden Motors", "haldenmotors.example", "Trondheim", 2),
    ("customer", "Ribeira Ceramics", "ribeira.example", "Porto", 2),
    ("customer", "Bluenose Aero", "bluenose.example", "Halifax", 2),
    ("partner", "Sahyadri Circuits", "sahyadri.example", "Pune", 2),
    ("partner", "Northlight Glass", "northlight.example", "Trondheim", 2),
)
NEWCOMERS = 8
_NAMESAKES = 3
_PLAIN = str.maketrans({"ø": "o", "Ø": "O", "æ": "ae", "ð": "d", "ł": "l"})


def plain(text: str) -> str:
    """Return a name in lower case without accents, as it stands in an address."""
    folded = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(letter for letter in folded if letter.isascii()).lower().replace(" ", "-")


def hire(dice: Dice) -> tuple[Person, ...]:
    """Return everyone: the managing director first, then team by team with its lead first, outsiders last."""
    names = _Names(dice)
    people: list[Person] = []
    heads: dict[str, str] = {}
    for team in TEAMS:
        lead = ""
        for seat in range(team.size):
            location = (
                team.location
                if seat == 0 or dice.chance(0.88)
                else dice.pick(("Trondheim", "Porto", "Pune", "Halifax"))
            )
            name = names.draw(location)
            number = f"K{len(people) + 101:04d}"
            head = heads.get(team.department, "")
            manager = lead or head or (people[0].id if people else "")
            if team.name == MANAGEMENT:
                title = "Managing director"
            elif seat:
                title = dice.pick(("Specialist", "Specialist", "Senior specialist", "Associate"))
            else:
                title = f"Lead, {team.name}" if head else f"Head of {team.department}"
            lead = lead or number
            if seat == 0 and team.name != MANAGEMENT:
                heads.setdefault(team.department, number)
            people.append(
                Person(
                    id=number,
                    name=name,
                    address=f"{plain(name).replace('-', '.', 1)}@kestrel.example",
                    department=team.department,
                    team=team.name,
                    location=location,
                    title=title,
                    manager=manager,
                    joined_on=date(2009, 1, 5) + timedelta(days=7 * dice.whole(0, 860)),
                )
            )
    for relation, firm, domain, location, count in OUTSIDERS:
        for _ in range(count):
            name = names.draw(location)
            people.append(
                Person(
                    id=f"X{len(people) + 101:04d}",
                    name=name,
                    address=f"{plain(name).replace('-', '.', 1)}@{domain}",
                    department=firm,
                    team="",
                    location=location,
                    title=relation.capitalize(),
                    relation=relation,
                )
            )
    return tuple(people)


class _Names:
    """Gives each person a name nobody else has, mostly of a family that fits the location."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        text = Path(__file__).with_name("names.toml").read_text(encoding="utf-8")
        self.families: list[dict[str, Any]] = tomllib.loads(text)["family"]
        self.given: dict[str, int] = {}
        self.surnames: dict[str, int] = {}

    def draw(self, location: str) -> str:
        """Return a full name: no given name more than three times, no surname more than three times."""
        while True:
            fitting = [family["locations"].count(location) + 0.12 for family in self.families]
            family = self.dice.weighed(self.families, fitting)
            given, surname = self.dice.pick(family["given"]), self.dice.pick(family["surnames"])
            name = f"{given} {surname}"
            if (
                max(self.given.get(given, 0), self.surnames.get(surname, 0)) < _NAMESAKES
                and name not in self.given
            ):
                self.given[given] = self.given.get(given, 0) + 1
                self.surnames[surname] = self.surnames.get(surname, 0) + 1
                self.given[name] = 1
                return name
