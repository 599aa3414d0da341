"""Lists: whose mail, who wrote, and when a file is an archive open to everyone."""

from __future__ import annotations

import pytest
from tests.sources.mail import samples
from tests.sources.mail.reader import read, read_bytes

from crosstie.record import Interaction, Openness
from crosstie.sources import Door, Ledger, Mode
from crosstie.sources.mail import SOURCE
from crosstie.sources.mail.headers import scan
from crosstie.sources.mail.lists import list_of, sender_of

LIST = "List-Id: Gardeners <gardeners.lists.example.org>\n"


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (LIST, ("gardeners.lists.example.org", "Gardeners", "gardeners@lists.example.org")),
        ("List-ID: <g.example.org>\n", ("g.example.org", "g", "g@example.org")),
        ("List-Post: <mailto:g@example.org?x=y>\n", ("g.example.org", "g", "g@example.org")),
        (
            "Mailing-List: list g@example.org; contact o@example.org\n",
            ("g.example.org", "g", "g@example.org"),
        ),
        (
            "List-Id: =?utf-8?q?G=C3=A4rtner?= <g.example.org>\n",
            ("g.example.org", "Gärtner", "g@example.org"),
        ),
    ],
)
def test_the_list_is_known_by_any_of_its_headers(block, expected):
    found = list_of(scan(block.encode()))
    assert found is not None
    assert found[:3] == expected


def test_a_mail_without_such_headers_came_through_no_list():
    assert list_of(scan(b"To: ada@example.org\n")) is None


@pytest.mark.parametrize(
    "block",
    [
        "From: Ada via Gardeners <gardeners@lists.example.org>\nReply-To: Ada <ada@example.org>\n",
        "From: Ada via Gardeners <gardeners@lists.example.org>\nX-Original-From: Ada <ada@example.org>\n",
        "From: Ada via Gardeners <gardeners@lists.example.org>\nX-From: ada@example.org\n",
        'From: "ada@example.org via Gardeners" <gardeners@lists.example.org>\n',
        (
            "From: Ada via Gardeners <gardeners@lists.example.org>\n"
            "Reply-To: gardeners@lists.example.org\nCc: Ben <ben@example.org>, Ada <ada@example.org>\n"
        ),
        "From: Ada <ada=40example.org@dmarc.example.net>\n",
        (
            "From: Ada via Gardeners <gardeners@lists.example.org>\n"
            "Reply-To: G <gardeners@lists.example.org>, Ben <ben@example.org>, Ada <ada@example.org>\n"
        ),
    ],
)
def test_the_writer_behind_a_rewritten_from_is_found_wherever_lists_put_the_address(block):
    headers = scan((LIST + block).encode())
    found = sender_of(headers, list_of(headers))
    assert found is not None
    assert found.address == "ada@example.org"
    assert found.rewritten


def test_a_writer_whose_address_the_list_hides_is_known_by_name_within_the_list(tmp_path):
    mails = samples.list_mail(1, sender="Ada Ames via Gardeners <gardeners@lists.example.org>")
    outcome = read_bytes(tmp_path, mails, openness="open")
    (account,) = outcome.accounts.values()
    assert (account.id, account.name, account.address) == (
        "list:gardeners.lists.example.org/ada ames",
        "Ada Ames",
        "",
    )
    assert outcome.ledger.notes["sender rewritten by a list, known by name within it only"] == 1


def test_an_ordinary_sender_on_a_list_stays_as_written():
    headers = scan((LIST + "From: Ada <ada@example.org>\nReply-To: gardeners@lists.example.org\n").encode())
    found = sender_of(headers, list_of(headers))
    assert found is not None
    assert (found.address, found.rewritten) == ("ada@example.org", False)


def test_an_archive_is_open_and_a_setting_can_close_it(tmp_path):
    path = samples.make(tmp_path)
    assert {place.openness for place in read(path).places} == {Openness.OPEN}
    closed = read(path, openness="members", viewer="ada@example.org")
    assert {(place.id, place.openness) for place in closed.places} == {
        ("list:gardeners.lists.example.org", Openness.MEMBERS)
    }
    assert {one.text for one in closed.interactions} == {None}
    direct = read(path, openness="direct", viewer="ada@example.org")
    assert {(place.id, place.name, place.openness) for place in direct.places} == {
        ("mailbox", "", Openness.DIRECT)
    }


