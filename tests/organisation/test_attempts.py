"""Attempts to sign in are counted over all processes and over a restart, and nobody reads who made them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache, caches
from tests.actions import company
from tests.organisation.conftest import PASSWORD
from tests.organisation.test_entering_pages import ADA, sign_in

from crosstie.actions.organisation import backup
from crosstie.web.organisation.attempts import FILE, Attempts

pytestmark = pytest.mark.long

TRIES = """
import json, sys
from pathlib import Path
from django.conf import settings
from django.test import Client
from crosstie.actions.organisation.opening import open_organisation
from crosstie.web.organisation import site_of
from crosstie.web.organisation.application import SITE

with open_organisation(Path(sys.argv[1])) as home:
    browser = Client(**{SITE: site_of(home), "HTTP_HOST": "127.0.0.1:8000"})
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    said = {"login": sys.argv[2], "password": "wrong"}
    pages = [browser.post("/account/login/", said).content.decode() for _ in range(int(sys.argv[3]))]
print(json.dumps(["tried too often" in page for page in pages]))
"""
"""Passwords are hashed in no time, as `hash_quickly` has it: what is tried is how often one may try."""


@pytest.fixture
def kept(home, site) -> Callable[[], Attempts]:
    """Return a function that opens what is counted anew, as another process would."""
    site()
    return lambda: Attempts(str(home.folder / FILE), {})


def tries_elsewhere(folder: Path, times: int) -> list[bool]:
    """Try wrong passwords in a process of its own; return which of them were refused unseen."""
    command = [sys.executable, "-c", TRIES, str(folder), ADA, str(times)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    refused: list[bool] = json.loads(done.stdout.splitlines()[-1])
    return refused


class TestSigningIn:
    def test_a_second_process_or_a_restart_gives_no_further_tries(self, site, firm):
        assert tries_elsewhere(firm.folder, 3) == [False] * 3
        assert tries_elsewhere(firm.folder, 3) == [False, False, True]
        refused = sign_in(site())  # with the right password
        assert refused.status_code == 200
        assert "tried too often" in refused.content.decode()

    def test_others_are_not_kept_out_by_it_and_it_passes(self, site, firm, join):
        browser = site()
        for _ in range(6):
            sign_in(browser, company.address("Ben Olu"), "wrong")
        assert sign_in(browser).status_code == 302
        with time_machine.travel(time.time() + 6 * 60):
            assert "too often" not in sign_in(site(), company.address("Ben Olu"), "wrong").content.decode()

    def test_who_signs_in_rightly_uses_up_no_try(self, site, firm):
        assert [sign_in(site()).status_code for _ in range(8)] == [302] * 8


class TestCounting:
    def test_of_many_at_once_none_is_lost(self, kept):
        kept().add("n", 0, timeout=600)

        def count() -> None:
            own = kept()
            for _ in range(50):
                own.incr("n")

        threads = [threading.Thread(target=count) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert kept().get("n") == 200

    def test_of_many_at_once_one_is_first(self, kept):
        first: list[bool] = []
        begin = threading.Barrier(4)

        def claim() -> None:
            own = kept()
            begin.wait()
            first.append(own.add("lock", True, timeout=60))

        threads = [threading.Thread(target=claim) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert sorted(first) == [False, False, False, True]

    def test_many_at_once_may_make_the_file(self, tmp_path):
        for number in range(40):
            place = str(tmp_path / f"{number}.sqlite3")
            begin = threading.Barrier(6)

            def look(place: str = place, begin: threading.Barrier = begin) -> object:
                begin.wait()
                return Attempts(place, {}).get("n", 7)

            with ThreadPoolExecutor(6) as threads:
                looks = [threads.submit(look) for _ in range(6)]
            assert [one.result() for one in looks] == [7] * 6

    def test_what_ended_is_gone_from_the_file_with_the_next_attempt(self, kept):
        one = kept()
        one.set("old", [1.5], timeout=60)
        with time_machine.travel(time.time() + 2 * 60):
            assert one.get("old", []) == []
            assert one.add("old", [2.5], timeout=60)
            one.set("other", 1, timeout=60)
            with pytest.raises(ValueError, match="Nothing is kept"):
                one.incr("nothing")
        assert rows(one) == 2

    def test_it_does_what_django_asks_of_a_cache(self, kept):
        one = kept()
        one.set_many({"a": 1, "b": [1, 2]}, timeout=60)
        assert one.get_many(["a", "b", "c"]) == {"a": 1, "b": [1, 2]}
        assert "a" in one
        assert one.touch("a", timeout=None)
        assert one.decr("a") == 0
        assert one.delete("b")
        assert not one.delete("b")
        one.clear()
        assert one.get("a") is None

    def test_nobody_reads_from_it_who_tried_or_from_where(self, site, firm):
        sign_in(site(), ADA, "wrong")
        files = [one for one in firm.folder.iterdir() if one.name.startswith(FILE)]
        assert len(files) >= 1
        held = b"".join(one.read_bytes() for one in files)
        assert held
        for secret in (ADA, "127.0.0.1", "firm.example", PASSWORD, "login_failed"):
            assert secret.encode() not in held

    def test_no_backup_holds_it(self, site, firm, tmp_path):
        sign_in(site(), ADA, "wrong")
        backup.back_up(firm, tmp_path / "all.tar.gz")
        assert (firm.folder / FILE).exists()
        restored = tmp_path / "restored"
        backup.restore(tmp_path / "all.tar.gz", restored)
        assert not (restored / FILE).exists()


def test_pages_that_limit_nothing_touch_it_not(site, firm):
    browser = site()
    sign_in(browser)
    place = caches["default"]
    assert isinstance(place, Attempts)
    counted = rows(place)
    cache.clear()
    for path in ("/", "/ask", "/members", "/me"):
        assert browser.get(path).status_code == 200
    assert rows(place) == 0 < counted


def rows(place: Attempts) -> int:
    return int(place._do("SELECT count(*) FROM kept", ()).fetchone()[0])
