"""When a mail was written."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest

from crosstie.sources.mail.dates import mbox_time, parse, written_at

NINE = datetime(2024, 3, 4, 9, tzinfo=UTC)
RECEIVED = b"from a by b; Mon, 4 Mar 2024 10:00:00 +0100 (CET)"


@pytest.mark.parametrize(
    "value",
    [
        "Mon, 4 Mar 2024 10:00:00 +0100",
        "Mon, 04 Mar 2024 10:00:00 +0100 (CET)",
        "4 Mar 2024 09:00:00 GMT",
        "Mon, 4 Mar 2024 09:00 UTC",
        "Mon, 4 Mar 2024 09:00:00 -0000",
        "Mon, 4 Mar 24 04:00:00 EST",
        "Mon, 4 Mar 2024 14:30:00 +0530",
        "Mon,  4 Mar 2024\n 10:00:00 +0100",
    ],
)
def test_dates_are_read_into_utc_and_as_the_standard_library_reads_them(value):
    assert parse(value.encode()) == (NINE, "")
    theirs = parsedate_to_datetime(" ".join(value.split()))
    assert theirs.replace(tzinfo=theirs.tzinfo or UTC) == NINE


def test_a_time_without_a_zone_is_utc_and_noted():
    assert parse(b"Mon, 4 Mar 2024 09:00:00") == (NINE, "time without a zone, taken as UTC")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "Mon, 32 Mar 2024 10:00:00 +0100",
        "Mon, 4 Foo 2024 10:00:00 +0100",
        "Mon, 4 Mar 2024 10:00:00 +9999",
        "4 Mar 99999 10:00:00 +0100",
        "\0",
        "1 2 3 4 5 6 7",
    ],
)
def test_an_unreadable_date_gives_no_time_or_a_time_in_utc_and_never_an_error(value):
    at = parse(value.encode()).at
    assert at is None or at.tzinfo is UTC


def test_a_leap_second_is_the_last_second_of_its_minute():
    assert parse(b"Sat, 31 Dec 2016 23:59:60 +0000").at == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "date", [b"Mon, 4 Mar 2074 10:00:00 +0100", b"Tue, 1 Jan 1970 00:00:00 +0000", b"later", b""]
)
def test_a_date_that_cannot_be_gives_way_to_the_receipt(date):
    at, note = written_at({b"date": date, b"received": RECEIVED}, b"")
    assert (at, note) == (NINE, "date missing or impossible, time of receipt taken")


def test_without_receipt_the_mbox_line_gives_the_time():
    assert written_at({}, b"From ada@example.org Mon Mar  4 09:00:00 2024").at == NINE
    assert mbox_time(b"From 1@xxx Mon Mar 04 10:00:00 +0100 2024") == NINE
    assert written_at({}, b"From nobody Thu Jan  1 00:00:00 1970").at is None


def test_a_date_long_before_the_receipt_stays():
    old = b"Fri, 1 Mar 2024 10:00:00 +0000"
    assert written_at({b"date": old, b"received": RECEIVED}, b"").at == datetime(2024, 3, 1, 10, tzinfo=UTC)


def test_a_date_in_the_future_without_any_receipt_gives_no_time():
    assert written_at({b"date": b"Mon, 4 Mar 2999 10:00:00 +0100"}, b"").at is None
