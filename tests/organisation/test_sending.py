"""Letters go out by a real SMTP server, once."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default

import pytest
from tests.organisation.mail_server import Taken, free_port, smtp

from crosstie.actions.home import Home
from crosstie.actions.organisation import letters, mail_settings, outbox, queue, sending, work
from crosstie.errors import UsageRefused
from crosstie.people import Viewer
from crosstie.store.models import Letter


@pytest.fixture
def post(firm: Home) -> Iterator[Taken]:
    with smtp() as (taken, port):
        mail_settings.keep(
            firm, sending=f"smtp://127.0.0.1:{port}", sender="crosstie@firm.example", plus=True
        )
        mail_settings.keep_site_address(firm, "https://crosstie.firm.example")
        yield taken


def write(key: str = "one", **more: object) -> Letter:
    given: dict[str, object] = {"address": "ben@firm.example", "subject": "Hällo", "text": "Ä line.\n"}
    letters.write(key=key, kind="test", **(given | more))  # type: ignore[arg-type]  # the defaults of a test
    return Letter.objects.get(key=key)


def read(raw: bytes) -> EmailMessage:
    mail: Message = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def state(letter: Letter) -> str:
    return Letter.objects.get(pk=letter.pk).state


def test_a_letter_goes_out_once_with_the_headers_of_a_machines_mail(firm: Home, post: Taken) -> None:
    letter = write(
        text="Your way in: /join/abc\n\nNot this /one here.\n",
        headers={"Reply-Token": "abcdef012345", "List-Unsubscribe": "/preferences"},
        attachments=[{"name": "m.ics", "type": "text/calendar; method=REQUEST", "text": "BEGIN:VCALENDAR"}],
    )
    work.work_once(firm)
    work.work_once(firm)
    assert state(letter) == "sent"
    (raw,) = post.mails
    mail = read(raw)
    assert mail["Subject"] == "Hällo"
    assert mail["From"] == "Firm <crosstie@firm.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Reply-To"] == "crosstie+abcdef012345@firm.example"
    assert mail["List-Unsubscribe"] == "<https://crosstie.firm.example/preferences>"
    assert mail["Message-ID"] == sending.message_id(firm, letter, "crosstie@firm.example")
    body = mail.get_body(("plain",))
    assert body is not None
    assert "https://crosstie.firm.example/join/abc" in body.get_content()
    assert "this /one here" in body.get_content()
    (calendar,) = mail.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "REQUEST"


def test_a_name_in_a_letter_steers_no_mail_program(firm: Home, post: Taken) -> None:
    firm.store.set_fact("organisation", "Fi\u202erm\r\nX-Other: yes")
    letter = write(subject="Ben\u202e\x07\x1b[31m asks you", text="Ben\u202e asks:\n\n\x1b[2JWhat?\n")
    work.work_once(firm)
    assert state(letter) == "sent"
    mail = read(post.mails[0])
    assert mail["Subject"] == "Ben[31m asks you"
    assert mail["From"].addresses[0].display_name == "Firm X-Other: yes"
    assert mail["X-Other"] is None
    assert mail.get_content().rstrip().splitlines() == ["Ben asks:", "", "[2JWhat?"]


def test_a_letter_to_nobody_any_more_fails_and_the_next_one_goes(firm: Home, post: Taken) -> None:
    to_none, refused, good = (
        write("a", address="", account="nobody"),
        write("b", address="gone@x.de"),
        write("c"),
    )
    work.work_once(firm)
    assert [state(one) for one in (to_none, refused, good)] == ["failed", "failed", "sent"]
    assert post.recipients == ["ben@firm.example"]


def test_what_the_server_puts_off_is_tried_again_later_and_given_up_at_last(firm: Home, post: Taken) -> None:
    letter = write()
    post.answers = ["451 busy", "451 busy"]
    work.work_once(firm)
    put_off = Letter.objects.get(pk=letter.pk)
    assert (put_off.state, put_off.tries) == ("waiting", 1)
    assert "451" in put_off.trouble
    assert put_off.due_at > letter.due_at
    Letter.objects.filter(pk=letter.pk).update(due_at=letter.due_at, tries=queue.MOST_TRIES - 1)
    work.work_once(firm)
    assert state(letter) == "failed"
    assert post.mails == []


def test_a_line_that_breaks_after_handing_over_leaves_the_letter_unclear_and_unsent(
    firm: Home, post: Taken, ada: Viewer
) -> None:
    letter = write()
    post.answers = ["hang up"]
    work.work_once(firm)
    work.work_once(firm)
    assert state(letter) == "unclear"
    assert len(post.mails) == 1
    (shown,) = outbox.failed_letters(firm, ada)
    assert (shown.number, shown.state) == (letter.pk, "unclear")
    outbox.send_again(firm, ada, letter.pk)
    work.work_once(firm)
    assert state(letter) == "sent"
    assert len({read(raw)["Message-ID"] for raw in post.mails}) == 1


def test_letters_wait_where_no_server_is_set_or_none_answers(firm: Home) -> None:
    letter = write()
    work.work_once(firm)
    assert Letter.objects.get(pk=letter.pk).tries == 0
    mail_settings.keep(firm, sending=f"smtp://127.0.0.1:{free_port()}", sender="c@firm.example")
    work.work_once(firm)
    waiting = Letter.objects.get(pk=letter.pk)
    assert (waiting.state, waiting.tries) == ("waiting", 1)


def test_passwords_are_the_owners_alone_and_go_over_no_open_wire(home: Home) -> None:
    kept = mail_settings.keep(
        home,
        sending="smtp://me:p%40ss@mail.firm.example",
        receiving="imaps://me:x@mail.firm.example",
        sender="a@b.de",
    )
    assert kept.sending is not None
    assert (kept.sending.password, kept.sending.security, kept.sending.port) == ("p@ss", "starttls", 587)
    assert kept.receiving is not None
    assert kept.receiving.security == "tls"
    assert "p@ss" not in kept.sending.shown
    assert stat.S_IMODE((home.folder / mail_settings.FILE).stat().st_mode) == 0o600
    assert mail_settings.kept(home) == kept
    for wrong in ("http://mail.example", "smtp://", "smtp://h:99999"):
        with pytest.raises(UsageRefused):
            mail_settings.keep(home, sending=wrong)


def test_a_forged_message_id_is_no_letter(firm: Home) -> None:
    letter = write()
    good = sending.message_id(firm, letter, "c@firm.example")
    assert sending.letters_in(firm, f"x {good}") == [letter]
    assert sending.letters_in(firm, f"<letter-{letter.pk}.{'A' * 24}@firm.example>") == []
