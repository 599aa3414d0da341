"""Conversations: the messages of one thread until it falls quiet, as columns of words without their order."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.naming import Names
from crosstie.ideas.threads import QUIET_DAYS, Message
from crosstie.ideas.topics.sensitive import Sensitive
from crosstie.ideas.topics.titles import title_of
from crosstie.ideas.topics.wording import words_of

SENSITIVE_SHARE = 0.2
"""From this share of sensitive messages on a conversation is left out as a whole."""

_MICROSECONDS_A_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversations:
    """N conversations with M messages, in order of time; W different words.

    Attributes:
        names: of people; they were taken out of all words.
        people, places: keys; a number below is the row.
        words: (W,) every word, in small letters, in the order in which they were first met.
        key: (N,) external id of the first message.
        place: (N,) number of the place.
        first_at, last_at: (N,) microseconds since 1970.
        title: what people called it, "" where nothing tells.
        is_sensitive: (N,) whether it is left out.
        message: (M,) external ids.
        thread: (M,) number of the conversation.
        author: (M,) number of the person, -1 for those of whom nothing may be found: they have no words.
        at: (M,) microseconds since 1970.
        starts: (M + 1,) where the words of each message begin in `word`; a sensitive message has none.
        word: numbers of words, each once a message, in the order in which they were said.
    """

    names: Names
    people: tuple[str, ...]
    places: tuple[str, ...]
    words: tuple[str, ...]
    key: NDArray[np.object_]
    place: NDArray[np.int32]
    first_at: NDArray[np.int64]
    last_at: NDArray[np.int64]
    title: tuple[str, ...]
    is_sensitive: NDArray[np.bool_]
    message: NDArray[np.object_]
    thread: NDArray[np.int32]
    author: NDArray[np.int32]
    at: NDArray[np.int64]
    starts: NDArray[np.int64]
    word: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.key)


def conversations(
    messages: Iterable[Message],
    *,
    names: Names,
    sensitive: Sensitive,
    place_names: Mapping[str, str],
    quiet_days: float = QUIET_DAYS,
) -> Conversations:
    """Return the conversations in messages.

    Messages of one thread are one conversation until it was quiet for `quiet_days`; what comes later is
    another. A message without a thread belongs to the one it answers, or is one of its own. Everything in a
    place whose name is sensitive is; so is a conversation whose title or first message is, or a fifth of its
    messages.

    Args:
        messages: in order of time, of open places.
        names: taken out of all words.
        sensitive: what is left out.
        place_names: name by key of a place.
        quiet_days: see above.
    """
    gathered = _Gathered(names, sensitive, place_names, int(quiet_days * _MICROSECONDS_A_DAY))
    for message in messages:
        gathered.take(message)
    return gathered.columns()


class _Gathered:
    """What was read so far."""

    def __init__(
        self, names: Names, sensitive: Sensitive, place_names: Mapping[str, str], quiet: int
    ) -> None:
        self._names, self._sensitive, self._quiet = names, sensitive, quiet
        self._place_names = place_names
        self._people: dict[str, int] = {}
        self._places: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._open: dict[str, int] = {}  # the conversation of a thread, and of a message that stands alone
        self._key: list[str] = []
        self._title: list[str] = []
        self._place, self._first_at, self._last_at = array("i"), array("q"), array("q")
        self._is_sensitive = bytearray()
        self._message: list[str] = []
        self._thread, self._author, self._at = array("i"), array("i"), array("q")
        self._was_sensitive = bytearray()
        self._starts, self._word = array("q", [0]), array("i")
        self._sensitive_places: dict[str, bool] = {}

    def take(self, message: Message) -> None:
        words = words_of(message.text, self._names) if message.author else []
        is_sensitive = self._sensitive.in_text(words)
        number = self._conversation(message, is_sensitive=is_sensitive)
        self._message.append(message.external_id)
        self._thread.append(number)
        author = -1
        if message.author:
            author = self._people.setdefault(message.author, len(self._people))
        self._author.append(author)
        self._at.append(message.at)
        self._was_sensitive.append(is_sensitive)
        if not is_sensitive:
            known = self._words
            self._word.extend(dict.fromkeys(known.setdefault(word, len(known)) for word in words))
        self._starts.append(len(self._word))

    def _conversation(self, message: Message, *, is_sensitive: bool) -> int:
        name = message.thread or message.replies_to
        number = self._open.get(name) if name else None
        if number is None and message.thread:
            number = self._open.get(message.replies_to) if message.replies_to else None
        if number is None or message.at - self._last_at[number] >= self._quiet:
            number = self._begun(message, is_sensitive=is_sensitive)
        self._last_at[number] = message.at
        self._open[message.thread or message.external_id] = number
        return number

    def _begun(self, message: Message, *, is_sensitive: bool) -> int:
        title = title_of(message.text, message.link) if message.author else ""
        title = " ".join(self._names.without(title).split())
        self._key.append(message.external_id)
        self._title.append(title)
        self._place.append(self._places.setdefault(message.place, len(self._places)))
        self._first_at.append(message.at)
        self._last_at.append(message.at)
        self._is_sensitive.append(
            is_sensitive
            or self._is_sensitive_place(message.place)
            or self._sensitive.in_text(words_of(title))
        )
        return len(self._key) - 1

    def _is_sensitive_place(self, place: str) -> bool:
        known = self._sensitive_places.get(place)
        if known is None:
            name = self._place_names.get(place, "").replace("-", " ").replace("_", " ")
            known = self._sensitive_places[place] = self._sensitive.in_text(words_of(name))
        return known

    def columns(self) -> Conversations:
        thread = np.array(self._thread, dtype=np.int32)
        messages = np.bincount(thread, minlength=len(self._key))
        bad = np.bincount(
            thread, weights=np.frombuffer(self._was_sensitive, np.uint8), minlength=len(self._key)
        )
        return Conversations(
            names=self._names,
            people=tuple(self._people),
            places=tuple(self._places),
            words=tuple(self._words),
            key=_texts(self._key),
            place=np.array(self._place, dtype=np.int32),
            first_at=np.array(self._first_at, dtype=np.int64),
            last_at=np.array(self._last_at, dtype=np.int64),
            title=tuple(self._title),
            is_sensitive=np.frombuffer(bytes(self._is_sensitive), np.bool_)
            | (bad >= SENSITIVE_SHARE * messages),
            message=_texts(self._message),
            thread=thread,
            author=np.array(self._author, dtype=np.int32),
            at=np.array(self._at, dtype=np.int64),
            starts=np.array(self._starts, dtype=np.int64),
            word=np.array(self._word, dtype=np.int32),
        )


def _texts(given: list[str]) -> NDArray[Any]:
    made = np.empty(len(given), dtype=object)
    made[:] = given
    return made
