"""How long does one wait for the pages of an organisation of 500 people and a million interactions?

Goal: 95 of 100 times under 150 ms on two cores, whatever page. From the real server with its worker, by two
who load pages at once, each as several members in turn. Which pages there are is found by following links
and by walking the addresses: whatever answers a plain GET is loaded, the newest included. *First* is the
slowest first load by a member, and is no part of the rest. Also: what was answered before and who could help
(POST /ask) for questions of 15 words.

With `--busy` somebody asks a question every 20 seconds, which the worker carries into the record: all that
is derived from it is then made anew while people read. CPU is the server's, for a page loaded alone, worker
and all, so that other work on the machine does not blur it as it does the waiting.

The workspace is made once and kept in a temporary folder; that takes some minutes.

    python bench/organisation.py [--rows 1000000] [--people 500] [--times 20] [--busy]
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crosstie.web.settings")
import numpy as np
import psutil
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver

GOAL_MS = 150
COMMAND = [sys.executable, "-m", "crosstie"]
MEMBERS = (0, 1, 17, 41, 58)  # a steward, a facilitator, and three others
EXAMPLES = 12  # addresses of one kind
ENTERING = re.compile(r"^(account/|join/|sign-in|set-up|api/|digest/stop)")


@dataclass(slots=True)
class Browser:
    """One member's."""

    base: str
    jar: CookieJar = field(default_factory=CookieJar)

    def get(self, path: str, data: dict[str, str] | None = None) -> tuple[float, int, str]:
        """Return milliseconds, status and text; of a download, no text."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        body = urllib.parse.urlencode(data).encode() if data else None
        started = time.perf_counter()
        try:
            with opener.open(self.base + path, body, timeout=120) as answer:
                status, text = answer.status, answer.read().decode("utf-8", "replace")
                text = "" if answer.headers.get("Content-Disposition", "").startswith("attach") else text
        except urllib.error.HTTPError as refused:
            status, text = refused.code, refused.read().decode("utf-8", "replace")
        return 1000 * (time.perf_counter() - started), status, text

    def post(self, path: str, form: str, **data: str) -> tuple[float, int, str]:
        """Post with the token of a form on another page."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(form)[2])
        assert token, f"{form} has no form"
        return self.get(path, {"csrfmiddlewaretoken": token[1], **data})

    def sign_in(self, address: str, password: str) -> None:
        status, text = self.post("/account/login/", "/account/login/", login=address, password=password)[1:]
        assert status == 200, f"{address} cannot sign in"
        assert 'name="password"' not in text, f"{address} cannot sign in"


@dataclass(slots=True)
class Found:
    """By route: who loads which path, how long the slowest first load took; and why others are not loaded."""

    paths: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    first: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    left: dict[str, str] = field(default_factory=dict)


def pages(browsers: list[Browser]) -> Found:
    """Find the pages, and load each for the first time."""
    found, resolver = Found(), get_resolver("crosstie.web.organisation.urls")
    routes = [route for route in _routes(resolver) if not ENTERING.match(route)]
    for who, browser in enumerate(browsers):
        waiting, seen = ["/", *("/" + route for route in routes if "<" not in route)], set()
        while waiting:
            path = waiting.pop(0)
            try:
                route = resolver.resolve(path.partition("?")[0]).route
            except Resolver404:
                continue
            own = [one for one, _ in found.paths[route] if one == who]
            if path in seen or ENTERING.match(route) or len(own) >= EXAMPLES:
                continue
            seen.add(path)
            waited, status, text = browser.get(path)
            if status != 200 or not text:
                found.left[route] = f"answers {status}" if text else f"a download, made in {waited:.0f} ms"
                continue
            if not own:
                found.first[route] = max(found.first[route], waited)
            found.paths[route].append((who, path))
            waiting += [one.partition("#")[0] for one in re.findall(r'href="(/[^"/][^"]*)"', text)]
    found.paths = {route: paths for route, paths in found.paths.items() if paths}
    for route in routes:
        _, status, _ = browsers[0].get("/" + re.sub("<[^>]+>", "1", route))
        if route not in found.paths and status != 405:  # it is there for forms alone
            found.left[route] = found.left.get(route, "no link leads there")
        else:
            found.left.pop(route, None)
    return found


def _routes(resolver: URLResolver, before: str = "") -> list[str]:
    rows = []
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        rows += [route] if isinstance(one, URLPattern) else _routes(one, route)
    return rows


def loaded(
    browsers: list[Browser], found: dict[str, list[tuple[int, str]]], times: int, texts: list[str]
) -> tuple[dict[str, list[float]], list[str]]:
    """Load every page so many times, two at once; return the milliseconds by route, and what went wrong."""
    took: dict[str, list[float]] = defaultdict(list)
    wrong: list[str] = []
    work: list[tuple[str, int, str, str]] = []
    for route, paths in found.items():
        turns = itertools.islice(itertools.cycle(paths), times)
        work += [(route, who, path, "") for who, path in turns]
    work += [("POST ask", row % len(browsers), "/ask", text) for row, text in enumerate(texts)]
    np.random.default_rng(3).shuffle(work)
    tokens = [
        re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get("/ask")[2])
        for browser in browsers
    ]
    lock = threading.Lock()

    def load() -> None:
        while True:
            with lock:
                if not work:
                    return
                route, who, path, text = work.pop()
            token = tokens[int(who)]
            data = {"csrfmiddlewaretoken": token[1], "text": text} if text and token else None
            waited, status, _ = browsers[int(who)].get(path, data)
            with lock:
                took[route].append(waited)
                if status != 200:
                    wrong.append(f"{path}: {status}")

    two = [threading.Thread(target=load) for _ in range(2)]
    for one in two:
        one.start()
    for one in two:
        one.join()
    return took, wrong


