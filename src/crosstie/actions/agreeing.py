"""What people agreed to, kept with the workspace: everyone can read it, and later readings obey it."""

from __future__ import annotations

import json
from dataclasses import asdict

from crosstie.actions.consent import AgreedPlace, Consent
from crosstie.actions.home import Home
from crosstie.sources import REFUSED_PLACES

_WORDS, _PLACES = "refused words", "agreed places"


def keep(home: Home, agreed: Consent) -> None:
    """Keep what a consent file says: words only come in, and of one place the latest agreement stands."""
    words = sorted({*_own_words(home), *agreed.refused_words})
    if words != sorted(_own_words(home)):
        home.store.set_fact(_WORDS, json.dumps(words))
    before = {one.name: one for one in agreed_places(home)}
    after = before | {one.name: one for one in agreed.agreed_places}
    if after != before:
        kept = [asdict(one) for _name, one in sorted(after.items())]
        home.store.set_fact(_PLACES, json.dumps(kept))


def refused_words(home: Home) -> tuple[str, ...]:
    """Return the words of places that are never read here: crosstie's, and those added here."""
    return (*REFUSED_PLACES, *(word for word in _own_words(home) if word not in REFUSED_PLACES))


def agreed_places(home: Home) -> tuple[AgreedPlace, ...]:
    """Return the members places whose owner agreed, by name."""
    return tuple(AgreedPlace(**one) for one in json.loads(home.store.fact(_PLACES, "[]")))


def _own_words(home: Home) -> list[str]:
    words: list[str] = json.loads(home.store.fact(_WORDS, "[]"))
    return words
