"""What the record of a workspace tells a source of what was read before."""

from __future__ import annotations

from crosstie.actions.home import Home
from crosstie.actions.keying import message_key
from crosstie.sources.earlier import Kept, Trail

_MOST_IN_A_SAMPLE = 10_000
_SAMPLE = """
    SELECT external_id, "at", strength FROM interactions WHERE source = ? ORDER BY external_id LIMIT ?
"""


class InRecord:
    """The record of one workspace, as a `crosstie.sources.earlier.Earlier`."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def sources(self, kind: str) -> list[str]:
        """Return the sources of a kind that have interactions, sorted."""
        return [source for source in self._home.record.sources() if source.startswith(f"{kind}:")]

    def kept(self, source: str) -> Kept:
        """Return what the record has of a source; those of the smallest hashes are chosen at random."""
        with self._home.record.connect() as connection:
            ((count,),) = connection.execute(
                "SELECT count(*) FROM interactions WHERE source = ?", [source]
            ).fetchall()
            rows = connection.execute(_SAMPLE, [source, _MOST_IN_A_SAMPLE]).fetchall()
        return Kept(count, {key: Trail(at, strength) for key, at, strength in rows})

    def hashed(self, source: str, external_id: str) -> str:
        """Return the hash under which the record has an interaction, if it does."""
        return message_key(self._home.keyring, source, external_id)
