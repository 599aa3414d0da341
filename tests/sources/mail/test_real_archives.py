"""Two real list archives, counted by another way than the reader's."""

from __future__ import annotations

import email
import email.policy
import gzip
import itertools
import re
import tarfile
from collections import Counter
from datetime import UTC
from email.parser import BytesHeaderParser
from pathlib import Path

import pytest
from tests.sources.mail.reader import Outcome, read

from crosstie.record import Kind, Openness
from crosstie.sources.mail.addresses import people_in
from crosstie.sources.mail.dates import parse
from crosstie.sources.mail.headers import divide, ids, message_id, scan, text
from crosstie.sources.mail.splitting import split

EVERY = 25  # every so manieth mail goes through the slow parser of the standard library


@pytest.fixture(scope="module")
def archive(shared_data: Path) -> Path:
    return shared_data / "mail-ltp-2023-2024.mbox.gz"


@pytest.fixture(scope="module")
def outcome(archive: Path) -> Outcome:
    return read(archive)


@pytest.fixture(scope="module")
def stated_ids(archive: Path) -> list[bytes]:
    """Count by lines: an id in a block that begins with an mbox line and ends with an empty one."""
    found = []
    in_headers = False
    with gzip.open(archive) as lines:
        for line in lines:
            if line.startswith(b"From ") and not in_headers:
                in_headers = True
            elif not line.strip():
                in_headers = False
            elif in_headers and line[:11].lower() == b"message-id:":
                found.append(line)
    return found


def test_every_mail_of_two_years_is_used_or_explained(outcome, stated_ids):
    assert outcome.ledger.read == len(stated_ids) == 8951
    assert outcome.ledger.used == len(outcome.interactions) == 8951 - outcome.ledger.left_out.total()
    assert set(outcome.ledger.left_out) == {"automatic mail", "same message again"}
    assert outcome.ledger.left_out["same message again"] == 6
    assert outcome.ledger.used > 8800


def test_most_mails_of_the_archive_are_replies_in_one_open_list(outcome):
    kinds = Counter(one.kind for one in outcome.interactions)
    assert kinds[Kind.REPLIED] > 0.8 * len(outcome.interactions)
    assert [(place.id, place.openness) for place in outcome.places] == [
        ("list:ltp.lists.linux.it", Openness.OPEN)
    ]
    known = {one.external_id for one in outcome.interactions}
    answered = [one.replies_to in known for one in outcome.interactions if one.replies_to]
    assert sum(answered) > 0.85 * len(answered)  # the others answer mails from before, or from elsewhere


def test_no_list_and_no_robot_becomes_a_person(outcome):
    assert not [one for one in outcome.accounts if re.search(r"@(lists\.|vger\.)", one)]
    assert not [one for one in outcome.accounts.values() if "robot" in one.name.lower()]
    rewritten = outcome.ledger.notes["sender rewritten by a list, own address found"]
    assert rewritten > 1000  # where the archive says "via"
    assert outcome.ledger.notes["sender rewritten by a list, known by name within it only"] == 0
    assert not [one for one in outcome.accounts.values() if " via " in one.name]


def test_times_lie_in_the_two_years(outcome):
    years = Counter(one.at.year for one in outcome.interactions)
    assert set(years) == {2023, 2024}


def test_headers_are_read_as_the_standard_library_reads_them(archive):
    parser = BytesHeaderParser(policy=email.policy.default)
    compared = 0
    with gzip.open(archive) as stream:
        for piece in itertools.islice(split(stream), 0, None, EVERY):
            headers = scan(divide(piece.mail)[0])
            theirs = parser.parsebytes(piece.mail)
            for name in ("from", "to", "cc", "reply-to"):
                addresses = [one for header in theirs.get_all(name, []) for one in header.addresses]
                ours = people_in(headers.get(name.encode(), b""))
                assert [one.address for one in ours] == [
                    one.addr_spec.lower() for one in addresses if one.domain
                ]
            assert parse(headers[b"date"]).at == theirs["date"].datetime.astimezone(UTC)
            assert message_id(headers) == theirs["message-id"].strip().strip("<>")
            references = " ".join(theirs.get_all("references", []))
            assert ids(headers.get(b"references")) == re.findall(r"<([^<>]+)>", references)
            assert text(headers, b"subject") == " ".join(theirs["subject"].split())
            compared += 1
    assert compared > 300


def test_six_years_of_pipermail_are_used_or_explained(shared_data):
    path = shared_data / "pipermail-linux-uvc.tar.xz"
    # Counted by another way: every mail there has exactly one id, at the end of its headers.
    at_the_end = re.compile(rb"^Message-ID: <[^\n]*\n(?:[ \t][^\n]*\n)*\n", re.MULTILINE)
    with tarfile.open(path) as packed:
        months = [packed.extractfile(member) for member in packed if member.isfile()]
        stated = [len(at_the_end.findall(month.read())) for month in months if month]
    outcome = read(path)
    assert len(stated) == 74
    assert outcome.ledger.read == sum(stated)
    assert outcome.ledger.used == len(outcome.interactions) > 7100
    assert set(outcome.ledger.left_out) == {"automatic mail", "same message again", "no sender"}
    assert {(place.id, place.openness) for place in outcome.places} == {
        ("list:linux-uvc-devel.lists.berlios.de", Openness.OPEN)
    }
    assert not [account for account in outcome.accounts if " at " in account]
