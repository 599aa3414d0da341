"""How often somebody tried: a cache in a file of its own, for limits that hold over all processes together.

Django's own that need no service count each process apart, take two steps where it has to be one, or write
into the tables of the workspace (docs/decisions/0028-tokens-end-and-attempts-are-counted-together.md).
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.utils.crypto import salted_hmac

FILE: Final = "attempts.sqlite3"
"""Beside the workspace's database; no backup holds it, and it may be deleted while nothing serves."""

_PATIENCE_SECONDS = 5.0
_TABLE = (
    "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value TEXT NOT NULL, ends REAL) WITHOUT ROWID"
)
_KEEP = "INSERT INTO kept VALUES (?, ?, ?)"
_ANEW = f"{_KEEP} ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends = excluded.ends"


class Attempts(BaseCache):
    """Keeps plain values under keyed digests: nobody reads from the file who tried, or from where.

    Each step is one statement of SQLite, so that of two processes at once neither is lost.
    """

    def __init__(self, place: str, params: Mapping[str, Any]) -> None:
        super().__init__(dict(params))
        self._place = place
        self._opened: sqlite3.Connection | None = None

    def add(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Keep a value unless there is one; say whether it was kept."""
        self._drop_ended()
        row = (self._kept_as(key, version), json.dumps(value), self.get_backend_timeout(timeout))
        return self._do(f"{_KEEP} ON CONFLICT (key) DO NOTHING", row).rowcount == 1

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Return a value that has not ended."""
        found = self._do(
            "SELECT value FROM kept WHERE key = ? AND (ends IS NULL OR ends > ?)",
            (self._kept_as(key, version), time.time()),
        ).fetchone()
        return default if found is None else json.loads(found[0])

    def set(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep a value in place of another."""
        self._drop_ended()
        self._do(_ANEW, (self._kept_as(key, version), json.dumps(value), self.get_backend_timeout(timeout)))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Add to a number, and return it.

        Raises:
            ValueError: there is none.
        """
        found = self._do(
            "UPDATE kept SET value = value + ? WHERE key = ? AND (ends IS NULL OR ends > ?) RETURNING value",
            (delta, self._kept_as(key, version), time.time()),
        ).fetchone()
        if found is None:
            raise ValueError(f"Nothing is kept as {key!r}.")
        return int(found[0])

    def touch(self, key: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Let a value end at another time; say whether there was one."""
        self._drop_ended()
        row = (self.get_backend_timeout(timeout), self._kept_as(key, version))
        return self._do("UPDATE kept SET ends = ? WHERE key = ?", row).rowcount == 1

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Drop a value; say whether there was one."""
        return self._do("DELETE FROM kept WHERE key = ?", (self._kept_as(key, version),)).rowcount == 1

    def clear(self) -> None:
        """Drop all values."""
        self._do("DELETE FROM kept", ())

    def __del__(self) -> None:
        """Close the file with its thread; after each request it would have to be written through."""
        if self._opened is not None:
            self._opened.close()

    def _kept_as(self, key: Any, version: int | None) -> str:
        return salted_hmac("attempts", self.make_and_validate_key(key, version=version)).hexdigest()

    def _drop_ended(self) -> None:
        self._do("DELETE FROM kept WHERE ends <= ?", (time.time(),))

    def _do(self, statement: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        if self._opened is None:
            self._opened = _opened(self._place)
        return self._opened.execute(statement, values)


def _opened(place: str) -> sqlite3.Connection:
    """Open the file, or make it."""
    opened = sqlite3.connect(
        place,
        timeout=_PATIENCE_SECONDS,
        isolation_level=None,
        check_same_thread=False,  # each thread has its own; any may be the last to hold it
    )
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            opened.execute("PRAGMA journal_mode=WAL")
            break
        except sqlite3.OperationalError as trouble:
            # Of several who make the file SQLite lets none wait for this.
            if trouble.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                opened.close()
                raise
            time.sleep(0.01)
    opened.execute("PRAGMA synchronous=NORMAL")
    opened.execute(_TABLE)
    return opened
