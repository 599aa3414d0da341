"""The file .mailmap: which names and addresses are the same committer, by git's own rules (gitmailmap(5))."""

from __future__ import annotations

import re

_CONTACT = re.compile(r"\s*([^<>]*?)\s*<([^<>]*)>")


class Mailmap:
    """Maps a name and an address as they stand in a trailer or a log to those the project wants."""

    def __init__(self, text: str = "") -> None:
        self._by_address: dict[str, tuple[str, str]] = {}
        self._by_name_and_address: dict[tuple[str, str], tuple[str, str]] = {}
        for line in text.splitlines():
            if not line.startswith("#"):
                self._add(_CONTACT.findall(line)[:2])

    def mapped(self, name: str, address: str) -> tuple[str, str]:
        """Return the name and address to use; compared without regard to case, as git does."""
        folded = address.lower()
        found = self._by_name_and_address.get((folded, name.lower())) or self._by_address.get(folded)
        if found is None:
            return name, address
        return found[0] or name, found[1] or address

    def _add(self, contacts: list[tuple[str, str]]) -> None:
        if not contacts or not contacts[0][1]:
            return
        name, address = contacts[0]
        if len(contacts) == 1:
            old_name, old_address, address = "", address, ""
        else:
            old_name, old_address = contacts[1]
        if not name and not address:
            return
        if old_name:
            self._by_name_and_address[old_address.lower(), old_name.lower()] = (name, address)
        else:
            known_name, known_address = self._by_address.get(old_address.lower(), ("", ""))
            self._by_address[old_address.lower()] = (name or known_name, address or known_address)
