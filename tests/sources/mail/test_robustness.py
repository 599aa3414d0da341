"""Whatever the bytes, a reading ends, counts everything and never crashes."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.mail import samples
from tests.sources.mail.reader import Outcome, read_bytes

from crosstie.errors import SourceRefused
from crosstie.record import Openness
from crosstie.sources.mail.headers import divide, opened, scan
from crosstie.sources.mail.splitting import split

SAMPLE = samples.archive()
FEW = settings(max_examples=40)
HEADERS = [b"Subject: ", b"From: ", b"To: ", b"Date: ", b"Content-Type: ", b"List-Id: <l.example.org>\n"]
VALUES = [b"a@b.example", b"Mon, 4 Mar 2024 10:00:00 +0100", b"multipart/mixed; boundary=b", b"text/html"]
MARKS = [
    b"\n",
    b"\r\n",
    b"\n\n",
    b": ",
    b"=?utf-8?q?",
    b"?=",
    b"<",
    b">",
    b"@",
    b'"',
    b",",
    b"(",
    b")",
    b"\x00",
]
BODIES = [
    b"\n--b\n",
    b"--b--",
    b"> ",
    b"-- \n",
    b"Content-Transfer-Encoding: base64\n",
    b"\xff\xfe",
    b"x" * 300,
]
LINES = [b"From ", b"From ada@example.org Mon Mar  4 09:00:00 2024\n"]
TOKENS = st.sampled_from([*HEADERS, *VALUES, *MARKS, *BODIES, *LINES])


def outcome_of(mails: bytes) -> Outcome | None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            return read_bytes(Path(folder), mails, viewer="ada@example.org", openness="auto")
        except SourceRefused:
            return None


def check(outcome: Outcome | None) -> None:
    if outcome is None:
        return
    assert outcome.ledger.used == len(outcome.interactions)
    for one in outcome.interactions:
        assert one.at is not None
        assert one.at.utcoffset() is not None
        assert one.text is None or one.openness is Openness.OPEN
        assert {one.actor, *one.addressed, *one.copied} <= set(outcome.accounts)
        assert one.actor not in (*one.addressed, *one.copied)


@FEW
@given(st.binary(max_size=3000))
def test_random_bytes_are_refused_or_counted(content):
    check(outcome_of(content))


@FEW
@given(st.lists(st.one_of(TOKENS, st.binary(max_size=8)), max_size=60).map(b"".join))
def test_heaps_of_what_mails_are_made_of_are_read_or_counted(content):
    check(outcome_of(samples.mail(1) + b"From ada@example.org Mon Mar  4 09:00:00 2024\n" + content))


@FEW
@given(st.integers(0, len(SAMPLE)), st.integers(0, len(SAMPLE)), st.binary(max_size=30))
def test_a_damaged_archive_is_read_or_counted(start, end, damage):
    check(outcome_of(SAMPLE[:start] + damage + SAMPLE[end:]))


@FEW
@given(st.integers(1, len(SAMPLE)))
def test_a_mail_cut_short_anywhere_is_read_or_counted(length):
    outcome = outcome_of(SAMPLE[:length])
    check(outcome)
    if outcome is not None:
        begun = SAMPLE[:length].count(b"\n\nFrom ada@") + 1
        assert begun - 1 <= outcome.ledger.read <= samples.UNITS


@FEW
@given(st.lists(st.one_of(TOKENS, st.binary(max_size=8)), max_size=60).map(b"".join))
def test_splitting_loses_no_byte_but_empty_lines_around(content):
    found = list(split(io.BytesIO(content)))
    joined = b"".join(piece.line + piece.mail for piece in found)
    assert b"".join(joined.split()) == b"".join(content.lstrip(b"\xef\xbb\xbf\r\n").split())


@FEW
@given(st.binary(max_size=500))
def test_headers_of_anything_are_a_table_of_bytes(content):
    block, start = divide(content)
    assert 0 <= start <= len(content)
    assert all(isinstance(value, bytes) for value in scan(block).values())


HEADER_LINES = st.sampled_from(
    [
        b"To: a@example.org",
        b"TO: b@example.org",
        b"Subject :s",
        b" folded",
        b"\tfolded",
        b"\x0bodd",
        b"no header",
        b"Received: one",
        b"received: two",
        b"X-Spam: 1",
        b"X-Other: 2",
        b"DKIM-Signature: d",
        b":",
        b"",
        b"",
        b"\r",
    ]
)


@FEW
@given(
    st.one_of(
        st.binary(max_size=300),
        st.tuples(st.lists(HEADER_LINES, max_size=12), st.sampled_from([b"\n", b"\r\n"])).map(
            lambda two: two[1].join(two[0])
        ),
    )
)
def test_a_mail_opened_by_one_search_is_the_mail_divided_and_scanned(content):
    block, start = divide(content)
    assert opened(content) == (scan(block), content[start:], len(block))
