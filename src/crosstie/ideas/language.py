"""The language that somebody writes in at a place: told from all they wrote there, not message by message.

With py3langid (the extra `ideas`) 97 languages; without it English and German, by their little words.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from crosstie.ideas.naming import Names
from crosstie.ideas.threads import Message
from crosstie.ideas.topics.wording import plain, words_of

UNKNOWN = ""

LEAST_LETTERS = 40
"""With less to go by, the language is that of the person elsewhere, then of the place."""

MOST_LETTERS = 2_000
"""More does not change the answer."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LITTLE_WORDS: Mapping[str, frozenset[str]] = {
    "en": _set("the and is are to of in that it you for with this have not we but was what do can be on if"),
    "de": _set("der die das und ist sind zu ein eine nicht ich wir mit auf für es den dem von wie hat kann"),
}


def language_of(text: str) -> str:
    """Return the language of a text by ISO 639-1, "" where there is too little to go by.

    Code, quotations and addresses say nothing of it.

    >>> language_of("`x = 1` https://example.org")
    ''
    """
    bare = " ".join(plain(text).split())
    if sum(letter.isalpha() for letter in bare) < LEAST_LETTERS:
        return UNKNOWN
    try:
        from py3langid import classify
    except ImportError:
        return _by_little_words(bare)
    return str(classify(bare)[0])


def english_or_german(text: str) -> str:
    """Return "en" or "de" where the little words of one of the two tell it, else ""; it needs no model."""
    return _by_little_words(plain(text))


def languages(messages: Iterable[Message], *, names: Names) -> dict[tuple[str, str], str]:
    """Return the language of each person in each place by (person, place); "" where nothing tells.

    Args:
        messages: of open places.
        names: taken out: a name is no word of a language.
    """
    said = Said(names)
    for _ in said.noting(messages):
        pass
    return said.languages()


class Said:
    """What each person said in each place, as much of it as it takes to tell the language.

    Args:
        names: taken out: a name is no word of a language.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self._by_pair: dict[tuple[str, str], str] = {}
        self._by_person: dict[str, str] = defaultdict(str)
        self._by_place: dict[str, str] = defaultdict(str)

    def noting(self, messages: Iterable[Message]) -> Iterator[Message]:
        """Yield messages of open places as they come, and note what they say."""
        for message in messages:
            if message.author:
                self._note(message)
            yield message

    def languages(self) -> dict[tuple[str, str], str]:
        """Return the language by (person, place); "" where nothing tells.

        What it takes to tell 97 languages, 75 MB, is let go of afterwards.
        """
        try:
            return self._told()
        finally:
            if (model := sys.modules.get("py3langid.langid")) is not None:
                model.IDENTIFIER = None  # type: ignore[attr-defined]  # it is read again when it is needed

    def people(self) -> dict[str, int]:
        """Return how many people write in each language, somewhere; who writes in two counts in both."""
        told = {(person, language) for (person, _), language in self.languages().items() if language}
        return dict(sorted(Counter(language for _, language in told).items()))

    def _told(self) -> dict[tuple[str, str], str]:
        persons = {key: language_of(text) for key, text in self._by_person.items()}
        places = {key: language_of(text) for key, text in self._by_place.items()}
        return {
            (person, place): language_of(text) or persons[person] or places[place]
            for (person, place), text in self._by_pair.items()
        }

    def _note(self, message: Message) -> None:
        pair = (message.author, message.place)
        said = self._by_pair.setdefault(pair, "")
        by_person, by_place = self._by_person, self._by_place
        if min(len(said), len(by_person[message.author]), len(by_place[message.place])) >= MOST_LETTERS:
            return
        more = self._names.without(plain(message.text))[:MOST_LETTERS] + "\n"
        for kept, key in ((by_person, message.author), (by_place, message.place)):
            if len(kept[key]) < MOST_LETTERS:
                kept[key] += more
        if len(said) < MOST_LETTERS:
            self._by_pair[pair] = said + more


def _by_little_words(text: str) -> str:
    words = words_of(text)
    counts = {name: sum(word in little for word in words) for name, little in _LITTLE_WORDS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] >= max(2, 0.1 * len(words)) else UNKNOWN
