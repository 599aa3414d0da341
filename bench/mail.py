"""How fast mail is read, beside perceval on the same archive, and whether memory and time stay in line.

    .venv/bin/python bench/mail.py [--perceval PYTHON] [--mbox FILE] [--rounds N] [--skip-large]

perceval (1.6.1 when this was written) is asked in its own interpreter, since its dependencies may clash:

    uv venv DIRECTORY && uv pip install --python DIRECTORY/bin/python perceval
    .venv/bin/python bench/mail.py --perceval DIRECTORY/bin/python

All times are CPU seconds of a child process, the two readers in turn. Both read addresses, threads and
bodies; crosstie makes its accounts and interactions besides. Exits with 1 where a goal is missed, 2
where perceval or the archive is missing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ARCHIVE = Path(__file__).resolve().parents[2] / "shared" / "data" / "mail-ltp-2023-2024.mbox.gz"
GOAL_RATIO = 8.0
GOAL_MEMORY_MIB = 350
GOAL_GROWTH = 5.0
LARGE = 1_000_000_000
MESSAGE_ID = re.compile(rb"(?im)^(message-id:\s*<)")

PERCEVAL = """
import json, sys, time
from perceval.backends.core.mbox import MBox
box = MBox("bench", sys.argv[1])
start = time.process_time()
count = sum(1 for _ in box.fetch())
print(json.dumps({"mails": count, "seconds": time.process_time() - start}))
"""
CROSSTIE = """
import json, sys, time
from pathlib import Path
from crosstie.sources import Door, Ledger
from crosstie.sources.mail import SOURCE
door = Door(Ledger())
start = time.process_time()
count = sum(1 for _ in SOURCE.read(Path(sys.argv[1]), SOURCE.defaults(), door))
seconds = time.process_time() - start
status = Path("/proc/self/status").read_text()
peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
print(json.dumps({"mails": door.ledger.read, "seconds": seconds, "peak_mib": peak / 1024}))
"""


def run(python: str, script: str, path: Path) -> dict[str, float]:
    done = subprocess.run([python, "-c", script, str(path)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"A reader failed:\n{done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def has_perceval(python: str) -> bool:
    if shutil.which(python) is None:
        return False
    return subprocess.run([python, "-c", "import perceval"], capture_output=True, check=False).returncode == 0


def copies(mails: bytes, path: Path, *, number: int = 0, size: int = 0) -> None:
    """Write an archive several times over, each time with ids of its own."""
    with path.open("wb") as file:
        count = 0
        while count < number or file.tell() < size:
            file.write(MESSAGE_ID.sub(rb"\g<1>%d." % count, mails))
            count += 1


def beside_perceval(python: str, mbox: Path, rounds: int) -> bool:
    folder = Path(tempfile.mkdtemp(dir=mbox.parent))
    (folder / "archive.mbox").symlink_to(mbox)
    ours, theirs, ratios = [], [], []
    for _ in range(rounds):
        first = run(sys.executable, CROSSTIE, mbox)
        other = run(python, PERCEVAL, folder)
        second = run(sys.executable, CROSSTIE, mbox)
        own = (first["mails"] / first["seconds"] + second["mails"] / second["seconds"]) / 2
        ours.append(own)
        theirs.append(other["mails"] / other["seconds"])
        ratios.append(ours[-1] / theirs[-1])
    ratio = statistics.median(ratios)
    print("mails per CPU second (median of rounds)")
    print(f"  crosstie   {statistics.median(ours):10,.0f}   of {first['mails']:,.0f} mails")
    print(f"  perceval   {statistics.median(theirs):10,.0f}   of {other['mails']:,.0f} mails")
    print(f"  ratio      {ratio:10.1f}   goal: at least {GOAL_RATIO:.0f}")
    print(f"  rounds     {min(ratios):10.1f}   to {max(ratios):.1f}")
    return ratio >= GOAL_RATIO


def growth(mails: bytes, folder: Path) -> bool:
    path = folder / "grown.mbox"
    times = {}
    for number in (1, 4):
        copies(mails, path, number=number)
        times[number] = min(run(sys.executable, CROSSTIE, path)["seconds"] for _ in range(2))
    factor = times[4] / times[1]
    print(f"4 times the mails take {factor:.2f} times the CPU time; goal: under {GOAL_GROWTH:.0f}")
    return factor < GOAL_GROWTH


def memory(mails: bytes, folder: Path) -> bool:
    path = folder / "large.mbox"
    copies(mails, path, size=LARGE)
    outcome = run(sys.executable, CROSSTIE, path)
    print(
        f"an mbox of {path.stat().st_size / 1e9:.2f} GB, {outcome['mails']:,.0f} mails: high-water mark "
        f"{outcome['peak_mib']:.0f} MiB, {outcome['seconds']:.0f} CPU seconds; goal: {GOAL_MEMORY_MIB} MiB"
    )
    return outcome["peak_mib"] < GOAL_MEMORY_MIB


def main() -> int:
    shown_as_written = argparse.RawDescriptionHelpFormatter
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=shown_as_written)
    asked.add_argument("--perceval", default=sys.executable, help="an interpreter that has perceval")
    asked.add_argument("--mbox", type=Path, default=ARCHIVE)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--skip-large", action="store_true", help="leave out growth and memory")
    chosen = asked.parse_args()
    if not chosen.mbox.exists():
        print(f"The archive {chosen.mbox} is missing; name another with --mbox.", file=sys.stderr)
        return 2
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        opened = gzip.open if chosen.mbox.suffix == ".gz" else open
        with opened(chosen.mbox, "rb") as file:
            mails = file.read()
        mbox = folder / "archive.mbox"
        mbox.write_bytes(mails)
        met = []
        if not chosen.skip_large:
            met += [growth(mails, folder), memory(mails, folder)]
        if not has_perceval(chosen.perceval):
            print(f"perceval is missing from {chosen.perceval}; see --help.", file=sys.stderr)
            return 2
        met.append(beside_perceval(chosen.perceval, mbox, chosen.rounds))
    print(f"({time.monotonic() - start:.0f} seconds)")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
