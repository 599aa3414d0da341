"""How someone forgotten is known again, so that they do not come back, and which words stand for them."""

from __future__ import annotations

from crosstie.people import normal_address
from crosstie.record import Account, Keyring


def is_forgotten(keyring: Keyring, forgotten: frozenset[str], account: Account) -> bool:
    """Say whether an account is among those who asked to be forgotten, by their hashes."""
    return bool(forgotten) and not forgotten.isdisjoint(
        forgotten_digests(keyring, account.source, account.id, account.address)
    )


def forgotten_digests(keyring: Keyring, source: str, outside_id: str, address: str) -> tuple[str, ...]:
    """Return the hashes by which someone forgotten is known again: the account's, and the address's."""
    digests = [keyring.hashed("forgotten", source, outside_id)]
    for known in (address, outside_id):
        normal = normal_address(known)
        if normal:
            digests.append(keyring.hashed("forgotten-address", normal))
    return tuple(digests)


def words_for(name: str, address: str, outside_id: str) -> set[str]:
    """Return the words that stand for someone in the texts of others, and mean nobody and nothing else.

    A name of one word (Will, Rose) is blanked only where it is a mention: as a word it may be any word.
    """
    words = {address, outside_id if "@" in outside_id or any(map(str.isdigit, outside_id)) else ""}
    for called in {name, outside_id}:
        words.add(called if " " in called.strip() else f"@{called}" if called else "")
    return words - {"", "@"}


__all__ = ["forgotten_digests", "is_forgotten", "words_for"]
