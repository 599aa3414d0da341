"""Puts into words what people say: a phrase of the right sort, filled with the words of the topic."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from crosstie.demo.dice import Dice

PARTS = (
    "Falco 300",
    "Falco 500",
    "Merlin",
    "Osprey",
    "Sparrow 25",
    "Harrier arm",
    "KT-2100",
    "KT-2140",
    "KT-880",
)
CUSTOMERS = (
    "Halden Motors",
    "Ribeira Ceramics",
    "Bluenose Aero",
    "the Fundy works",
    "Aveiro Glass",
    "Deccan Gears",
)
DISHES = (
    "cinnamon buns",
    "fish soup",
    "lemon cake",
    "vada pav",
    "custard tarts",
    "blueberry pie",
    "bean stew",
    "waffles",
    "masala dosa",
    "potato dumplings",
    "oat biscuits",
    "cod cakes",
    "rice pudding",
    "cheese toast",
    "mango slices",
)
SIGHTS = (
    "fog over the fjord",
    "a double rainbow",
    "two dolphins off the pier",
    "the first snow",
    "an elk in the car park",
    "storks on the chimney",
    "a kestrel over the yard",
    "northern lights",
    "the old tram",
    "mangoes in flower",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_LISTS = {"part": PARTS, "customer": CUSTOMERS, "dish": DISHES, "sight": SIGHTS, "weekday": WEEKDAYS}


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter people know more or less about; things, troubles and remedies of a place go together."""

    name: str
    department: str
    things: tuple[str, ...]
    troubles: tuple[str, ...]
    remedies: tuple[str, ...]


def _read(file: str) -> dict[str, object]:
    return tomllib.loads(Path(__file__).with_name(file).read_text(encoding="utf-8"))


def topics() -> tuple[Topic, ...]:
    """Return all topics, in the order of their file."""
    rows = _read("topics.toml")["topic"]
    assert isinstance(rows, list)  # noqa: S101 - the file lies beside this one and its tests read it
    return tuple(
        Topic(
            row["name"],
            row["department"],
            tuple(row["things"]),
            tuple(row["troubles"]),
            tuple(row["remedies"]),
        )
        for row in rows
    )


class _Words(dict[str, str]):
    """What fills the gaps of one sentence, each word drawn when it is first needed."""

    def __init__(self, dice: Dice, topic: Topic, case: int | None, given: dict[str, str]) -> None:
        super().__init__(given)
        self._dice, self._topic = dice, topic
        self._case = dice.whole(0, len(topic.troubles) - 1) if case is None else case

    def __missing__(self, gap: str) -> str:
        """Draw a word for a gap; a gap with a capital is the same word at the start of a sentence."""
        topic = self._topic
        if gap[0].isupper():
            word = self[gap.lower()]
            return word[:1].upper() + word[1:]
        if gap == "topic":
            word = topic.name
        elif gap == "number":
            word = str(self._dice.whole(2, 40))
        elif gap == "floor":
            word = str(self._dice.whole(2, 6))
        elif gap == "trouble":
            word = topic.troubles[self._case].format_map(self)
        elif gap == "remedy":
            word = topic.remedies[self._case].format_map(self)
        elif gap == "thing":
            word = topic.things[self._case].format_map(self)
        else:
            word = self._dice.pick(_LISTS[gap])
        self[gap] = word
        return word


class Speech:
    """Says things, with a stream of chance of its own, so that wording never changes what happens."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        phrases = _read("phrases.toml")
        self._phrases = {
            sort: tuple(map(str, said)) for sort, said in phrases.items() if isinstance(said, list)
        }

    def case(self, topic: Topic) -> int:
        """Choose one of the troubles of a topic, so that a whole conversation is about it."""
        return self._dice.whole(0, len(topic.troubles) - 1)

    def say(
        self, sort: str, topic: Topic, name: str = "", other: str = "", *, case: int | None = None
    ) -> str:
        """Return a sentence of a sort (a key of phrases.toml) about a topic, or about one case of it."""
        phrase = self._dice.pick(self._phrases[sort])
        if "{" not in phrase:
            return phrase
        return phrase.format_map(_Words(self._dice, topic, case, {"name": name, "other": other}))
