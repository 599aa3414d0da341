"""Topics and profiles as files in a snapshot's folder, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.topics import About, Topics
from crosstie.ideas.topics.clustering import Space
from crosstie.ideas.topics.features import Vocabulary
from crosstie.ideas.topics.learned import Learned
from crosstie.ideas.topics.profiles import Parts, Profiles

_COLUMNS, _FACTS = "columns.bin", "facts.json"
_ALIGNED = 64  # bytes

Columns = TypeVar("Columns", Parts, Profiles, Learned, About)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The topics of a snapshot, who talks of them, and what ties are about; from open places alone.

    Attributes:
        topics: the topics, and the conversations about each.
        people: person keys; a number in `took`, `profiles` and `learned` is the row.
        places: place keys.
        place: (N,) where each conversation is.
        first_at, last_at: (N,) its first and last message, microseconds since 1970.
        title: (N,) what people called it, "" where nothing tells.
        took: who took part in which conversation, and when.
        profiles: who talks of what.
        learned: what each tie is about.
        languages: how many people write in each, by ISO 639-1.
        sensitive: what marks the list of sensitive words that was used.
    """

    topics: Topics
    people: tuple[str, ...]
    places: tuple[str, ...]
    place: NDArray[np.int32]
    first_at: NDArray[np.int64]
    last_at: NDArray[np.int64]
    title: tuple[str, ...]
    took: Parts
    profiles: Profiles
    learned: Learned
    languages: Mapping[str, int]
    sensitive: str


def save(folder: Path, kept: Kept) -> None:
    """Write everything into a folder."""
    topics = kept.topics
    columns: dict[str, NDArray[Any]] = {
        "key": topics.key.astype(np.str_),
        "rarity": topics.vocabulary.rarity,
        "centres": topics.space.centres,
        "place": kept.place,
        "first_at": kept.first_at,
        "last_at": kept.last_at,
    }
    if topics.space.axes is not None:
        columns["axes"] = topics.space.axes
    for name, table in _tables(kept).items():
        columns |= {f"{name}.{one.name}": getattr(table, one.name) for one in fields(table)}
    facts = {
        "columns": _write(folder / _COLUMNS, columns),
        "ids": topics.ids,
        "labels": topics.labels,
        "words": topics.words,
        "central": topics.central,
        "vocabulary": topics.vocabulary.words,
        "found_in": topics.found_in,
        "next_id": topics.next_id,
        "people": kept.people,
        "places": kept.places,
        "title": kept.title,
        "languages": kept.languages,
        "sensitive": kept.sensitive,
    }
    (folder / _FACTS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def load(folder: Path) -> Kept:
    """Read it again; columns stay where they are, to be read as they are needed, by all processes together.

    Raises:
        FileNotFoundError: nothing was written there.
    """
    whole = np.asarray(np.memmap(folder / _COLUMNS, mode="r"))
    facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
    named = {name: _view(whole, *where) for name, where in facts["columns"].items()}
    topics = Topics(
        ids=tuple(facts["ids"]),
        labels=tuple(facts["labels"]),
        words=tuple(tuple(words) for words in facts["words"]),
        central=tuple(tuple(keys) for keys in facts["central"]),
        key=named["key"].astype(object),
        about=_read(About, "about", named),
        vocabulary=Vocabulary(words=tuple(facts["vocabulary"]), rarity=named["rarity"]),
        space=Space(axes=named.get("axes"), centres=named["centres"]),
        found_in=facts["found_in"],
        next_id=facts["next_id"],
    )
    return Kept(
        topics=topics,
        people=tuple(facts["people"]),
        places=tuple(facts["places"]),
        place=named["place"],
        first_at=named["first_at"],
        last_at=named["last_at"],
        title=tuple(facts["title"]),
        took=_read(Parts, "took", named),
        profiles=_read(Profiles, "profiles", named),
        learned=_read(Learned, "learned", named),
        languages=facts["languages"],
        sensitive=facts["sensitive"],
    )


def _write(file: Path, columns: dict[str, NDArray[Any]]) -> dict[str, tuple[str, tuple[int, ...], int]]:
    """Write columns one after the other; return the type, the shape and the place of each.

    One file, because a process that looks at it keeps it open.
    """
    there = {}
    with file.open("wb") as opened:
        for name, column in columns.items():
            opened.write(bytes(-opened.tell() % _ALIGNED))
            there[name] = (column.dtype.str, column.shape, opened.tell())
            opened.write(column.tobytes())
        opened.write(bytes(1))  # a file of nothing could not be looked at
    return there


def _view(whole: NDArray[np.uint8], kind: str, shape: list[int], start: int) -> NDArray[Any]:
    return np.ndarray(shape, np.dtype(kind), whole.data, start)


def _tables(kept: Kept) -> dict[str, Any]:
    return {
        "about": kept.topics.about,
        "took": kept.took,
        "profiles": kept.profiles,
        "learned": kept.learned,
    }


def _read(kind: type[Columns], name: str, named: dict[str, NDArray[Any]]) -> Columns:
    return kind(**{one.name: named[f"{name}.{one.name}"] for one in fields(kind)})
