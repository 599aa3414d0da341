"""Compiling in a process beside what the command does, so that the first snapshot finds its code compiled."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from crosstie.cli import show

_BEHIND = 5


@contextmanager
def compiled_beside() -> Iterator[None]:
    """Compile beside the block, behind it where the machine is too small; where all is compiled, do nothing.

    At the end of the block it is ended: what it has not come to yet is compiled by whoever needs it, who need
    not wait for a process that others go before. So it is begun once, not after each short reading. If it
    fails, that is said.
    """
    from crosstie.actions.compiling import note_begun, was_begun

    if was_begun():
        yield
        return
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "crosstie.actions.compiling"], stdout=subprocess.DEVNULL, stderr=said
        )
        with suppress(OSError):  # it is gone already
            os.setpriority(os.PRIO_PROCESS, process.pid, _BEHIND)
        try:
            yield
        finally:
            has_failed = bool(process.poll())
            process.terminate()
            process.wait()
        if has_failed:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines() or ["no reason was given"]
            show.echo(f"Compiling beforehand failed: {lines[-1]}", err=True)
        else:
            note_begun()
