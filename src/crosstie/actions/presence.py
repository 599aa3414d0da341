"""Which workers live: each keeps a lock on a file of its name, which the system gives back when it dies."""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_FOLDER = "workers"


@contextmanager
def present(folder: Path) -> Iterator[str]:
    """Be a living worker of a workspace while the block runs; yield the name to claim work under."""
    name = f"{os.getpid()}-{uuid.uuid4().hex[:12]}"
    own = folder / _FOLDER / name
    own.parent.mkdir(exist_ok=True, mode=0o700)
    beside = own.with_suffix(".new")
    with beside.open("x") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        beside.rename(own)  # nobody sees it unlocked
        try:
            yield name
        finally:
            own.unlink(missing_ok=True)


def living(folder: Path) -> frozenset[str]:
    """Return the names of the workers that live; the files of those that died are cleared away."""
    # Asked some twenty times a page, so without paths and file objects, which cost four times as much.
    try:
        names = os.listdir(f"{folder}/{_FOLDER}")  # noqa: PTH208 - as above
    except FileNotFoundError:
        return frozenset()
    return frozenset(
        name for name in names if not name.endswith(".new") and _lives(f"{folder}/{_FOLDER}/{name}")
    )


def _lives(file: str) -> bool:
    """Say whether the worker behind a file lives; if not, clear it away."""
    try:
        held = os.open(file, os.O_RDONLY)
    except FileNotFoundError:  # it ended just now
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        with suppress(FileNotFoundError):
            os.unlink(file)  # noqa: PTH108 - as above
        return False
    finally:
        os.close(held)
