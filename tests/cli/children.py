"""The command in a process of its own, to be stopped, starved of disk, or raced at a chosen moment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

# What happens at the moment: the process says so and waits, or no file may grow any more.
CHILD = """
import importlib, resource, sys, time

what, where, *arguments = sys.argv[1:]
room, _, name = where.rpartition(":")
holder = importlib.import_module(room)
*inside, last = name.split(".")
for part in inside:
    holder = getattr(holder, part)
usual = getattr(holder, last)

def at_the_moment(*given, **more):
    if what == "wait":
        print("there", flush=True)
        time.sleep(120)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    return usual(*given, **more)

setattr(holder, last, at_the_moment)
from crosstie.cli import main
main(arguments)
"""

# After so many traces the source says so and waits until Ctrl-C comes.
AFTER = """
import signal, sys, time
from itertools import count
import crosstie.actions.reading as reading

after, *arguments = sys.argv[1:]
usual, number = reading.watched, count(1)

def watched(traces, progress):
    for trace in usual(traces, progress):
        if next(number) == int(after):
            print("there", flush=True)
            while signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
                time.sleep(0.01)
        yield trace

reading.watched = watched
from crosstie.cli import main
main(arguments)
"""

# Everything that takes long is imported first, so that all begin at once when they are told to.
RACER = """
import sys
import django.core.management, crosstie.actions.reading, crosstie.actions.snapshots
from crosstie.cli import main
print("ready", flush=True)
sys.stdin.readline()
main(sys.argv[1:])
"""


def child(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Start Python on some code; what it says is read from its pipes."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
