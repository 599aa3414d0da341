"""What forgetting does to a row: nothing, to blank what it says of the forgotten, or to go."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import msgspec

from crosstie.record.interaction import Interaction
from crosstie.record.query import literal, literals
from crosstie.record.rules import has_its_needs

BLANK = "[…]"
"""Stands in a text where a forgotten person was named."""


_LONG = 3
"""Letters of a part of a name that is told from the next without anything between them."""


class Forgotten(NamedTuple):
    """What forgetting did.

    Attributes:
        removed: rows taken out: those of the forgotten, and those that mean nothing without them.
        blanked: rows of others in which an account or words were blanked.
        is_erased: whether nothing is left on disk. False where a reader kept old files open for longer than
            patience lasted: they are seen by nobody new, and the next write or forgetting removes them.
    """

    removed: int
    blanked: int
    is_erased: bool


@dataclass(frozen=True, slots=True)
class Forgetting:
    """The accounts to forget, and the words that stand for them in the texts of others.

    Attributes:
        accounts: opaque keys.
        words: names, addresses and handles; only such as mean nobody else, for they are blanked in every
            text, as whole words, in any case and spacing, as names of files have them too ("ada-lovelace").
    """

    accounts: frozenset[str]
    words: tuple[str, ...] = ()
    _pattern: re.Pattern[str] | None = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        forms = "|".join(_in_python(form) for form in self._forms())
        if forms:
            # An underscore is no part of a word here: it is how chats write italics.
            pattern = rf"(?<![^\W_])(?:{forms})(?![^\W_])"
            object.__setattr__(self, "_pattern", re.compile(pattern, re.IGNORECASE))

    @classmethod
    def of(cls, accounts: Collection[str], words: Mapping[str, Collection[str]] | None = None) -> Forgetting:
        """Return the forgetting of these accounts.

        Args:
            accounts: opaque keys; a blank one is no account.
            words: by account, the words that stand for it. Those without a letter are left alone: a number
                that is an id in one source means much else in the texts of all.
        """
        given = {word for key in accounts for word in (words or {}).get(key, ())}
        all_words = {word for word in given if any(sign.isalpha() for sign in word)}
        # Longest first, so that "Ada Lovelace" goes whole before "Ada" is looked for.
        ordered = sorted(all_words, key=lambda word: (-len(word), word))
        return cls(frozenset(key for key in accounts if key), tuple(ordered))

    @property
    def theirs(self) -> str:
        """The SQL condition for the rows that the forgotten made."""
        return f"list_contains({literals(sorted(self.accounts))}, actor)"

    @property
    def touched(self) -> str:
        """The SQL condition for all rows to look at: a few more than will change, none fewer."""
        accounts = literals(sorted(self.accounts))
        conditions = [
            self.theirs,
            f"list_contains({accounts}, parent_author)",
            *(f"list_has_any({column}, {accounts})" for column in ("addressed", "copied", "mentioned")),
        ]
        if self._pattern is not None:
            found = literal("|".join(_in_sql(form) for form in self._forms()))
            conditions += [
                f"coalesce(regexp_matches(text, {found}), false)",
                f"regexp_matches(link, {found})",
                f"regexp_matches(array_to_string(files, chr(10)), {found})",
            ]
        return f"({' OR '.join(conditions)})"

    def applied_to(self, row: Interaction) -> Interaction | None:
        """Return the row without the forgotten; None if it must go.

        A blanked account leaves "" in its list, so that the others' shares of a message to several stay what
        they were. An answer to the forgotten leaves its thread, where it would pass for one to the others.
        """
        if row.actor in self.accounts:
            return None
        answered_them = row.parent_author in self.accounts
        blanked = msgspec.structs.replace(
            row,
            addressed=self._blanked(row.addressed),
            copied=self._blanked(row.copied),
            mentioned=self._blanked(row.mentioned),
            parent_author="" if answered_them else row.parent_author,
            thread="" if answered_them else row.thread,
            text=None if row.text is None else self.without_words(row.text),
            files=tuple(map(self.without_words, row.files)),
            link="" if self._pattern is not None and self._pattern.search(row.link) else row.link,
        )
        return blanked if has_its_needs(blanked) else None

    def _blanked(self, accounts: Iterable[str]) -> tuple[str, ...]:
        return tuple("" if account in self.accounts else account for account in accounts)

    def without_words(self, text: str) -> str:
        """Return the text with the words of the forgotten blanked."""
        return text if self._pattern is None else self._pattern.sub(BLANK, text)

    def _forms(self) -> tuple[tuple[str, ...], ...]:
        """Return the parts of each word, in either form of accents, and of several in either order."""
        forms: dict[tuple[str, ...], None] = {}
        for word in self.words:
            for form in ("NFC", "NFD"):
                parts = tuple(unicodedata.normalize(form, word).split())
                forms[parts] = forms[parts[::-1]] = None
        return tuple(forms)


def _in_python(parts: Sequence[str]) -> str:
    """Return a regular expression for these parts, one after the other.

    Between them is any space, or what handles and paths put there; nothing at all only between parts that are
    long enough for the whole to be nobody else's name ("BenOlu", and not "Joan" for "Jo An").
    """
    least = 0 if all(len(part) >= _LONG for part in parts) else 1
    return rf"(?:\s+|[\W_]{{{least},3}})".join("".join(map(_written, part)) for part in parts)


def _in_sql(parts: Sequence[str]) -> str:
    """Return one for RE2 that finds all that Python's does, and some more.

    RE2 knows fewer spaces than Python, and other signs that are alike but for their case.
    """
    return r"[^\pL\pN]*".join("".join(map(_alike, part)) for part in parts)


def _written(sign: str) -> str:
    return "(?:@|%40)" if sign == "@" else re.escape(sign)


@cache
def _alike(sign: str) -> str:
    """Return an expression for whatever Python takes for this sign in any case."""
    same = re.compile(re.escape(sign), re.IGNORECASE)
    found = {sign, *filter(same.fullmatch, _with_case())}
    return _written(sign) if len(found) == 1 else f"[{''.join(sorted(found))}]"


@cache
def _with_case() -> tuple[str, ...]:
    signs = map(chr, range(0x20000))  # no letter beyond knows case
    return tuple(sign for sign in signs if len({sign, sign.lower(), sign.upper(), sign.casefold()}) > 1)
