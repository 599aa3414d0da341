"""Run every task, one after the other: `make evaluate`."""

from __future__ import annotations

import subprocess
import sys

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
        done = subprocess.run([sys.executable, "-m", f"evaluation.{name}", *sys.argv[1:]], check=False)
        wrong |= done.returncode
    sys.exit(wrong)


if __name__ == "__main__":
    main()
