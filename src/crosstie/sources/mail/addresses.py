"""Who stands in an address header: names and addresses, as one account each."""

from __future__ import annotations

import email.utils
import re
from functools import lru_cache
from typing import NamedTuple

from crosstie.sources.encoded import ADDRESS, name_of
from crosstie.sources.mail.headers import plain

_PART = r"[^\s<>,;:\"()@\[\]\\]"
_USUAL = re.compile(
    rf"""[\s,]*(?:
        "((?:[^"\\]|\\.)*)"\s*<\s*({_PART}+@{_PART}+)\s*>        # "Name" <address>
      | ([^"<>(),:;@\\]*)<\s*({_PART}+@{_PART}+)\s*>             # Name <address>
      | ({_PART}+@{_PART}+)(?:\s*\(([^()"\\,]*)\))?              # address, or address (Name)
    )\s*(?:,|$)""",
    re.VERBOSE,
)
_LOOSE = re.compile(rf"[\s,]*([^<>,:;\"]*)<\s*(?:mailto:)?({_PART}+@{_PART}+)\s*>\s*(?:,|$)")
_COMMENTED = re.compile(rf"\s*({_PART}+@{_PART}+)\s*\((.*)\)\s*")
_OBSCURED = re.compile(
    r"(?<![\w.+-])([\w.+=~!#$%&'*/?^`{|}-]+)(?: at |\(a\))([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
)
_LENIENT: dict[str, bool] = (
    {"strict": False} if getattr(email.utils, "supports_strict_parsing", False) else {}
)


class Person(NamedTuple):
    """How someone appears in a header: the name people read ("" if none), and the address."""

    name: str
    address: str


@lru_cache(maxsize=8192)
def people_in(value: bytes) -> tuple[Person, ...]:
    """Return the people in an address header, in order; what has no address is not among them.

    Structure is read before encoded words, so a comma inside an encoded name parts nobody. Unusual
    forms (groups, comments, routes) go to the standard library.
    """
    text = plain(value)
    if " at " in text or "(a)" in text:
        text = _OBSCURED.sub(r"\1@\2", text)
    people: list[Person] = []
    at, end = 0, len(text)
    while at < end:
        found = _USUAL.match(text, at)
        if found is None:
            loose = _LOOSE.match(text, at)
            if loose:
                people.append(Person(name_of(loose[1]), normal(loose[2])))
                at = loose.end()
                continue
            rest = text[at:].strip(" \t,")
            if rest:
                people.extend(_odd(rest))
            break
        quoted, first, bare, second, third, comment = found.groups()
        address = normal(first or second or third)
        if address:
            people.append(Person(name_of(quoted or bare or comment or ""), address))
        at = found.end()
    return tuple(people)


@lru_cache(maxsize=8192)
def normal(address: str) -> str:
    """Return an address as an account id: lower case, without what is wrapped around it; "" if none."""
    lowered = address.strip(" \t\r\n'\"<>").lower().removeprefix("mailto:").rstrip(".")
    local, sign, domain = lowered.rpartition("@")
    if not sign or not local or not domain or lowered.split(maxsplit=1) != [lowered]:
        return ""
    return lowered


def _odd(text: str) -> list[Person]:
    """Read an unusual address list with the standard library, then take the addresses it overlooked."""
    commented = _COMMENTED.fullmatch(text)
    if commented and "@" not in commented[2]:
        return [Person(name_of(commented[2]), normal(commented[1]))]
    # A bare comma inside an encoded word would tear the name; hide it there.
    hidden = re.sub(
        r"=\?[^?]+\?[bBqQ]\?[^?]*\?=", lambda found: found[0].replace(",", "=2C").replace(" ", "_"), text
    )
    try:
        pairs = email.utils.getaddresses([hidden], **_LENIENT)
    except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
        pairs = []
    people = [Person(name_of(name), normal(address)) for name, address in pairs]
    people = [person for person in people if person.address]
    if not people:
        people = [Person("", normal(found[0])) for found in ADDRESS.finditer(text)]
    return people
