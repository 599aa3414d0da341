"""Who stands in a cell: one person, or several."""

from __future__ import annotations

import re
from typing import NamedTuple

from crosstie.sources.parquet import PART

_NAME_AND_ADDRESS = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>\s]+)>")


class Person(NamedTuple):
    """One person as a cell names them.

    Attributes:
        id: an address in lower case; else what is written, white space folded, a number as it is.
        name: the name that stands before an address, "" if none does.
        written: what is written, by which a row is known.
    """

    id: str
    name: str
    written: str

    @property
    def address(self) -> str:
        """Return the address, "" where there is none."""
        return self.id if _is_address(self.id) else ""


def person(cell: str) -> Person | None:
    """Return the one person a cell names; None where it is empty.

    >>> person(" Berg, Ada  <Ada@Example.org> ")
    Person(id='ada@example.org', name='Berg, Ada', written='Berg, Ada <Ada@Example.org>')
    """
    written = " ".join(cell.split())
    if not written:
        return None
    if _is_address(written):
        return Person(written.lower(), "", written.lower())
    both = _NAME_AND_ADDRESS.fullmatch(written)
    if both and _is_address(both["address"]):
        return Person(both["address"].lower(), both["name"].strip(" \"'"), written)
    return Person(written, "", written)


def people(cell: str) -> tuple[Person, ...]:
    """Return whom a cell names, each once: the parts of a list, else what semicolons or commas part.

    A comma parts addresses only, with or without a name: a plain name may have one in it.

    >>> [one.id for one in people("ben@example.org, Holt, Cleo <cleo@example.org>; Dan")]
    ['ben@example.org', 'cleo@example.org', 'Dan']
    >>> [one.id for one in people("Holt, Cleo")]
    ['Holt, Cleo']
    """
    if PART in cell:
        parts = cell.split(PART)
    elif ";" in cell or "," in cell:
        parts = [one for part in cell.split(";") for one in _between_commas(part)]
    else:
        parts = [cell]
    found = {one.id: one for one in map(person, parts) if one is not None}
    return tuple(found.values())


def _between_commas(text: str) -> list[str]:
    """Return the addresses between commas, each with its name; the text itself, if it is no such list."""
    found: list[str] = []
    begun: list[str] = []
    for part in text.split(","):
        begun.append(part)
        one = person(",".join(begun))
        if one is None or one.address:
            found.append(",".join(begun))
            begun = []
    return [text] if begun else found


def _is_address(written: str) -> bool:
    name, _, domain = written.rpartition("@")
    return bool(name) and "." in domain and " " not in written
