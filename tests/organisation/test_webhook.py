"""Letters to webhooks, by a real HTTP server: signed, once, and never into places they must not reach."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any, ClassVar

import pytest
from tests.house.examples import examples

from crosstie.actions.home import Home
from crosstie.actions.organisation import letters, mail_settings, webhooks, work
from crosstie.errors import UsageRefused
from crosstie.people import Viewer
from crosstie.store.models import Letter, Member

pytestmark = pytest.mark.anywhere

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "webhook.md"


class Hook(BaseHTTPRequestHandler):
    """Answers with the next status; 0 hangs up."""

    statuses: ClassVar[list[int]] = []
    taken: ClassVar[list[tuple[dict[str, str], bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((dict(self.headers), body))
        status = self.statuses.pop(0) if self.statuses else 200
        if not status:
            self.close_connection = True
            return
        self.send_response(status)
        if status == 302:
            self.send_header("Location", self.path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


@pytest.fixture
def hook(firm: Home, ada: Viewer) -> Iterator[type[Hook]]:
    Hook.statuses, Hook.taken = [], []
    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        Member.objects.filter(account=ada.account).update(
            webhook=f"http://127.0.0.1:{server.server_port}/hook?a=1", webhook_secret="s3cret"
        )
        mail_settings.keep(firm, private_webhooks=True)
        letters.write(
            key="k",
            kind="asked",
            subject="S",
            text="See\n/questions/1\n",
            account=ada.account,
            channel="webhook",
        )
        yield Hook
        server.shutdown()


def letter() -> Letter:
    return Letter.objects.get(key="k")


def test_a_letter_is_posted_once_and_signed(firm: Home, hook: type[Hook]) -> None:
    mail_settings.keep_site_address(firm, "https://c.firm.example")
    work.work_once(firm)
    work.work_once(firm)
    assert letter().state == "sent"
    ((headers, body),) = hook.taken
    assert json.loads(body) == {
        "kind": "asked",
        "subject": "S",
        "text": "See\nhttps://c.firm.example/questions/1\n",
    }
    moment = headers["X-Crosstie-Timestamp"]
    assert abs(int(moment) - time.time()) < 60
    assert headers["X-Crosstie-Signature"] == webhooks.signature("s3cret", moment, body)
    assert headers["X-Crosstie-Signature"] != webhooks.signature("other", moment, body)


@pytest.mark.usefixtures("hook")
@pytest.mark.parametrize("secret", ["s3cret", "another"])
def test_the_receiver_of_the_documentation_takes_what_is_signed_with_its_secret_and_nothing_else(
    firm: Home,
    ada: Viewer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    secret: str,
) -> None:
    named: dict[str, Any] = {}
    shown = next(one for one in examples(PAGE) if one.language == "python")
    exec(compile(shown.text, str(PAGE), "exec"), named)
    monkeypatch.setenv("WEBHOOK_SECRET", secret)
    with HTTPServer(("127.0.0.1", 0), named["Receiver"]) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        Member.objects.filter(account=ada.account).update(webhook=f"http://127.0.0.1:{server.server_port}/")
        work.work_once(firm)
        server.shutdown()
    is_ours = secret == "s3cret"
    assert letter().state == ("sent" if is_ours else "failed")
    assert ("S\n\nSee\n/questions/1" in capsys.readouterr().out) is is_ours


@pytest.mark.parametrize(
    ("status", "state"),
    [(500, "waiting"), (429, "waiting"), (404, "failed"), (302, "failed"), (0, "unclear")],
)
def test_an_answer_that_is_no_yes_is_taken_for_what_it_is(
    firm: Home, hook: type[Hook], status: int, state: str
) -> None:
    hook.statuses = [status]
    work.work_once(firm)
    assert letter().state == state
    assert len(hook.taken) == 1  # a redirect is not followed


def test_an_address_within_the_network_is_refused_unless_the_steward_allows(
    firm: Home, hook: type[Hook]
) -> None:
    mail_settings.keep(firm, private_webhooks=False)
    work.work_once(firm)
    assert letter().state == "failed"
    assert "private" in letter().trouble
    assert hook.taken == []


def test_a_webhook_that_is_not_there_is_tried_again(firm: Home, hook: type[Hook], ada: Viewer) -> None:
    Member.objects.filter(account=ada.account).update(webhook="http://127.0.0.1:9/")
    work.work_once(firm)
    assert (letter().state, letter().tries) == ("waiting", 1)
    assert hook.taken == []


@pytest.mark.parametrize(
    "inside",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1",
     "fe80::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "::a00:1",
     "::ffff:0:10.0.0.1", "fec0::1", "5f00::1"],
)  # fmt: skip
def test_what_lies_inside_is_known_however_it_is_written(inside: str) -> None:
    assert not webhooks.is_outside(ip_address(inside))
    assert webhooks.is_outside(ip_address("93.184.215.14"))


@pytest.mark.parametrize(
    "wrong",
    ["http://firm.example/", "ftp://firm.example", "https://", "https://me:pw@firm.example", "//x", "https://h:99999/",
     "https://firm.example/\r\nHost: x"],
)  # fmt: skip
def test_what_is_no_webhooks_address_is_refused(wrong: str) -> None:
    with pytest.raises(UsageRefused):
        webhooks.checked(wrong)
    assert webhooks.checked(" https://hooks.firm.example/a ") == "https://hooks.firm.example/a"
