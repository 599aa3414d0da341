"""A made-up company's pages, without a workspace: about 240 people in nine departments."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import cos, pi, sin
from typing import Any

from tests.web import made_up_counts, made_up_ideas
from tests.web.made_up_counts import AS_OF, EVIL, SINCE

from crosstie.actions.idea_flow import IdeasPage
from crosstie.actions.views import (
    CircleView,
    Contact,
    Fading,
    GroupFlow,
    GroupNode,
    Headline,
    MapPerson,
    MapView,
    Month,
    Moves,
    Original,
    PersonCard,
    SourcesView,
)
from crosstie.errors import NotShown, PersonUnclear
from crosstie.people import Viewer
from crosstie.web.shown import Answer

ADA = "p-ada"
DEPARTMENTS = {
    "Customer support": 34,
    "Design": 16,
    "Engineering": 62,
    "Finance": 14,
    "Logistics and warehouse": 28,
    "Marketing": 22,
    "People": 12,
    "Research": 24,
    "Sales": 28,
}
FIRST = "Ada Ben Cleo Dan Eve Finn Gila Hugo Ines Jan Kofi Lena Mira Nils Olga Paul Rosa Sami Tove Ugo"
LAST = "Alder Birch Cedar Dogwood Elm Fir Gum Hazel Ivy Juniper Larch Maple Oak Pine Rowan Spruce"


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up person and their place on the map."""

    card: PersonCard
    department: str
    community: str
    x: float
    y: float


def company(seed: int = 7) -> list[Person]:
    """Return everyone, Ada first."""
    dice = random.Random(seed)
    people: list[Person] = []
    for place, (department, size) in enumerate(DEPARTMENTS.items()):
        angle = 2 * pi * place / len(DEPARTMENTS)
        for _number in range(size):
            index = len(people)
            card = PersonCard(
                key=f"p-{index:03d}",
                name=f"{FIRST.split()[index % 20]} {LAST.split()[(index * 7 + index // 20) % 16]}",
                groups={"department": department, "location": ("Oslo", "Porto", "Ghent")[index % 3]},
            )
            people.append(
                Person(
                    card=card,
                    department=department,
                    community=f"community-{(place + (dice.random() < 0.25)) % 7}",
                    x=0.7 * cos(angle) + dice.gauss(0, 0.13),
                    y=0.7 * sin(angle) + dice.gauss(0, 0.13),
                )
            )
    middle = next(person for person in people if person.department == "Engineering")
    ada = replace(middle, card=replace(middle.card, key=ADA, name="Ada Alder"))
    return [ada, *(person for person in people if person is not middle)]


def original(
    index: int, *, who: str = "Cleo Cedar", link: str = "", text: str = "", files: tuple[str, ...] = ()
) -> Original:
    """Return one trace."""
    return Original(
        id=f"t-{index}",
        at=AS_OF - timedelta(days=3 * index + 1, hours=index),
        place=("#billing", "#help-search", "design-reviews")[index % 3],
        link=link,
        kind=("replied to", "thanked", "reviewed a change of")[index % 3],
        who=who,
        whom="you",
        text=text,
        files=files,
    )


