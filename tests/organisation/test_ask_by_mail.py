"""Asked where they are: by mail over a real SMTP server and back over a real IMAP server, and by webhook."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import HTTPServer
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from tests.actions import company
from tests.organisation.conftest import PASSWORD
from tests.organisation.mail_server import Mailbox, Taken, imap, smtp
from tests.organisation.test_webhook import Hook

from crosstie.actions.organisation import asking, mail_settings, work
from crosstie.store.models import Answer, Arrived, Asked, Letter, Member, Question

TEXT = "Message 0 of Ada?"


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    if not Path("/usr/sbin/dovecot").exists():
        assert os.environ.get("CI") != "true", "no Dovecot: nothing is skipped in CI"
        pytest.skip("Dovecot is not installed: apt-get install dovecot-imapd")
    with imap() as box:
        yield box


@pytest.fixture
def post(firm) -> Iterator[Taken]:
    with smtp() as (taken, port):
        mail_settings.keep(
            firm, sending=f"smtp://127.0.0.1:{port}", sender="crosstie@firm.example", plus=True
        )
        mail_settings.keep_site_address(firm, "https://crosstie.firm.example")
        yield taken


@pytest.fixture
def browser(site):
    def signed_in(name: str):
        opened = site()
        said = {"login": company.address(name), "password": PASSWORD}
        assert opened.post("/account/login/", said).status_code == 302
        return opened

    return signed_in


@pytest.fixture
def ben(ben):
    row = Member.objects.get(pk=ben.member)
    row.set_password(PASSWORD)
    row.save()
    return ben


@pytest.fixture
def asked(firm, post, browser, ben) -> EmailMessage:
    """Ada asks Ben; the mail he gets."""
    browser("Ada Berg").post("/ask/send", {"text": TEXT, "person": [ben.person]})
    work.work_once(firm)
    return newest(post, to="Ben Olu")


def newest(post: Taken, *, to: str) -> EmailMessage:
    mails = [message_from_bytes(raw, policy=default) for raw in post.mails]
    found = [mail for mail in mails if company.address(to) in str(mail["To"])]
    assert isinstance(found[-1], EmailMessage)
    return found[-1]


def reply(asked: EmailMessage, text: str, number: int, **headers: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = company.address("Ben Olu"), str(asked["Reply-To"])
    mail["Subject"], mail["Message-ID"] = f"Re: {asked['Subject']}", f"<{number}@ben.firm.example>"
    mail["In-Reply-To"] = str(asked["Message-ID"])
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def test_the_mail_says_who_asks_what_why_them_and_how_to_answer(asked):
    said = asked.get_content()
    assert str(asked["Subject"]) == "Ada Berg asks for your help"
    assert TEXT in said
    assert re.search(r"^- Answered questions like this one in questions, the last on ", said, re.MULTILINE)
    assert f"https://crosstie.firm.example/questions/{Question.objects.get().pk}" in said
    assert re.fullmatch(r"crosstie\+[0-9a-f]{24}@firm\.example", str(asked["Reply-To"]))


def test_a_reply_becomes_an_answer_and_the_asker_reads_it_and_an_absence_becomes_nothing(  # noqa: PLR0917 - everyone plays a part
    firm, post, mailbox, browser, ben, asked
):
    mail_settings.keep(firm, receiving=f"imap://crosstie:secret@127.0.0.1:{mailbox.port}")
    mailbox.put(reply(asked, "I am away until Monday.", 1, Auto_Submitted="auto-replied"))
    mailbox.put(reply(asked, "Start it again.\n\nBen\n\n> Message 0 of Ada?\n", 2))
    work.work_once(firm)
    assert [(one.text, one.via) for one in Answer.objects.all()] == [("Start it again.\n\nBen", "mail")]
    assert sorted(Arrived.objects.values_list("outcome", flat=True)) == ["answer", "automatic"]
    assert "Start it again." in newest(post, to="Ada Berg").get_content()
    sent = len(post.mails)
    work.work_once(firm)
    assert len(post.mails) == sent  # nothing answers an absence, and nothing comes twice
    answer = Answer.objects.get()
    browser("Ada Berg").post(f"/questions/{answer.question_id}/accept/{answer.pk}")
    work.work_once(firm)
    assert str(newest(post, to="Ben Olu")["Subject"]) == "Your answer helped"


def test_later_really_reminds_in_three_days_once_and_with_the_same_way_to_answer(
    firm, post, browser, ben, asked
):
    row = Asked.objects.get()
    browser("Ben Olu").post(f"/questions/{row.question_id}/asked/{row.pk}", {"what": "later"})
    sent = len(post.mails)
    work.work_once(firm)
    assert len(post.mails) == sent
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1), tick=True):
        work.work_once(firm)
        work.work_once(firm)
    reminder = newest(post, to="Ben Olu")
    assert len(post.mails) == sent + 1
    assert str(reminder["Subject"]) == "The question you put off"
    assert TEXT in reminder.get_content()
    assert reminder["Reply-To"] == asked["Reply-To"]


def test_whoever_has_a_webhook_is_asked_there_too(firm, post, browser, ben):
    Hook.statuses, Hook.taken = [], []
    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        mail_settings.keep(firm, private_webhooks=True)
        Member.objects.filter(pk=ben.member).update(
            webhook=f"http://127.0.0.1:{server.server_port}/", webhook_secret="s3cret"
        )
        browser("Ada Berg").post("/ask/send", {"text": TEXT, "person": [ben.person]})
        work.work_once(firm)
        server.shutdown()
    ((_, body),) = Hook.taken
    said = json.loads(body)
    assert said["subject"] == "Ada Berg asks for your help"
    assert "Answered questions like this one in questions" in said["text"]
    assert newest(post, to="Ben Olu")["Subject"] == said["subject"]


@pytest.mark.parametrize("takes_replies", [True, False])
def test_only_a_mail_that_is_taken_in_says_that_one_can_reply_to_it(firm, ada, ben, takes_replies):
    if takes_replies:
        mail_settings.keep(firm, receiving="imap://crosstie:secret@127.0.0.1:143")
    Member.objects.filter(pk=ben.member).update(webhook="http://127.0.0.1:9/", webhook_secret="s3cret")
    number = asking.ask(firm, ada, TEXT, {ben.person: ["You do."]})
    by = {one.channel: one.text for one in Letter.objects.filter(kind="asked")}
    assert ("replying to this mail" in by["mail"]) is takes_replies
    assert "mail" not in by["webhook"]
    for text in by.values():
        assert "where you can also pass it on" in text
        assert f"/questions/{number}" in text
