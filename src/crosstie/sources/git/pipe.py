"""A git that is started to be read from."""

from __future__ import annotations

import fcntl
import subprocess
from collections.abc import Mapping, Sequence
from typing import IO, cast

_PIPE = 1 << 20


def started(
    command: Sequence[str],
    environment: Mapping[str, str],
    complaints: IO[bytes] | int,
    told: int = subprocess.DEVNULL,
) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    """Start git, and return it with what it writes, unbuffered.

    Args:
        command: the whole of it.
        environment: for git.
        complaints: where git's errors go.
        told: whence git reads: nowhere, or a pipe.
    """
    process = subprocess.Popen(  # noqa: S603 -- an argument list of our own; the path is resolved
        command,
        stdin=told,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env=environment,
        bufsize=0,
    )
    output = cast("IO[bytes]", process.stdout)
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        fcntl.fcntl(output.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)  # fewer and larger reads
    return process, output
