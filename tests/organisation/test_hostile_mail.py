"""Anybody can write to the mailbox: no mail stops it, takes long, or makes the database wait."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.actions import company

from crosstie.actions.home import Home
from crosstie.actions.organisation import asking, incoming, receiving
from crosstie.people import Viewer
from crosstie.store.models import Arrived, Asked

pytestmark = pytest.mark.anywhere

HEAD = b"From: x@y.example\r\nMessage-ID: <1@x>\r\n"
DEEP = HEAD + b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n"
NESTED = b"".join(
    b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(2000)
)


@pytest.mark.parametrize("charset", ["undefined", "idna", "punycode", "a\0", "zlib"])
def test_text_in_no_character_set_of_mail_is_read_all_the_same(firm: Home, charset: str) -> None:
    raw = HEAD + f'Content-Type: text/plain; charset="{charset}"\r\n\r\nhi'.encode()
    assert receiving.take(firm, raw) == "not about us"
    assert incoming.read(raw).words() == "hi"


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        (DEEP + b"Content-Type: message/rfc822\r\n\r\n" * 500 + b"\r\n", "automatic"),
        (HEAD + NESTED + b"\r\nhi", "not about us"),
        (b"To: " + b"(" * 100_000 + b"\r\n" + HEAD + b"\r\nhi", "not about us"),
        (b"From: " + b"(" * 100_000 + b"\r\n\r\nhi", "automatic"),
    ],
)
def test_a_deep_mail_is_read(firm: Home, raw: bytes, outcome: str) -> None:
    assert receiving.take(firm, raw) == outcome


def test_a_zero_in_a_message_id_is_not_kept(firm: Home) -> None:
    assert receiving.take(firm, b"From: x@y.example\r\nMessage-ID: <1\0" + b"2" * 400 + b"@x>\r\n\r\nhi")
    known = Arrived.objects.get().message_id
    assert known == f"<1{'2' * 297}>"


def test_a_mail_that_cannot_be_read_is_kept_as_failed_once(
    firm: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_raw: bytes) -> incoming.Mail:
        raise RecursionError

    monkeypatch.setattr(incoming, "read", broken)
    assert receiving.take(firm, HEAD + b"\r\nhi") == "failed: RecursionError"
    assert receiving.take(firm, HEAD + b"\r\nhi") == "came before"
    assert receiving.take(firm, HEAD + b"\r\nanother") == "failed: RecursionError"
    assert Arrived.objects.filter(message_id__endswith="@without.id>").count() == 2


def test_many_recipients_and_references_are_few_queries(firm: Home, join: Callable[[str], Viewer]) -> None:
    join("Ben Olu")
    to = b"To: " + b",\r\n ".join(b"a+%024x@b.example" % n for n in range(1000))
    references = b"References: " + b"\r\n ".join(b"<letter-%d.forged@b.example>" % n for n in range(1000))
    with CaptureQueriesContext(connection) as plainly:
        assert receiving.take(firm, HEAD + b"\r\nhi") == "not about us"
    with CaptureQueriesContext(connection) as hostile:
        raw = to + b"\r\n" + references + b"\r\n" + HEAD.replace(b"1@x", b"2@x") + b"\r\nhi"
        assert receiving.take(firm, raw) == "not about us"
    assert len(hostile) <= len(plainly) + 2
    asked = [one["sql"] for one in hostile if Asked._meta.db_table in one["sql"]]
    assert len(asked) == 1
    assert asked[0].count("0" * 20) == incoming.MOST_TOKENS


def test_a_token_as_asking_makes_it_is_found_in_whatever_case(
    firm: Home, ada: Viewer, join: Callable[[str], Viewer]
) -> None:
    ben = join("Ben Olu")
    number = asking.ask(firm, ada, "How?", {ben.person: ["x"]})
    token = Asked.objects.get(question=number).token
    raw = (
        f"From: {company.address('Ben Olu')}\r\nTo: other@x.example\r\n"
        f"Delivered-To: c+{token.upper()}@x.example\r\nMessage-ID: <3@x>\r\n\r\nSo."
    ).encode()
    assert receiving.take(firm, raw) == "answer"


def test_the_body_of_a_strangers_mail_is_not_read(firm: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_mail: incoming.Mail) -> str:
        raise AssertionError

    monkeypatch.setattr(incoming.Mail, "words", read)
    assert receiving.take(firm, HEAD + b"\r\nhi") == "not about us"


SLOW = {
    "comments": b"Content-Type: text/html\r\n\r\n" + b"<!--" * 50_000,
    "quotes": b'Content-Type: text/plain; "' + b'"' * 20_000 + b"\r\n\r\nhi",
    "parameters": b"Content-Type: text/plain" + b"; a=b" * 20_000 + b"\r\n\r\nhi",
    "recipients": b"To: " + b"a@b," * 500_000 + b"\r\n\r\nhi",
}


@pytest.mark.parametrize("name", SLOW)
def test_no_mail_takes_long(name: str) -> None:
    program = (
        "import resource, sys; from crosstie.actions.organisation import incoming;"
        "resource.setrlimit(resource.RLIMIT_CPU, (20, 20));"  # of its own time, however busy the machine is
        "mail = incoming.read(sys.stdin.buffer.read()); mail.words(); mail.failure(); print(mail.sender)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=HEAD + SLOW[name], capture_output=True, check=True
    )
    assert done.stdout.strip() == b"x@y.example"
