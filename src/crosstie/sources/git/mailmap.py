"""The file .mailmap: which names and addresses are the same committer, by git's own rules (gitmailmap(5))."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

from crosstie.saying import mark
from crosstie.sources.encoded import decoded
from crosstie.sources.ledger import Ledger

_LARGEST = 1 << 24
_NAME = ".mailmap"
_LACKING = mark(
    "file .mailmap that this clone lacks, so one person may count as several; to fetch it, run in the clone"
)
_UNTOLD = mark(
    "clone that does not tell whether it has a .mailmap, so one person may count as several; run in the clone"
)
_COMMAND = f"git show HEAD:{_NAME}"
_CONTACT = re.compile(r"\s*([^<>]*?)\s*<([^<>]*)>")


class Mailmap:
    """Maps a name and an address as they stand in a trailer or a log to those the project wants."""

    def __init__(self, text: str = "") -> None:
        self._by_address: dict[str, tuple[str, str]] = {}
        self._by_name_and_address: dict[tuple[str, str], tuple[str, str]] = {}
        for line in text.splitlines():
            if not line.startswith("#"):
                self._add([(decoded(name), address) for name, address in _CONTACT.findall(line)[:2]])

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


class Ask(Protocol):
    """Asks git something: what it says, None where it fails."""

    def __call__(self, *arguments: str) -> str | None:
        """Ask."""


def text_of(ask: Ask, work_tree: Path | None, ledger: Ledger) -> str:
    """Return the text of .mailmap as git uses it: the committed one, then the one in the work tree.

    A clone made without its files may lack it, which is noted where the work tree has none; nothing is
    fetched.

    Args:
        ask: asks git.
        work_tree: the folder that the files stand in; None where there is none.
        ledger: where it is noted.
    """
    committed, trouble = _committed(ask)
    here = _beside(work_tree) if work_tree is not None else None
    if here is None:
        if trouble:
            ledger.note(f"{trouble}: {_COMMAND}")
        return committed
    return f"{committed}\n{here}"


def _committed(ask: Ask) -> tuple[str, str]:
    """Return the text that is committed, "" for none, and what is to be noted."""
    listed = ask("ls-tree", "--full-tree", "HEAD", "--", _NAME)
    if listed is None:  # without a commit that is checked out there is none
        return "", _UNTOLD if ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}") else ""
    kind, _, rest = listed.partition(" ")[2].partition(" ")
    if kind != "blob":
        return "", ""
    text = ask("cat-file", "blob", rest.partition("\t")[0])
    return ("", _LACKING) if text is None else (text, "")


def _beside(work_tree: Path) -> str | None:
    """Return the text in the work tree, None where there is none, or it is a link or absurdly large."""
    found = work_tree / _NAME
    if not found.is_file() or found.is_symlink() or found.stat().st_size >= _LARGEST:
        return None
    return found.read_text(encoding="utf-8", errors="replace")
