"""Where one mail ends and the next begins."""

from __future__ import annotations

import io
import mailbox

import pytest
from tests.sources.mail import samples
from tests.sources.mail.reader import read_bytes

from crosstie.sources.mail import splitting
from crosstie.sources.mail.splitting import Piece, boundary, is_mbox, is_single_mail, split


def pieces(mails: bytes) -> list[Piece]:
    return list(split(io.BytesIO(mails)))


@pytest.mark.parametrize(
    "line",
    [
        "From ada@example.org Mon Mar  4 09:00:00 2024",
        "From ada at example.org  Mon Mar  4 09:00:00 2024",
        "From ada@example.org  Mon Mar  4 09:00 CET 2024",
        "From 1661828917674532318@xxx Sun Mar 22 02:19:17 +0000 2020",
        "From - Mon Mar  4 09:00:00 2024",
        "From MAILER-DAEMON Mon, 4 Mar 2024 09:00:00 +0100",
    ],
)
def test_every_family_of_mbox_lines_begins_a_mail(line):
    mails = samples.mail(1) + samples.mail(2, line=line + "\n")
    assert [piece.line for piece in pieces(mails)][1] == line.encode()
    assert is_mbox(mails[mails.rindex(line.encode()) :])


@pytest.mark.parametrize(
    "body",
    [
        "Hello.\n\nFrom Monday on we water the roses.\nAda\n",
        "Hello.\nFrom ada@example.org Mon Mar  4 09:00:00 2024\nSubject: no empty line before\n",
        "Hello.\n\nFrom ada@example.org Mon Mar  4 09:00:00 2024\nno header follows\n",
        "Hello.\n\nFrom ada@example.org\nSubject: no date\n",
        "Hello.\n\n>From ada@example.org Mon Mar  4 09:00:00 2024\nSubject: quoted\n",
        f"Hello.\n\nFrom {'0a' * 20} Mon Sep 17 00:00:00 2001\nFrom: Ada <ada@example.org>\n",
    ],
)
def test_a_line_of_a_body_that_starts_with_from_begins_no_mail(body):
    found = pieces(samples.mail(1, body=body) + samples.mail(2))
    assert len(found) == 2
    assert found[0].mail.endswith(body.encode() + b"\n")
    assert found[0].doubtful is ("no empty line before" in body)


def test_mails_glued_together_are_noted(tmp_path):
    glued = samples.list_mail(1).rstrip(b"\n") + b"\n" + samples.list_mail(2)
    outcome = read_bytes(tmp_path, glued, openness="open")
    assert outcome.ledger.read == 1
    assert any("not split there" in note for note in outcome.ledger.notes)


def test_a_file_of_git_patches_is_split_into_them():
    line = f"From {'0a' * 20} Mon Sep 17 00:00:00 2001\n"
    assert len(pieces(samples.mail(1, line=line) + samples.mail(2, line=line))) == 2


def test_line_ends_of_either_kind_split_the_same():
    mails = b"".join(samples.mail(number) for number in range(5))
    assert len(pieces(mails.replace(b"\n", b"\r\n"))) == len(pieces(mails)) == 5


@pytest.mark.parametrize("chunk", [1, 7, 64, 1000])
def test_the_size_of_a_chunk_changes_nothing(monkeypatch, chunk):
    mails = samples.archive()
    whole = pieces(mails)
    monkeypatch.setattr(splitting, "CHUNK", chunk)
    assert pieces(mails) == whole


def test_the_standard_library_finds_the_same_mails(tmp_path):
    path = samples.make(tmp_path)
    box = mailbox.mbox(path)
    # It splits at every line that starts with "From ", two of which stand in a body of the sample.
    found = [mail for mail in box if mail["Message-ID"]]
    box.close()
    assert [piece.mail.count(b"Message-ID:") for piece in pieces(path.read_bytes())] == [1] * len(found)


def test_nothing_is_lost_between_mails():
    mails = samples.archive()
    assert sum(piece.length for piece in pieces(mails)) == len(mails)
    assert b"".join(piece.line + b"\n" + piece.mail for piece in pieces(mails)) == mails


def test_of_a_long_mail_the_beginning_is_kept_and_the_next_is_found(monkeypatch):
    monkeypatch.setattr(splitting, "KEPT", 20_000)
    monkeypatch.setattr(splitting, "CHUNK", 4_096)
    mails = samples.mail(1, body="x" * 70 + "\n" + ("y" * 70 + "\n") * 4_000) + samples.mail(2)
    first, second = pieces(mails)
    assert first.length + second.length == len(mails)
    assert len(first.mail) < 25_000
    assert b"<2@example.org>" in second.mail


def test_a_stream_that_breaks_gives_what_it_had_and_then_says_so():
    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            chunk = super().read(size)
            if not chunk:
                raise EOFError("cut")
            return chunk

    found = split(Breaking(samples.mail(1) + samples.mail(2)[:-20]))
    assert [next(found).cut, next(found).cut] == [False, True]
    with pytest.raises(EOFError):
        next(found)


def test_a_mail_on_its_own_is_told_from_other_text():
    assert is_single_mail(b"Date: Mon, 4 Mar 2024 10:00:00 +0100\nFrom: ada@example.org\n\nHello\n")
    assert not is_single_mail(b"Title: a page\nAuthor: Ada\n\nHello\n")
    assert not is_single_mail(b"From Monday on: we\n")
    assert not is_single_mail(b'{"from": "ada", "date": 1}')


def test_a_line_right_after_another_mbox_line_belongs_to_it():
    patch = b"From " + b"a" * 40 + b" Mon Sep 17 00:00:00 2001\n"
    assert boundary(b"text\n" + patch + b"From - x\nTo: a\n", 0) == (-1, False)
    assert boundary(b"text\n" + patch + b"To: a\nFrom - x\nTo: a\n", 0) == (-1, True)


def test_blanks_are_no_sender_so_that_no_two_repeats_match_the_same_blanks():
    dated = b"Mon Mar  4 10:00:00 2024\nTo: a\n"
    assert boundary(b"\n\nFrom a " + dated, 0) == (2, False)
    assert boundary(b"\n\nFrom      " + dated, 0) == (-1, False)  # a line of 300 took milliseconds
