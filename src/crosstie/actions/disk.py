"""What the system refuses (room, rights, a file's size), whichever library it refused it to."""

from __future__ import annotations

import errno
import os
import re
import sys

_REFUSALS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
_DUCKDB_ERRNO = re.compile(r'"errno":\s*"(\d+)"')
_DUCKDB_FILE = re.compile(r'file \\?"(.+?)\\?"')
_RUST_ERRNO = re.compile(r"\(os error (\d+)\)")
_SQLITE = {
    "database or disk is full": errno.ENOSPC,
    "disk i/o error": errno.EIO,
    "attempt to write a readonly database": errno.EROFS,
}


def refused_by_system(trouble: Exception) -> OSError | None:
    """Return what the system refused, if that is what this is; None for everything else, which is a bug.

    DuckDB, SQLite, Delta and Arrow write files themselves, and each has its own error for a full disk.
    """
    if isinstance(trouble, OSError):
        return trouble if trouble.errno in _REFUSALS else _from_rust(trouble)
    library = type(trouble).__module__.partition(".")[0].lstrip("_")
    text = str(trouble)
    if library == "duckdb" and isinstance(trouble, sys.modules["duckdb"].IOException):
        found, file = _DUCKDB_ERRNO.search(text), _DUCKDB_FILE.search(text)
        return _refusal(int(found[1]) if found else errno.EIO, file[1] if file else "")
    if library in ("django", "sqlite3"):
        number = next((number for said, number in _SQLITE.items() if said in text.casefold()), 0)
        return _refusal(number, "") if number else None
    # Arrow's writer raises no class of its own but Exception itself.
    return _from_rust(trouble) if library == "deltalake" or type(trouble) is Exception else None


def _from_rust(trouble: Exception) -> OSError | None:
    found = _RUST_ERRNO.search(str(trouble))
    return _refusal(int(found[1]), "") if found else None


def _refusal(number: int, file: str) -> OSError | None:
    if number not in _REFUSALS:
        return None
    return OSError(number, os.strerror(number), file) if file else OSError(number, os.strerror(number))
