"""Who may touch the record's files: one writer at a time, and readers whose files stay until they leave.

Both rest on `flock`, which the system takes back when a process dies, so a killed one leaves nothing behind
that would have to be repaired. A reader's *lease* is a file that it keeps locked; its name begins with
the version that the reader sees. Files of older versions may go when no lease of an older version is held.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crosstie.errors import WorkspaceBusy

_PAUSE_SECONDS = 0.02


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Be the one writer while the block runs.

    Raises:
        WorkspaceBusy: another process, or another part of this one, is writing.
    """
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WorkspaceBusy(
                f'Someone else is writing to the record in "{path.parent.parent}".',
                hint="Wait until the other run is done, then repeat this one.",
            ) from error
        yield


class Leases:
    """The leases of all readers of one record.

    Args:
        folder: where leases and the spilled parts of queries lie; made where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._gate = folder / "gate"
        folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def taken(self, version_now: Callable[[], int]) -> Iterator[tuple[int, Path]]:
        """Hold a lease on the present version while the block runs.

        Args:
            version_now: reads the present version; called while nothing can be taken away.

        Yields:
            The version, and a folder (not yet made) that is removed with the lease, for what a query spills.
        """
        with self._passing(fcntl.LOCK_SH):
            version = version_now()
            path = self._folder / f"{version}-{uuid.uuid4().hex}"
            lease = path.open("x")
            fcntl.flock(lease, fcntl.LOCK_EX)
        spilled = path.with_suffix(".spilled")
        try:
            yield version, spilled
        finally:
            shutil.rmtree(spilled, ignore_errors=True)
            path.unlink(missing_ok=True)
            lease.close()

    def when_unread(self, version: int, take_away: Callable[[], None], *, patience_seconds: float) -> bool:
        """Call `take_away` once nobody reads a version older than `version`; no reader can begin meanwhile.

        New readers are let in between two looks, so a waiting writer keeps nobody out.

        Returns:
            Whether it was called, or patience ran out first.
        """
        deadline = time.monotonic() + patience_seconds
        while True:
            with self._passing(fcntl.LOCK_EX):
                if not self._is_read_before(version):
                    take_away()
                    return True
            if time.monotonic() >= deadline:
                return False
            time.sleep(_PAUSE_SECONDS)

    @contextmanager
    def _passing(self, how: int) -> Iterator[None]:
        with self._gate.open("a") as gate:
            fcntl.flock(gate, how)
            yield

    def _is_read_before(self, version: int) -> bool:
        """Return whether a living reader sees an older version; clear up after those that died."""
        is_read = False
        for path in self._folder.iterdir():
            if path == self._gate or path.suffix == ".spilled":
                continue
            try:
                lease = path.open("rb")
            except FileNotFoundError:  # its reader left just now
                continue
            with lease:
                try:
                    fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    is_read = is_read or int(path.name.partition("-")[0]) < version
                else:
                    shutil.rmtree(path.with_suffix(".spilled"), ignore_errors=True)
                    path.unlink(missing_ok=True)
        return is_read


def settle(path: Path) -> None:
    """Wait until the disk holds a file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
