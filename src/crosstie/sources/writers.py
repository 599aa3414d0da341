"""Who wrote, where a mailing list put itself in the writer's place ("Ann via gardeners <gardeners@…>")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from crosstie.saying import mark

_VIA = re.compile(
    r"\s+(?:via|par|über|durch|por|tramite|através de)\s+(\S.*)$|\s+-\s+\S+\(a\)\S+$", re.IGNORECASE
)
_ADDRESS_IN_NAME = re.compile(r"([^\s<>\"'(),;:]+)(?:@| at |\(a\))([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_HIDDEN_BY_DMARC = re.compile(r"^(.+)=40(.+)@[^@]+$|^([^=@]+)=([^=@]+\.[^=@]+)@[^@]+$")
_LIST_HOST = re.compile(
    r"(?:^|\.)(?:lists?|listserv|mailman3?|groups|vger)\.|(?:googlegroups\.com|groups\.io|freelists\.org)$"
)
_LIST_NAME = re.compile(
    r"(?:^|-)(?:list|devel|users?|announce|discuss|request|bounces|owner|subscribe|unsubscribe|team|patches)$"
)
_LIST_NAMES = frozenset({"patches", "dev", "devel", "users", "announce", "discuss", "undisclosed-recipients"})
_NO_LETTER = re.compile(r"[\W_]+")


class Writer(NamedTuple):
    """Who wrote: the name, the own address ("" where it is not to be had), and whether a list hid them."""

    name: str
    address: str
    rewritten: bool = False

    @property
    def note(self) -> str:
        """What is worth counting about how the writer is known, "" if nothing."""
        if not self.rewritten:
            return ""
        if self.address:
            return mark("sender rewritten by a list, own address found")
        return mark("sender rewritten by a list, known by name within it only")


def writer_of(
    name: str,
    address: str,
    beside: Callable[[str], tuple[str, str] | None],
    *,
    list_address: str = "",
) -> Writer | None:
    """Return who wrote what stands under this name and address; None if a list stands there for nobody.

    Where a list stands there, the writer's own address is looked for in what the list wrote, then elsewhere.
    Failing that, the writer has a name and no address.

    Args:
        name: as it is stated.
        address: as it is stated, in lower case.
        beside: finds name and address of a writer of this name elsewhere, where a source may keep them.
        list_address: of the list all of it came through, "" if it is not known.
    """
    if not _stands_for_another(name, address, list_address):
        return Writer(name, address)
    own_name = _VIA.sub("", name).strip().strip("'\"").strip()
    found = own_name, _own_address(name, address)
    if not found[1]:
        found = beside(own_name) or found
    return Writer(own_name or found[0], found[1], rewritten=True) if any(found) else None


def of_name(name: str, people: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the first of exactly this name who has an address of their own."""
    wanted = name.casefold()
    return next(
        (one for one in people if wanted and one[0].casefold() == wanted and is_own_address(one[1])), None
    )


def is_own_address(address: str) -> bool:
    """Say whether an address is one, and by its form no list's."""
    return "@" in address and not is_list_address(address.lower())


@lru_cache(maxsize=8192)
def is_list_address(address: str) -> bool:
    """Say whether an address is by its form that of a list, so that nobody is behind it."""
    local, _, domain = address.partition("@")
    if _LIST_HOST.search(domain):
        return True
    if local in _LIST_NAMES:
        return True
    # "ann+some-devel@" is how a person sorts list mail; "list@" and "lists@" may be a person's own domain.
    return "-" in local and "+" not in local and _LIST_NAME.search(local) is not None


@lru_cache(maxsize=8192)
def _stands_for_another(name: str, address: str, list_address: str) -> bool:
    """Say whether a list put itself there in place of this writer."""
    local, at, domain = address.partition("@")
    if not at:
        return False
    if (
        address == list_address
        or ("=" in address and _HIDDEN_BY_DMARC.match(address))
        or _LIST_HOST.search(domain)
    ):
        return True
    via = _VIA.search(name)
    if via is None:
        return False
    # "Ann via Some Roses <some-roses@…>": a list calls itself by its own name.
    return is_list_address(address) or _letters(via[1] or "") == _letters(local)


def _own_address(name: str, address: str) -> str:
    """Return the own address that a list left in the name, or wrapped up in its own; "" if there is none."""
    inside = _ADDRESS_IN_NAME.search(name)
    if inside and is_own_address(found := f"{inside[1]}@{inside[2]}".lower()):
        return found
    hidden = _HIDDEN_BY_DMARC.match(address)
    if hidden is None:
        return ""
    local, domain = (hidden[1], hidden[2]) if hidden[1] else (hidden[3], hidden[4])
    return f"{local}@{domain}"


def _letters(name: str) -> str:
    return _NO_LETTER.sub("", name.casefold())
