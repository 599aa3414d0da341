"""What becomes of the mails of an archive and of a mailbox."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.sources.mail import samples
from tests.sources.mail.reader import read, read_bytes

from crosstie.record import Kind, Openness


def test_every_mail_of_the_sample_is_used_or_explained(tmp_path):
    outcome = read(samples.make(tmp_path))
    assert outcome.ledger.read == samples.UNITS
    assert outcome.ledger.used == 13 == len(outcome.interactions)
    assert outcome.ledger.left_out == {"automatic mail": 1, "same message again": 1, "unreadable date": 1}


def test_a_mail_to_a_list_is_said_in_the_open_place_of_the_list(tmp_path):
    outcome = read(samples.make(tmp_path))
    said = outcome.by_id("1@example.org")
    assert (said.kind, said.actor, said.place) == (
        Kind.SAID,
        "ada@example.org",
        "list:gardeners.lists.example.org",
    )
    assert said.openness is Openness.OPEN
    assert said.at == datetime(2024, 3, 4, 9, tzinfo=UTC)
    assert said.addressed == ()  # the list's own address is nobody
    assert [place.name for place in outcome.places] == ["Gardeners of Example"]


def test_a_reply_names_the_mail_it_answers_and_the_thread(tmp_path):
    outcome = read(samples.make(tmp_path))
    reply, second = outcome.by_id("11@example.org"), outcome.by_id("12@example.org")
    assert (reply.kind, reply.replies_to, reply.thread) == (Kind.REPLIED, "1@example.org", "1@example.org")
    assert (second.replies_to, second.thread) == ("11@example.org", "1@example.org")
    assert reply.text == "Which rose do you mean?"
    assert reply.asks is True
    assert outcome.by_id("1@example.org").thread == "1@example.org"


def test_three_recipients_make_three_addressed(tmp_path):
    outcome = read(samples.make(tmp_path))
    assert outcome.by_id("13@example.org").addressed == (
        "ada@example.org",
        "ben@example.org",
        "dan@example.org",
    )
    assert outcome.accounts["ben@example.org"].name == "Ben Burke"


def test_a_sender_rewritten_by_the_list_is_found_again(tmp_path):
    outcome = read(samples.make(tmp_path))
    assert outcome.by_id("12@example.org").actor == "cleo@example.org"
    assert outcome.accounts["cleo@example.org"].name == "Cleo Crane"
    assert "gardeners@lists.example.org" not in outcome.accounts


def test_mail_of_a_mailbox_is_direct_and_read_for_the_viewer_only(tmp_path):
    mails = samples.mail(1) + samples.mail(2, to="Dan <dan@example.org>, ben@example.org")
    mails += samples.mail(3, sender="Eve <eve@example.net>", to="dan@example.org")
    assert read_bytes(tmp_path, mails).interactions == []
    outcome = read_bytes(tmp_path, mails, viewer="ben@example.org")
    assert [one.external_id for one in outcome.interactions] == ["1@example.org", "2@example.org"]
    assert outcome.ledger.left_out == {"direct place that does not involve the viewer": 1}
    assert {(one.text, one.link, one.place) for one in outcome.interactions} == {(None, "", "mailbox")}
    assert "eve@example.net" not in outcome.accounts


def test_list_mail_in_a_mailbox_belongs_to_the_members_of_the_list(tmp_path):
    mails = b"".join(samples.list_mail(number) for number in range(20))
    mails += samples.mail(30, to="ben@example.org") * 2
    outcome = read_bytes(tmp_path, mails, viewer="ada@example.org")
    assert {place.openness for place in outcome.places} == {Openness.MEMBERS, Openness.DIRECT}


def test_a_mail_without_an_id_has_one_made_of_what_it_says_and_is_read_once(tmp_path):
    nameless = samples.mail(1, message_id="X-Other: 1\n", body="No id here.\n")
    moved = nameless.replace(b"X-Other: 1", b"X-Other: 2")  # came by another way, and says the same
    another = samples.mail(1, message_id="X-Other: 1\n", body="Nor here.\n")
    outcome = read_bytes(tmp_path, nameless + moved + another, viewer="ada@example.org")
    assert [one.external_id[:5] for one in outcome.interactions] == ["made:", "made:"]
    assert outcome.ledger.left_out == {"same message again": 1}
    assert outcome.ledger.notes["mail without Message-ID, id made from its contents"] == 2
