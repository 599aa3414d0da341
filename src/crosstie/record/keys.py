"""Opaque keys for accounts and places, and keyed hashes for ids that come from outside."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field

from crosstie.errors import WorkspaceRefused

SECRET_BYTES = 32
SHORTEST_SECRET_BYTES = 16

# No i, l, o, 0, 1: a key is sometimes read aloud. Twelve characters stand inside DuckDB's string
# value itself, which makes joins on keys cheaper; they carry 59 random bits.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_SIGNS = _LETTERS + "23456789"
_KEY_LENGTH = 12


def new_key() -> str:
    """Return a new random opaque key: 12 characters, the first of them a letter."""
    return secrets.choice(_LETTERS) + "".join(secrets.choice(_SIGNS) for _ in range(_KEY_LENGTH - 1))


def outside_key(number: int) -> str:
    """Return the key of the first, second, … person outside in one interaction: the same in every other.

    Whom it stands for is kept nowhere. The number tells those in one message apart, so that each still has
    their share of it; it says nothing about who they were, and no random key can look like it.
    """
    return f"outside.{number}"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The workspace's secret, and the hashes made with it.

    Attributes:
        secret: 16 to 64 random bytes, kept with the workspace and never shown.
    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not SHORTEST_SECRET_BYTES <= len(self.secret) <= hashlib.blake2b.MAX_KEY_SIZE:
            raise WorkspaceRefused(
                f"The workspace's secret has {len(self.secret)} bytes; "
                f"{SHORTEST_SECRET_BYTES} to {hashlib.blake2b.MAX_KEY_SIZE} are needed.",
                hint="Restore the workspace from a backup, or read the exports into a new one.",
            )

    @classmethod
    def new(cls) -> Keyring:
        """Return a keyring with a new random secret."""
        return cls(secrets.token_bytes(SECRET_BYTES))

    def hashed(self, *parts: str) -> str:
        """Return the keyed hash of the parts: 24 characters that are safe in addresses and file names.

        The same parts give the same hash in this workspace and another one in every other, so an id from
        outside can be recognised and not read back. Each part is preceded by its length, so that no two
        lists of parts are joined into the same bytes.
        """
        digest = hashlib.blake2b(key=self.secret, digest_size=18)
        for part in parts:
            # A broken encoding may leave lone surrogates in an id; they must hash, not fail.
            encoded = part.encode("utf-8", "surrogatepass")
            digest.update(len(encoded).to_bytes(8, "big"))
            digest.update(encoded)
        return base64.urlsafe_b64encode(digest.digest()).decode("ascii")
