"""Headers from their bytes, compared with the standard library's."""

from __future__ import annotations

import email
import email.policy

import pytest

from crosstie.sources.encoded import words
from crosstie.sources.mail.headers import divide, ids, message_id, scan, text, token


def headers(block: str) -> dict[bytes, bytes]:
    return scan(block.encode())


def test_headers_are_found_whatever_their_case_folding_and_line_ends():
    block = "MESSAGE-ID: <a@b>\nSubject : one\n two\n\tthree\nTo: ada@example.org\n"
    for written in (block, block.replace("\n", "\r\n")):
        found = headers(written)
        assert message_id(found) == "a@b"
        assert text(found, b"subject") == "one two three"


def test_of_a_header_that_may_stand_once_the_first_counts_and_recipients_are_joined():
    found = headers("Subject: one\nSubject: two\nTo: ada@example.org\nTo: ben@example.org\n")
    assert text(found, b"subject") == "one"
    assert found[b"to"] == b" ada@example.org, ben@example.org"


def test_the_body_begins_after_the_first_empty_line():
    for mail in (b"To: a\n\nHi\n\nyou", b"To: a\r\n\r\nHi\r\n\r\nyou"):
        block, start = divide(mail)
        assert block.startswith(b"To: a")
        assert mail[start:].startswith(b"Hi")
    assert divide(b"\nHi") == (b"", 1)
    assert divide(b"To: a") == (b"To: a", 5)
    assert divide(b"") == (b"", 0)


@pytest.mark.parametrize(
    "value",
    [
        "=?utf-8?q?caf=C3=A9?=",
        "=?utf-8?B?Y2Fmw6k=?= and =?iso-8859-1?q?caf=E9_noir?=",
        "=?utf-8?q?two?= =?utf-8?q?_words?=",
        "=?utf-8?B?w6k=?=\n =?utf-8?B?w6k=?=",
        "=?windows-1252?Q?=93quoted=94?=",
        "=?gb2312?B?1tDOxA==?=",
        "no =? encoded words ?=",
    ],
)
def test_encoded_words_read_like_the_standard_library_reads_them(value):
    theirs = email.message_from_string(f"Subject: {value}\n\n", policy=email.policy.default)["subject"]
    assert text(headers(f"Subject: {value}\n"), b"subject") == " ".join(theirs.split())


def test_a_character_cut_in_two_between_encoded_words_is_whole_again():
    assert words("=?utf-8?B?w6nD?= =?utf-8?B?qQ==?=") == "éé"


def test_an_unknown_character_set_breaks_nothing():
    assert words("=?x-none?q?abc?=") == "abc"
    assert words("=?utf-8?B?!!!?=") is not None


def test_ids_come_without_brackets_and_without_the_white_space_of_folding():
    assert ids(b" <a@b>\n <c@d>\r\n\t<e@\n f>") == ["a@b", "c@d", "e@f"]
    assert ids(b" Your message of Monday <a@b>") == ["a@b"]
    assert ids(b"a@b") == ["a@b"]
    assert ids(None) == []


def test_a_keyword_is_read_in_lower_case_without_what_follows():
    assert token(headers("Auto-Submitted: Auto-Replied; owner=x\n"), b"auto-submitted") == "auto-replied"
    assert token(headers("Auto-Submitted:\n"), b"auto-submitted") == ""


def test_of_all_traces_of_delivery_the_first_counts_however_it_is_written():
    block = b"From: a@example.org\nReceived: first\n by here\nSubject: s\nReceived: second\n"
    assert scan(block)[b"received"] == b" first\n by here"
    assert scan(b"Subject: s\nreceived: only\n")[b"received"] == b" only"


def test_what_a_list_adds_beside_its_id_is_passed_by():
    block = b"List-Id: <l.example.org>\nList-Help: <h>\nErrors-To: e\nX-Mailman-Version: 2\nX-Other: o\n"
    assert set(scan(block)) == {b"list-id", b""}
