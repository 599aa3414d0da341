"""The consent file: who agreed that what is read, in organisation mode."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crosstie.errors import PathUnreadable, UsageRefused

EXAMPLE = """\
domains = ["firm.example"]
refused_words = ["kita"]

[[place]]
name = "board"
agreed_by = "Ada Berg"
agreed_on = 2026-10-01
members_told_on = 2026-10-03

[direct]
opted_in = ["ada@firm.example", "ben@firm.example"]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedPlace:
    """A members place that may be read: whose owner agreed and whose members were told, on ISO dates."""

    name: str
    agreed_by: str
    agreed_on: str
    members_told_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What the people concerned agreed to.

    Attributes:
        places: names or ids of members places whose owner agreed and whose members were told.
        opted_in: addresses or account ids of those whose direct conversations may be read.
        domains: the organisation's own mail domains.
        refused_words: further words of places that are never read; crosstie's own stay.
        agreed_places: the same places, with who agreed and when.
    """

    places: frozenset[str] = frozenset()
    opted_in: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    refused_words: frozenset[str] = frozenset()
    agreed_places: tuple[AgreedPlace, ...] = ()


def consent(file: Path) -> Consent:
    """Read a consent file.

    Raises:
        PathUnreadable: there is no such file.
        UsageRefused: it is no TOML, or a place does not say who agreed, when, and when its members were told.
    """
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as trouble:
        raise PathUnreadable(
            f'The consent file "{file}" cannot be read.', hint="Check the path."
        ) from trouble
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise UsageRefused(
            f'The consent file "{file}" is not TOML: {trouble}.', hint=f"It looks like this:\n{EXAMPLE}"
        ) from trouble
    opted_in = said.get("direct", {}).get("opted_in", [])
    lists = {name: said.get(name, []) for name in ("domains", "refused_words")} | {"opted_in": opted_in}
    for name, given in lists.items():
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            raise UsageRefused(
                f'"{name}" in "{file}" is not a list of texts.', hint=f"It looks like this:\n{EXAMPLE}"
            )
    places = said.get("place", [])
    for place in places:
        name = place.get("name", "")
        missing = [
            key
            for key, kind in (
                ("name", str),
                ("agreed_by", str),
                ("agreed_on", date),
                ("members_told_on", date),
            )
            if not isinstance(place.get(key), kind)
        ]
        if missing:
            raise UsageRefused(
                f'The place "{name}" in "{file}" lacks {", ".join(missing)}.',
                hint=f"A place is read only if its owner agreed and its members were told:\n{EXAMPLE}",
            )
    return Consent(
        places=frozenset(place["name"] for place in places),
        opted_in=frozenset(person.strip().casefold() for person in opted_in),
        domains=frozenset(domain.strip().casefold() for domain in lists["domains"]),
        refused_words=frozenset(word.strip().casefold() for word in lists["refused_words"] if word.strip()),
        agreed_places=tuple(
            AgreedPlace(
                name=place["name"],
                agreed_by=place["agreed_by"],
                agreed_on=place["agreed_on"].isoformat(),
                members_told_on=place["members_told_on"].isoformat(),
            )
            for place in places
        ),
    )
