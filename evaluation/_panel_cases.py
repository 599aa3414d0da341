"""Questions with what is true of all who could sit on a panel: what they know, where they belong."""

from __future__ import annotations

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crosstie.actions import demo
from crosstie.actions.home import Home
from crosstie.advice.history import Moment
from crosstie.config import AdviceSettings
from crosstie.demo import Company, company
from crosstie.demo.office import Office
from crosstie.demo.truth import Way
from crosstie.ideas import Names
from crosstie.ideas.messages import messages
from crosstie.ideas.threads import Answer, Question, questions_and_answers
from crosstie.network.circles import Circles
from crosstie.network.communities import communities_of
from evaluation._rolled import Rolled, Told, rolled, told_in

LEARNED, DEVELOPMENT = 0.6, 0.8
LEAST = 2
"""One answer may be chance."""

KNOWS = 0.3
"""From this level on the people of the made-up company can say something about a topic."""

_TAGS = re.compile(r"\[([^\[\]\s]+)\]")


class Case(NamedTuple):
    """One question as it stood, and what is true.

    Attributes:
        moment: the question, and who could be asked.
        aspects: what of the matter each person truly brings, by number; whoever brings nothing is not there.
        units: of those who truly bring something, their unit by kind.
    """

    moment: Moment
    aspects: Mapping[int, frozenset[str]]
    units: Mapping[str, Mapping[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """All questions of one data set that are looked at; P people.

    Attributes:
        title: which data.
        cases: the questions, in order of time.
        mix: the weights of advice at each, by number.
        groups: by kind, (P,) units of the directory.
        community: (P,) by the ties before the first of the questions, -1 for none.
        degree: (P,) people someone was in contact with by then.
    """

    title: str
    cases: list[Case]
    mix: Mapping[int, NDArray[np.float64]]
    groups: Mapping[str, NDArray[np.object_]]
    community: NDArray[np.int64]
    degree: NDArray[np.int64]


def of_archive(archive: Path, settings: AdviceSettings, *, development: bool) -> tuple[Cases, Cases]:
    """Return the questions of a site whose questions carry tags, with two truths.

    By the first someone brings a tag of a question if they answered two questions that carry it, before or
    after; by the second if they answered one then or later. With a tag they bring their community.
    """
    told = told_in(archive)
    questions = told.questions
    if development:
        told = told.before(int(questions * DEVELOPMENT) + 1)
    first = int(questions * (LEARNED if development else DEVELOPMENT)) + 1
    found = rolled(told, first, settings)
    community, degree = _network(told, found, first)
    number = {key: row for row, key in enumerate(found.history.people)}
    tags = {one.number: _tags(one.message.text) for one in told.rows if isinstance(one, Question)}
    answered = [
        (one.message.at, number[one.message.author], tags[one.question])
        for one in told.rows
        if isinstance(one, Answer)
    ]
    times: Counter[tuple[int, str]] = Counter(
        (person, tag) for _, person, carried in answered for tag in carried
    )

    def knows(_: Moment, tag: str) -> set[int]:
        return {person for (person, other), count in times.items() if other == tag and count >= LEAST}

    def answers(moment: Moment, tag: str) -> set[int]:
        return {person for at, person, carried in answered if at >= moment.asked.at and tag in carried}

    def cases(title: str, who: Callable[[Moment, str], set[int]]) -> Cases:
        made = []
        for moment in found.test:
            brings: dict[int, set[str]] = defaultdict(set)
            for tag in tags[moment.asked.number]:
                for person in who(moment, tag):
                    brings[person].add(tag)
            units = {person: f"community {community[person]}" for person in brings if community[person] >= 0}
            aspects = {
                person: frozenset(carried | ({units[person]} if person in units else set()))
                for person, carried in brings.items()
            }
            made.append(Case(moment, aspects, {"community": units}))
        return Cases(
            title=title,
            cases=[one for one in made if _can_differ(one)],
            mix=found.mix,
            groups={},
            community=community,
            degree=degree,
        )

    name = archive.name.removesuffix(".tar.xz")
    return (
        cases(f"{name}, who ever answered two such questions", knows),
        cases(f"{name}, who answered one then or later", answers),
    )


def of_company(seed: int, settings: AdviceSettings) -> Cases:
    """Return the questions of the made-up company from which somebody truly learned.

    Someone knows the matter whose level of its topic was 0.3 or more when the year began; of those, the
    department, the location and the community are what they bring.
    """
    kestrel, office = company(seed), Office(seed)
    told, who = _told_of(kestrel)
    first = int(told.questions * DEVELOPMENT) + 1
    found = rolled(told, first, settings)
    community, degree = _network(told, found, first)
    people = {one.id: row for row, one in enumerate(kestrel.people)}
    here = [people[who[key]] for key in found.history.people]
    topic_of = _topics(kestrel, told, who)
    groups = {
        kind: np.array([getattr(kestrel.people[row], kind) for row in here], dtype=object)
        for kind in ("department", "team", "location")
    }
    cases = []
    for moment in found.test:
        topic = topic_of.get(moment.asked.number)
        if topic is None:
            continue
        column = office.topic_number[topic]
        knowing = [row for row, person in enumerate(here) if office.level[person][column] >= KNOWS]
        units = {
            kind: {row: str(groups[kind][row]) for row in knowing} for kind in ("department", "location")
        }
        units["community"] = {row: f"community {community[row]}" for row in knowing if community[row] >= 0}
        aspects = {row: frozenset(of[row] for of in units.values() if row in of) for row in knowing}
        cases.append(Case(moment, aspects, units))
    return Cases(
        title=f"made-up company, seed {seed}",
        cases=[one for one in cases if _can_differ(one)],
        mix=found.mix,
        groups=groups,
        community=community,
        degree=degree,
    )


def _can_differ(case: Case) -> bool:
    """Say whether two of those who could be asked bring something: else there is no panel to choose."""
    return sum(person in case.aspects for person in case.moment.people.tolist()) > 1


def _tags(text: str) -> frozenset[str]:
    """Return the tags of a question: they stand in its last line, as the site writes them."""
    return frozenset(_TAGS.findall(text.rpartition("\n")[2]))


def _network(told: Told, found: Rolled, first: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return communities and contacts of those who answer, by who answered whom before a question."""
    keys = sorted({one.message.author for one in told.rows if one.message.author})
    number = {key: row for row, key in enumerate(keys)}
    asker = {one.number: one.message.author for one in told.rows if isinstance(one, Question)}
    weight: dict[tuple[int, int], float] = defaultdict(float)
    for one in told.rows:
        if isinstance(one, Question):
            if one.number == first:
                break
        elif asker[one.question]:
            pair = number[asker[one.question]], number[one.message.author]
            weight[pair] += 1.0
            weight[pair[::-1]] += 1.0
    pairs = sorted(pair for pair in weight if pair[0] != pair[1])
    rows = np.array([pair[0] for pair in pairs], dtype=np.int64)
    circles = Circles(
        starts=np.searchsorted(rows, np.arange(len(keys) + 1)).astype(np.int64),
        contacts=np.array([pair[1] for pair in pairs], dtype=np.int32),
        weights=np.array([weight[pair] for pair in pairs]),
    )
    kept = [number[key] for key in found.history.people]
    return communities_of(circles, seed=20)[kept].astype(np.int64), circles.sizes[kept]


def _told_of(kestrel: Company) -> tuple[Told, dict[str, str]]:
    """Return what was asked and answered in the company's open places, and the person behind each key."""
    with tempfile.TemporaryDirectory() as folder, Home(Path(folder) / "workspace") as home:
        demo.make(home, seed=kestrel.seed)
        persons = home.persons()
        person_of = {
            persons.person_of[row.key]: kestrel.person_of[row.source, row.id]
            for row in home.store.accounts.all()
            if (row.source, row.id) in kestrel.person_of and row.key in persons.person_of
        }
        with home.record.connect() as connection:
            said = [one for one in messages(connection, persons.person_of) if one.author in person_of]
        order: dict[str, str] = {}
        for one in said:
            order.setdefault(one.author, f"p{len(order):06}")
        rows = list(questions_and_answers(one._replace(author=order[one.author]) for one in said))
        names = Names(person.name for person in persons.by_key.values())
        return Told(rows=rows, names=names), {order[key]: person_of[key] for key in order}


def _topics(kestrel: Company, told: Told, who: Mapping[str, str]) -> dict[int, str]:
    """Return the topic of each question that taught somebody something, by who learned of whom, and when."""
    learned = {
        (one.learner, one.teacher, int(one.at.timestamp())): one.topic
        for one in kestrel.truth.events
        if one.way is Way.CHANNEL
    }
    asker = {one.number: one.message.author for one in told.rows if isinstance(one, Question)}
    found: dict[int, str] = {}
    for one in told.rows:
        if isinstance(one, Answer) and asker[one.question]:
            key = who[asker[one.question]], who[one.message.author], one.message.at // 1_000_000
            if key in learned:
                found.setdefault(one.question, learned[key])
    return found