@dataclass(slots=True)
class MadeUp:
    """Answers what the pages ask, from made-up people."""

    is_demo: bool = True
    people: list[Person] = field(default_factory=company)
    learned_words: bool = False
    contacts: int = 30

    def circle(self, viewer: Viewer | str) -> CircleView:
        """Return a circle of about thirty people in four corners."""
        me = self._person(str(viewer))
        dice = random.Random(str(viewer))
        others = [person for person in self.people if person is not me]
        chosen = dice.sample(others, self.contacts)
        contacts = tuple(self._contact(person, place, dice) for place, person in enumerate(chosen))
        among = tuple(
            (one, other, round(dice.random(), 2))
            for one in range(len(contacts))
            for other in range(one)
            if contacts[one].cluster == contacts[other].cluster and dice.random() < 0.45
        )
        return CircleView(
            viewer=me.card,
            as_of=AS_OF,
            since=SINCE,
            headline=Headline(
                sentence=(
                    "Five people in Research turned to you this spring, and you turned to none of them."
                ),
                original=original(
                    2, link="https://chat.example.org/c/search/p17", text="Could you look at this?"
                ),
            ),
            contacts=contacts,
            among=among,
            figures=made_up_counts.figures(),
            months=tuple(
                Month(
                    month=date(2025 + (5 + index) // 12, (5 + index) % 12 + 1, 1),
                    contacts=(4, 7, 9, 12, 14, 17, 19, 18, 21, 24, 23, 22)[index],
                    got=2.5 + index,
                    given=1.0 + index / 2,
                )
                for index in range(12)
            ),
            turned_to=tuple(sorted(contacts, key=lambda each: -each.turned_to))[: self.contacts // 2],
            turned_to_me=tuple(sorted(contacts, key=lambda each: -each.turned_to_me))[: self.contacts // 3],
            learned_words=self.learned_words,
            moves=Moves(fewest=17, most=26, sentence="It would hold between 17 and 26 people."),
            fading=tuple(Fading(person=one.person, last_at=SINCE, shared=1) for one in contacts[-2:]),
        )

    def ideas(self, viewer: Viewer | str | None) -> IdeasPage:
        """Return what nine departments talk of, and two topics that moved."""
        del viewer
        return made_up_ideas.page(list(DEPARTMENTS))

    def network_map(self, viewer: Viewer | str | None) -> MapView:
        """Return nine departments, seven communities, three locations, and everyone on an open tie."""
        dice = random.Random(3)
        communities = sorted({person.community for person in self.people})
        groups = [
            *self._nodes("department", list(DEPARTMENTS), lambda person: person.department),
            *self._nodes(
                "location", ["Ghent", "Oslo", "Porto"], lambda person: person.card.groups["location"]
            ),
            *(
                replace(node, label=f"Around {LAST.split()[index]}")
                for index, node in enumerate(
                    self._nodes("community", communities, lambda person: person.community)
                )
            ),
        ]
        flows = [
            GroupFlow(
                learner=one.key,
                teacher=other.key,
                turned_to=(learned := dice.choice((0.0, 2.0, 6.0, 14.0, 40.0)) * dice.random()),
                contact=2 * learned,
                expected=one.size * other.size / 90,
            )
            for one in groups
            for other in groups
            if one is not other and one.kind == other.kind
        ]
        people = self.people[: None if viewer else 0]
        ties = [
            (one, other, round(dice.random() * 3, 2))
            for one in range(len(people))
            for other in range(one)
            if dice.random() < (0.12 if people[one].department == people[other].department else 0.006)
        ]
        return MapView(
            as_of=AS_OF,
            kinds=("department", "location", "community"),
            groups=tuple(groups),
            flows=tuple(flows),
            people=tuple(
                MapPerson(
                    key=person.card.key,
                    name="" if index % 40 == 39 else person.card.name,
                    x=person.x,
                    y=person.y,
                    group=person.department,
                    community=person.community,
                    is_viewer=person.card.key == viewer,
                )
                for index, person in enumerate(people)
            ),
            ties=tuple(ties),
            hidden_people=6,
            hidden_groups={"community": 2, "team": 11},
            everyone=len(self.people) + 24,
            smallest_group=10,
        )

    def sources(self, _viewer: Viewer | str | None) -> SourcesView:
        """Return two readings, one of them stopped early."""
        return made_up_counts.sources(len(self.people))

    def contact(self, viewer: Viewer | str, key: str) -> tuple[Contact, tuple[Original, ...]]:
        """Return a contact with five originals, one without an address, one with a dangerous one."""
        found = next((each for each in self.circle(viewer).contacts if each.person.key == key), None)
        if found is None:
            raise NotShown(
                "This person is not in your circle.", hint="only your own contacts have a page here"
            )
        return replace(found, about=("bearings", f"glue {EVIL}")), (
            original(0, link="https://chat.example.org/c/1", text=f"Have a look at {EVIL}"),
            original(1),
            original(2, link="javascript:alert(1)"),
            original(3, text="Thank you, that solved it!"),
        )

    def trace(self, _viewer: Viewer | str | None, trace: str) -> Original:
        """Return one trace by its id."""
        if not trace.startswith("t-"):
            raise NotShown("This trace is not open to you.", hint="only your own and open ones are shown")
        number = int(trace[2:])
        files = tuple(f"src/part{index}{EVIL}.c" for index in range(number))
        return original(
            number, text="Could you look at the search?\nIt finds nothing on Mondays.", files=files
        )

    def once(self, question: tuple[Any, ...], answer: Callable[[], Answer]) -> Answer:
        """Answer anew each time."""
        del question
        return answer()

    def looks(self) -> tuple[tuple[PersonCard, str], ...]:
        """Return three people worth looking as, in the demo company alone."""
        if not self.is_demo:
            return ()
        sentences = (
            "A circle of average size.",
            "Links two departments.",
            "Joined in March; the circle grows.",
        )
        return tuple((self.people[9 * index].card, words) for index, words in enumerate(sentences))

    def _person(self, key: str) -> Person:
        found = next((person for person in self.people if person.card.key == key), None)
        if found is None:
            raise PersonUnclear(f'Nobody answers to "{key}".', hint="see the spelling")
        return found

    def _contact(self, person: Person, place: int, dice: random.Random) -> Contact:
        cluster = place % 4
        angle = pi / 2 * cluster + 0.4 + dice.gauss(0, 0.28)
        distance = 0.45 + 0.5 * dice.random()
        turned_to, turned_to_me = (dice.random() ** 3 * 9 for _ in range(2))
        return Contact(
            person=person.card,
            contact=(turned_to + turned_to_me) * 1.3,
            got=turned_to,
            given=turned_to_me,
            turned_to=turned_to,
            turned_to_me=turned_to_me,
            last_at=AS_OF - timedelta(days=dice.randrange(200)),
            is_active=place < 0.75 * self.contacts,
            is_stated=place % 9 != 8,
            x=distance * cos(angle),
            y=distance * sin(angle),
            cluster=cluster,
        )

    def _nodes(self, kind: str, labels: list[str], of: object) -> list[GroupNode]:
        assert callable(of)
        nodes = []
        for place, label in enumerate(labels):
            members = [person for person in self.people if of(person) == label]
            nodes.append(
                GroupNode(
                    key=label,
                    label=label,
                    kind=kind,
                    size=len(members),
                    x=sum(person.x for person in members) / len(members),
                    y=sum(person.y for person in members) / len(members),
                    inside=None if place == 2 else 0.4 + place / 20,
                )
            )
        return nodes