@pytest.mark.parametrize(
    "sign",
    [
        "X-Gmail-Labels: Inbox,Gardeners\n",
        "X-GM-THRID: 123\n",
        "X-Mozilla-Status: 0001\n",
        "Status: RO\n",
        "Delivered-To: ben@example.org\n",
    ],
)
def test_a_folder_of_list_mail_from_somebodys_mailbox_is_no_open_archive(tmp_path, sign):
    mails = b"".join(samples.list_mail(number, headers=sign) for number in range(30))
    mails += samples.list_mail(31, headers=sign, sender="Ben <ben@example.org>")
    assert read_bytes(tmp_path, mails).interactions == []
    outcome = read_bytes(tmp_path, mails, viewer="ada@example.org")
    assert {place.openness for place in outcome.places} == {Openness.MEMBERS}
    assert {one.text for one in outcome.interactions} == {None}


def test_a_file_delivered_to_the_viewer_is_no_open_archive(tmp_path):
    headers = "Delivered-To: dan@example.org\n"
    mails = b"".join(samples.list_mail(number, headers=headers) for number in range(30))
    outcome = read_bytes(tmp_path, mails, viewer="dan@example.org")
    assert {place.openness for place in outcome.places} == {Openness.MEMBERS}
    assert outcome.ledger.used == 30  # delivered to the viewer: it involves them


def test_a_private_mail_inside_an_archive_stays_private(tmp_path):
    mails = b"".join(samples.list_mail(number) for number in range(300)) + samples.mail(999)
    outcome = read_bytes(tmp_path, mails)
    assert outcome.ledger.used == 300
    assert outcome.ledger.left_out == {"direct place that does not involve the viewer": 1}


def test_the_archive_of_a_list_that_keeps_it_from_others_is_its_members(tmp_path):
    page = "List-Archive: <https://lists.example.org/mailman/private/gardeners/>\n"
    mails = b"".join(samples.list_mail(number, headers=page) for number in range(20))
    left_out = read_bytes(tmp_path, mails).ledger.left_out
    assert left_out == {"members place that does not involve the viewer": 20}


def test_a_mail_with_few_headers_is_not_taken_for_a_published_one(tmp_path):
    mails = samples.mail(1).replace(b"To: Ben Burke <ben@example.org>\n", b"")
    left_out = read_bytes(tmp_path, mails).ledger.left_out
    assert left_out == {"direct place that does not involve the viewer": 1}


def test_consent_names_a_list_by_its_name_or_its_id(tmp_path):
    path = tmp_path / "box.mbox"
    path.write_bytes(b"".join(samples.list_mail(number) for number in range(3)))
    for agreed in ("Gardeners of Example", "list:gardeners.lists.example.org"):
        door = Door(Ledger(), mode=Mode.ORGANISATION, agreed_places=frozenset({agreed}))
        assert list(SOURCE.read(path, SOURCE.defaults(), door))
        assert door.ledger.used == 3


def test_a_dry_reading_counts_and_looks_at_no_words(tmp_path):
    door = Door(Ledger(), dry=True)
    for told in SOURCE.read(samples.make(tmp_path), SOURCE.defaults(), door):
        assert isinstance(told, Interaction)
        assert (told.text, told.asks) == (None, None)
    assert (door.ledger.used, door.ledger.read) == (13, samples.UNITS)


def test_too_few_mails_prove_nothing_about_a_file(tmp_path):
    mails = b"".join(samples.list_mail(number) for number in range(5))
    left_out = read_bytes(tmp_path, mails).ledger.left_out
    assert left_out == {"members place that does not involve the viewer": 5}


def test_lists_of_a_kind_that_is_never_read_are_not_read(tmp_path):
    mails = b"".join(samples.list_mail(number) for number in range(20))
    mails = mails.replace(b"gardeners", b"works-council").replace(b"Gardeners of Example", b"Council")
    outcome = read_bytes(tmp_path, mails, viewer="ada@example.org")
    assert outcome.interactions == []
    assert outcome.ledger.left_out == {"place of a kind that is never read": 20}


def test_links_come_from_the_mail_or_from_the_setting_and_only_for_open_places(tmp_path):
    mails = b"".join(
        samples.list_mail(number, headers=f"Archived-At: <https://example.org/a/{number}>\n")
        for number in range(12)
    )
    assert read_bytes(tmp_path, mails).by_id("3@example.org").link == "https://example.org/a/3"
    pattern = "https://lore.example.org/list/{message_id}/"
    outcome = read_bytes(tmp_path, mails, archive_address=pattern)
    assert outcome.by_id("3@example.org").link == "https://lore.example.org/list/3@example.org/"
    closed = read_bytes(
        tmp_path, mails, archive_address=pattern, openness="members", viewer="ada@example.org"
    )
    assert {one.link for one in closed.interactions} == {""}


def test_an_address_of_an_archive_that_is_no_web_page_makes_no_link(tmp_path):
    mails = samples.list_mail(1, headers="Archived-At: <javascript:alert(1)>\n")
    assert read_bytes(tmp_path, mails, openness="open").interactions[0].link == ""
