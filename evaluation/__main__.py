"""Run every task, one after the other: `make evaluate`."""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

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
    "files",
)
"""One module each in this folder, in the order in which they are run."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run them, each in a process of its own; what is given is handed on."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation",
        description="Run every task; all else that is given is handed on to each of them.",
    )
    parser.add_argument("--out", type=Path, help="a folder for the predictions, a file a task")
    given, handed_on = parser.parse_known_args(arguments)
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for name in TASKS:
        # What is printed with --json stays JSON.
        print(f"\n# {name}\n", file=sys.stderr, flush=True)
        out = ["--out", str(given.out / f"{name}.txt")] if given.out else []
        began, used = time.monotonic(), _used()
        done = subprocess.run([sys.executable, "-m", f"evaluation.{name}", *handed_on, *out], check=False)
        wrong |= done.returncode
        took = f"{time.monotonic() - began:.0f} s, {_used() - used:.0f} CPU-s"
        print(f"\n{name}: {took}", file=sys.stderr, flush=True)
    sys.exit(wrong)


def _used() -> float:
    """Return the CPU-seconds of all tasks that are over."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
