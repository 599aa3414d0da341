"""Answers come in by a real IMAP server: once, from people, from the one who was asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.utils import timezone
from tests.actions import company
from tests.organisation.mail_server import Mailbox, imap

from crosstie.actions.home import Home
from crosstie.actions.organisation import incoming, letters, mail_settings, receiving, sending
from crosstie.people import Viewer
from crosstie.store.models import Arrived, Asked, Letter, Question

pytestmark = pytest.mark.anywhere

TOKEN = "0123456789abcdef01234567"
OWN = "crosstie@firm.example"


@pytest.fixture(scope="module")
def server() -> Iterator[Mailbox]:
    if not Path("/usr/sbin/dovecot").exists():
        assert os.environ.get("CI") != "true", "no Dovecot: nothing is skipped in CI"
        pytest.skip("Dovecot is not installed: apt-get install dovecot-imapd")
    with imap() as box:
        yield box


@pytest.fixture
def asked(firm: Home, ada: Viewer, join: Callable[[str], Viewer]) -> Asked:
    ben = join("Ben Olu")
    question = Question.objects.create(account=ada.account, text="How?", asked_at=timezone.now())
    letters.write(
        key="asked",
        kind="asked",
        subject="How?",
        text="How?",
        account=ben.account,
        headers={"Reply-Token": TOKEN},
    )
    Letter.objects.filter(key="asked").update(state="sent")
    mail_settings.keep(firm, sending="smtp://127.0.0.1:1", sender=OWN, plus=True)
    return Asked.objects.create(question=question, account=ben.account, token=TOKEN, asked_at=timezone.now())


def reply(text: str = "Try this.", **headers: str) -> bytes:
    mail = EmailMessage()
    given = {
        "From": f"Ben Olu <{company.address('Ben Olu')}>",
        "To": f"crosstie+{TOKEN}@firm.example",
        "Subject": "Re: How?",
        "Message-ID": "<one@firm.example>",
    }
    for name, value in (given | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        if value:
            mail[name] = value
    mail.set_content(text)
    return mail.as_bytes()


class Took:
    def __init__(self) -> None:
        self.answers: list[tuple[str, str, str]] = []

    def __call__(self, _home: Home, token: str, text: str, message_id: str) -> int:
        self.answers.append((token, text, message_id))
        return 1


def test_an_answer_is_taken_from_the_mailbox_once_and_the_mailbox_stays_as_it_is(
    firm: Home, asked: Asked, server: Mailbox
) -> None:
    took = Took()
    mail_settings.keep(firm, receiving=f"imap://crosstie:secret@127.0.0.1:{server.port}")
    server.put(reply("Ask Cléo.\n\nAm Mo., 2. März 2026 um 09:14 schrieb Firm <c@f.example>:\n> How?\n"))
    assert receiving.receive(firm, answer=took) == {"answer": 1}
    assert receiving.receive(firm, answer=took) == {}
    server.put(reply("Ask Cléo."))  # the same mail, delivered again
    server.put(reply("Another.", Message_ID="<two@firm.example>"))
    assert receiving.receive(firm, answer=took) == {"came before": 1, "answer": 1}
    assert took.answers == [
        (asked.token, "Ask Cléo.", "<one@firm.example>"),
        (asked.token, "Another.", "<two@firm.example>"),
    ]
    assert server.unseen() == 3


def test_an_answer_by_mail_becomes_one_of_the_questions(firm: Home, asked: Asked) -> None:
    assert receiving.take(firm, reply("Try this.")) == "answer"
    assert [one.text for one in asked.question.answers.all()] == ["Try this."]
    assert receiving.take(firm, reply("Try this.")) == "came before"
    assert asked.question.answers.count() == 1


def test_without_plus_addressing_the_letter_replied_to_says_what_is_answered(
    firm: Home, asked: Asked
) -> None:
    took = Took()
    letter = Letter.objects.get(key="asked")
    known = sending.message_id(firm, letter, OWN)
    assert receiving.take(firm, reply(To=OWN, In_Reply_To=known), answer=took) == "answer"
    forged = f"<letter-{letter.pk}.{'x' * 24}@firm.example>"
    mail = reply(To=OWN, In_Reply_To=forged, Message_ID="<2@x>")
    assert receiving.take(firm, mail, answer=took) == "not about us"
    assert len(took.answers) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"Subject": "Automatische Antwort: How?"},
        {"Subject": "Out of Office: How?"},
        {"From": "MAILER-DAEMON@firm.example"},
        {"From": OWN},
    ],
)
def test_what_a_machine_wrote_is_no_answer_and_gets_none(
    firm: Home, asked: Asked, headers: dict[str, str]
) -> None:
    took, before = Took(), Letter.objects.count()
    assert receiving.take(firm, reply(**headers), answer=took) == "automatic"
    assert took.answers == []
    assert Letter.objects.count() == before


def test_somebody_else_cannot_answer_with_the_token(firm: Home, asked: Asked) -> None:
    took = Took()
    assert receiving.take(firm, reply(From="eve@evil.example"), answer=took) == "not from the one asked"
    assert (
        receiving.take(
            firm, reply(To="crosstie+ffffffffffffffff@firm.example", Message_ID="<3@x>"), answer=took
        )
        == "not about us"
    )
    assert took.answers == []
    assert "evil" not in str(list(Arrived.objects.values()))


def test_a_letter_that_came_back_has_failed(firm: Home, asked: Asked) -> None:
    letter = Letter.objects.get(key="asked")

    def bounce(known: str, action: str) -> bytes:
        return (
            "From: MAILER-DAEMON@mx.example\r\nReturn-Path: <>\r\nMessage-ID: <"
            + action
            + str(len(known))
            + "@mx>\r\n"
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
            "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
            "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
            f"Action: {action}\r\nStatus: 5.1.1\r\n\r\n"
            "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
            f"Message-ID: {known}\r\nSubject: How?\r\n\r\n--b--\r\n"
        ).encode()

    known = sending.message_id(firm, letter, OWN)
    assert receiving.take(firm, bounce(f"<letter-{letter.pk}.forged@firm.example>", "failed")) == "automatic"
    assert receiving.take(firm, bounce(known, "delayed")) == "automatic"
    assert Letter.objects.get(pk=letter.pk).state == "sent"
    assert receiving.take(firm, bounce(known, "failed")) == "came back"
    came_back = Letter.objects.get(pk=letter.pk)
    assert (came_back.state, came_back.trouble) == ("failed", "It came back: 5.1.1")


@pytest.mark.parametrize(
    "mail",
    [
        "Yes.\n\nOn Mon, 2 Mar 2026 at 09:14, Firm <c@f.example> wrote:\n> How?\n> Why?\n",
        "Yes.\n\nOn Mon, 2 Mar 2026 at 09:14, Firm with a long name\n<c@f.example> wrote:\n\n> How?\n",
        "Yes.\n\nAm 02.03.26 um 09:14 schrieb Firm:\n> How?",
        "Yes.\n\nAm 02.03.26 um 09:14 schrieb Firm <c@f.example>:\n\nHow?\n",
        "Yes.\r\n\r\n-----Ursprüngliche Nachricht-----\r\nVon: Firm\r\nGesendet: Montag\r\nHow?",
        "Yes.\n\nFrom: Firm <c@f.example>\nSent: Monday\nTo: Ben\nSubject: How?\n\nHow?",
        "Yes.\n-- \nBen Olu\nFirm",
    ],
)
def test_only_the_new_words_of_a_reply_are_read(mail: str) -> None:
    assert incoming.new_words(mail) == "Yes."


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\xff",
        b"Content-Type: multipart/mixed\n\n",
        b"From: a@b\nContent-Type: text/plain; charset=none\n\n\xff",
    ],
)
def test_a_broken_mail_is_no_answer_and_stops_nothing(firm: Home, raw: bytes) -> None:
    assert receiving.take(firm, raw) in {"automatic", "not about us"}


def test_html_is_read_as_words_where_there_is_nothing_else() -> None:
    raw = b"From: a@b.de\nContent-Type: text/html\n\n<p>Try&nbsp;this.</p><blockquote>How?</blockquote>"
    assert incoming.read(raw).words() == "Try this."
