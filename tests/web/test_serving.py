"""Serving: on this machine alone, ended by Ctrl-C, a taken port said so."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from tests.web.made_up import ADA, MadeUp

from crosstie.errors import UsageRefused
from crosstie.web import app
from crosstie.web.serving import serve_pages

ROOT = Path(__file__).parents[2]
SERVE = """
from crosstie.web import app
from crosstie.web.serving import serve_pages
from tests.web.made_up import ADA, MadeUp
serve_pages(app(MadeUp(), viewer=ADA, demo=True), port=0, on_ready=lambda address: print(address, flush=True))
print("ended", flush=True)
"""


def test_pages_are_served_until_ctrl_c():
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    with subprocess.Popen(
        [sys.executable, "-c", SERVE],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    ) as process:
        assert process.stdout
        assert process.stderr
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address + "map") as answer:
            assert answer.status == 200
            assert answer.headers["Server"] == "crosstie"
            styles = answer.read().decode().partition('rel="stylesheet" href="/')[2].partition('"')[0]
        with urllib.request.urlopen(address + styles) as answer:
            assert "immutable" in answer.headers["Cache-Control"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        assert process.stdout.read() == "ended\n"
        assert process.stderr.read() == ""


def test_a_request_that_is_too_large_is_not_even_taken_in():
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-c", SERVE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as process:
        assert process.stdout
        port = int(process.stdout.readline().strip().rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
            line.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99000000\r\n\r\n")
            told = line.recv(1000)
        process.send_signal(signal.SIGINT)
    assert told.startswith(b"HTTP/1.1 413 ")


def test_a_taken_port_is_said_so():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageRefused, match=str(port)) as refused:
            serve_pages(app(MadeUp(), viewer=ADA), port=port, on_ready=print)
    assert "--port" in refused.value.hint