def processes(serving: subprocess.Popen[str]) -> list[psutil.Process]:
    """Return those that answer, and the worker."""
    first = psutil.Process(serving.pid)
    return [first, *first.children()]


def cpu(serving: subprocess.Popen[str]) -> float:
    """Return the CPU seconds spent so far."""
    return float(sum(sum(one.cpu_times()[:2]) for one in processes(serving)))


def alone(serving: subprocess.Popen[str], browsers: list[Browser], found: Found) -> dict[str, float]:
    """Load a page of each kind thrice, one by one; return milliseconds of the server's CPU by route."""
    spent = {}
    for route, paths in found.paths.items():
        who, path = paths[-1]
        before = cpu(serving)
        for _ in range(3):
            browsers[who].get(path)
        spent[route] = 1000 * (cpu(serving) - before) / 3
    return spent


def asking(browser: Browser, texts: list[str], stop: threading.Event) -> None:
    """Ask a question now and then."""
    for text in itertools.cycle(texts):
        browser.post("/ask/send", "/ask", text=f"{text} {time.time():.0f}")
        if stop.wait(20):
            return


def table(took: dict[str, list[float]], first: dict[str, float], spent: dict[str, float]) -> None:
    print(f"{'page':<52}{'CPU':>8}{'first':>8}{'p50':>8}{'p95':>8}{'max':>8}  ms")
    for route, waits in sorted(took.items(), key=lambda row: -float(np.quantile(row[1], 0.95))):
        middle, slow, most = np.quantile(waits, [0.5, 0.95, 1.0])
        over = "  over" if slow > GOAL_MS else ""
        cpu = f"{spent[route]:.0f}" if route in spent else ""
        print(f"/{route:<51}{cpu:>8}{first.get(route, 0):>8.0f}{middle:>8.0f}{slow:>8.0f}{most:>8.0f}{over}")
    middle, slow, most = np.quantile(list(itertools.chain(*took.values())), [0.5, 0.95, 1.0])
    print(f"{'all':<52}{'':>16}{middle:>8.0f}{slow:>8.0f}{most:>8.0f}")


def workspace(rows: int, people: int) -> Path:
    """Return the workspace, making it where it is missing."""
    folder = Path(tempfile.gettempdir()) / f"crosstie-bench-organisation-{rows}-{people}"
    if not folder.exists():
        from _organisation import make

        beside = folder.with_name(f"{folder.name}.making")
        subprocess.run(["rm", "-rf", beside], check=True)
        started = time.perf_counter()
        make(beside, rows, people)
        beside.rename(folder)
        print(f"made in {time.perf_counter() - started:.0f} s")
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--busy", action="store_true")
    given = parser.parse_args()
    folder = workspace(given.rows, given.people)
    serving = subprocess.Popen(
        [*COMMAND, "serve", "--workspace", folder, "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    try:
        measure(serving, given.times, is_busy=given.busy)
    finally:
        serving.terminate()  # not SIGINT, which is ignored below a script that runs beside
        serving.wait(60)


def measure(serving: subprocess.Popen[str], times: int, *, is_busy: bool) -> None:
    from _organisation import PASSWORD, address, sentences

    assert serving.stdout
    started = time.perf_counter()
    base = re.search(r"http://\S+", serving.stdout.readline())
    assert base, "the server did not say where it is"
    print(f"ready in {time.perf_counter() - started:.1f} s")
    browsers = [Browser(base[0].rstrip("/")) for _ in MEMBERS]
    for browser, person in zip(browsers, MEMBERS, strict=True):
        browser.sign_in(address(person), PASSWORD)
    texts = sentences(np.random.default_rng(5), 3 * times, 15)
    while "is being read" in (asked := browsers[2].post("/ask", "/ask", text=texts[0]))[2]:
        time.sleep(5)  # a worker makes what advice rests on
    found = pages(browsers)
    found.first["POST ask"] = asked[0]
    loaded(browsers, found.paths, 2 * len(browsers), [])  # by every process that answers
    stop = threading.Event()
    other = threading.Thread(target=asking, args=(browsers[-1], texts, stop))
    if is_busy:
        other.start()
    before, started = cpu(serving), time.perf_counter()
    took, wrong = loaded(browsers, found.paths, times, texts)
    spent, passed = cpu(serving) - before, time.perf_counter() - started
    stop.set()
    if is_busy:
        other.join()
    table(took, found.first, alone(serving, browsers, found))
    print(f"{sum(map(len, took.values()))} pages in {passed:.0f} s, {spent:.0f} s of the server's CPU")
    sizes = ", ".join(f"{one.memory_info().rss / 2**20:.0f}" for one in processes(serving))
    print(f"memory of the server's processes: {sizes} MiB")
    for route, why in sorted(found.left.items()):
        print(f"not loaded: /{route} ({why})")
    for line in wrong[:10]:
        print("went wrong:", line)


if __name__ == "__main__":
    main()
