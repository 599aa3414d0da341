"""Run every task, one after the other: `make evaluate`."""

from __future__ import annotations

import resource
import subprocess
import sys
import time

TASKS: tuple[str, ...] = (
    "replies",
    "routing",
    "helping",
    "asked_before",
    "introductions",
    "panels",
    "direction",
    "requests",
    "survival",
)
"""One module each in this folder, in the order in which they are run."""


def main() -> None:
    """Run them, each in a process of its own; what is given is handed on."""
    wrong = 0
    for name in TASKS:
        print(f"\n# {name}\n", flush=True)
        began, used = time.monotonic(), _used()
        done = subprocess.run([sys.executable, "-m", f"evaluation.{name}", *sys.argv[1:]], check=False)
        wrong |= done.returncode
        print(f"\n{name}: {time.monotonic() - began:.0f} s, {_used() - used:.0f} CPU-s", flush=True)
    sys.exit(wrong)


def _used() -> float:
    """The CPU-seconds of all tasks that are over."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
