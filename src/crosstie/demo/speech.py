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
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter people know more or less about, with its words."""

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


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class Speech:
    """Says things, with a stream of chance of its own, so that wording never changes what happens."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        phrases = _read("phrases.toml")
        self._phrases = {
            sort: tuple(map(str, said)) for sort, said in phrases.items() if isinstance(said, list)
        }

    def say(self, sort: str, topic: Topic, name: str = "", other: str = "") -> str:
        """Return a sentence of a sort (a key of phrases.toml) about a topic."""
        dice = self._dice
        phrase = dice.pick(self._phrases[sort])
        if "{" not in phrase:
            return phrase
        small = {
            "part": dice.pick(PARTS),
            "customer": dice.pick(CUSTOMERS),
            "weekday": dice.pick(WEEKDAYS),
            "number": str(dice.whole(2, 40)),
        }
        trouble = dice.pick(topic.troubles).format_map(small)
        remedy = dice.pick(topic.remedies).format_map(small)
        return phrase.format(
            thing=dice.pick(topic.things).format_map(small),
            trouble=trouble,
            Trouble=_capital(trouble),
            remedy=remedy,
            Remedy=_capital(remedy),
            topic=topic.name,
            Topic=_capital(topic.name),
            name=name,
            other=other,
            **small,
        )
