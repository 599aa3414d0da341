"""How long does one wait for a page, cold and warm, from the real server: in the made-up company, or in DIR?

Goal: each page under 100 ms, cold and warm. *Cold* is the first time a person's page is asked for after the
server said it was ready; *warm* is every time after that. Each page is asked for over HTTP on a fresh
connection, as a whole answer. CPU is the server's own, so that a busy machine does not blur it.

    python bench/pages.py [--workspace DIR] [--people 5] [--times 10]
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil

COMMAND = [sys.executable, "-m", "crosstie"]


def ask(address: str) -> tuple[float, str]:
    started = time.perf_counter()
    with urllib.request.urlopen(address, timeout=60) as answer:
        text = answer.read().decode()
    return 1000 * (time.perf_counter() - started), text


def measured(server: psutil.Process, address: str) -> tuple[float, float]:
    """Return (milliseconds waited, milliseconds of the server's CPU)."""
    before = sum(server.cpu_times()[:2])
    waited, _ = ask(address)
    return waited, 1000 * (sum(server.cpu_times()[:2]) - before)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--times", type=int, default=10)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        workspace = arguments.workspace or Path(scratch) / "demo"
        if arguments.workspace is None:
            subprocess.run([*COMMAND, "demo", "--workspace", workspace, "--no-pages"], check=True)
        serving = subprocess.Popen(
            [*COMMAND, "serve", "--workspace", workspace, "--port", "0"], stdout=subprocess.PIPE, text=True
        )
        try:
            table(serving, arguments.people, arguments.times)
        finally:
            serving.terminate()  # not SIGINT, which is ignored below a script that runs beside
            serving.wait(30)


def table(serving: subprocess.Popen[str], people: int, times: int) -> None:
    assert serving.stdout
    base = re.search(r"http://\S+", serving.stdout.readline())
    assert base, "the server did not say where it is"
    address = base[0].rstrip("/")
    server = psutil.Process(serving.pid)
    try:
        _, looks = ask(address + "/look")
        persons = re.findall(r'href="(/as/[^"/]+/)"', looks)[1 : people + 1]
    except urllib.error.HTTPError:  # not the made-up company: its own viewer's pages
        persons = ["/"]

    cold: dict[str, list[tuple[float, float]]] = {}
    warm: dict[str, list[tuple[float, float]]] = {}
    for person in persons:
        pages = {"my circle": "", "map": "map", "map's people": "map.json", "sources": "sources"}
        cold.setdefault("my circle", []).append(measured(server, address + person))
        _, circle = ask(address + person)
        contact = re.search(rf'href="{person}(contact/[^"]+)"', circle)
        trace = re.search(rf'href="{person}(trace/[^"]+)"', circle)
        pages |= {"a contact": contact[1]} if contact else {}
        pages |= {"an original": trace[1]} if trace else {}
        for name, path in pages.items():
            if name != "my circle":
                cold.setdefault(name, []).append(measured(server, address + person + path))
            warm.setdefault(name, []).extend(measured(server, address + person + path) for _ in range(times))

    print(f"{'page':<14}{'cold ms':>9}{'worst':>8}{'CPU':>7}{'warm ms':>10}{'worst':>8}{'CPU':>7}")
    for name, first in cold.items():
        print(f"{name:<14}{row(first, 9)}{row(warm[name], 10)}")


def row(measures: list[tuple[float, float]], width: int) -> str:
    waited = [wait for wait, _ in measures]
    spent = statistics.fmean(cpu for _, cpu in measures)
    return f"{statistics.median(waited):>{width}.0f}{max(waited):>8.0f}{spent:>7.0f}"


if __name__ == "__main__":
    main()
