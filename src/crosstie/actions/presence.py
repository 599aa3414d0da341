"""Which workers live: each keeps a lock on a file of its name, which the system gives back when it dies."""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
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
    found = set()
    for file in (folder / _FOLDER).glob("*"):
        if file.suffix == ".new":
            continue
        try:
            held = file.open("rb")
        except FileNotFoundError:  # it ended just now
            continue
        with held:
            try:
                fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                found.add(file.name)
            else:
                file.unlink(missing_ok=True)
    return frozenset(found)
