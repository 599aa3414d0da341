"""Where mail lies: files, folders and archives, whole, broken and hostile."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.sources.mail import samples
from tests.sources.mail.reader import read, read_bytes

from crosstie.errors import ExportUnsafe, SourceRefused
from crosstie.sources.mail import SOURCE, streams

PACKERS: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


def pipermail(*numbers: int) -> bytes:
    footer = f"{'_' * 47}\nGardeners mailing list\nGardeners at lists.example.org\n"
    return b"".join(
        samples.mail(
            number, body=f"Hello.\n\n{footer}", line="From ada at example.org  Mon Mar  4 09:00:00 2024\n"
        )
        .replace(b"Ada Ames <ada@example.org>", b"ada at example.org (Ada Ames)")
        .replace(b"To: Ben Burke <ben@example.org>\n", b"")
        for number in numbers
    )


def tar(path: Path, members: dict[str, bytes], pack: Callable[[bytes], bytes] = bytes) -> Path:
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    path.write_bytes(pack(plain.getvalue()))
    return path


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_compressed_mbox_reads_like_the_plain_one(tmp_path, suffix):
    plain = read(samples.make(tmp_path))
    path = tmp_path / f"gardeners.mbox.{suffix}"
    path.write_bytes(PACKERS[suffix](samples.archive()))
    assert SOURCE.recognises(path) > 0.9
    assert read(path).interactions == plain.interactions


def test_pipermail_is_an_open_archive_of_the_list_its_footers_name(tmp_path):
    folder = tmp_path / "months"
    folder.mkdir()
    (folder / "2024-March.txt").write_bytes(pipermail(1, 2))
    (folder / "2024-April.txt.gz").write_bytes(gzip.compress(pipermail(3)))
    for path in (folder, folder / "2024-March.txt"):
        assert SOURCE.recognises(path) > 0.7
        outcome = read(path)
        assert [(place.id, place.openness.value) for place in outcome.places] == [
            ("list:gardeners.lists.example.org", "open")
        ]
        assert set(outcome.accounts) == {"ada@example.org"}
    assert read(folder).ledger.used == 3


@pytest.mark.parametrize("pack", [bytes, *PACKERS.values()])
def test_a_tar_is_read_without_unpacking_it(tmp_path, pack):
    path = tar(tmp_path / "all.tar", {"../a/2024-March.txt": pipermail(1, 2), "b/readme": b"hello"}, pack)
    assert SOURCE.recognises(path) > 0.7
    outcome = read(path)
    assert outcome.ledger.used == 2
    assert outcome.ledger.notes == {"file that holds no mail": 1}
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["all.tar"]


def test_a_link_in_a_tar_or_a_folder_is_not_followed(tmp_path):
    secret = tmp_path / "secret.mbox"
    secret.write_bytes(samples.archive())
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.mbox").symlink_to(secret)
    (folder / "one.eml").write_bytes(samples.mail(1).partition(b"\n")[2])
    outcome = read(folder, viewer="ada@example.org")
    assert (outcome.ledger.used, outcome.ledger.notes["link, not followed"]) == (1, 1)
    path = tmp_path / "links.tar"
    with tarfile.open(path, "w") as archive:
        member = tarfile.TarInfo("a.mbox")
        member.type, member.linkname = tarfile.SYMTYPE, str(secret)
        archive.addfile(member)
    with pytest.raises(SourceRefused, match="holds no mail"):
        read(path)


def test_a_takeout_zip_is_read_and_its_threads_are_gmails(tmp_path):
    path = tmp_path / "takeout.zip"
    mails = samples.mail(1, headers="X-GM-THRID: 77\nX-Gmail-Labels: Sent\nBcc: dan@example.org\n",
                         line="From 77@xxx Mon Mar  4 09:00:00 +0000 2024\n")  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Takeout/Mail/All mail Including Spam and Trash.mbox", mails.replace(b"\n", b"\r\n"))
        archive.writestr("Takeout/archive_browser.html", "<html>")
    assert SOURCE.recognises(path) > 0.7
    (sent,) = read(path, viewer="ben@example.org").interactions
    assert sent.thread == "gmail:77"
    assert sent.copied == ("dan@example.org",)  # known to the sender's own mailbox only


def test_blind_copies_count_only_in_what_the_viewer_sent(tmp_path):
    mails = samples.mail(1, headers="Bcc: dan@example.org\n")
    assert read_bytes(tmp_path, mails, viewer="ada@example.org").interactions[0].copied == (
        "dan@example.org",
    )
    assert read_bytes(tmp_path, mails, viewer="ben@example.org").interactions[0].copied == ()


def test_a_maildir_is_read_with_its_folders_and_marks(tmp_path):
    box = tmp_path / "Maildir"
    for folder in (".", ".Sent", ".Spam"):
        for part in ("cur", "new", "tmp"):
            (box / folder / part).mkdir(parents=True)
    single = [samples.mail(number).partition(b"\n")[2] for number in range(7)]
    (box / "cur" / "1.a:2,S").write_bytes(single[1])
    (box / "cur" / "2.a:2,ST").write_bytes(single[2])
    (box / "new" / "3.a").write_bytes(single[3])
    (box / "tmp" / "4.a").write_bytes(single[4])
    (box / ".Sent" / "cur" / "5.a:2,S").write_bytes(single[5])
    (box / ".Spam" / "cur" / "6.a:2,").write_bytes(single[6])
    assert SOURCE.recognises(box) > 0.9
    outcome = read(box, viewer="ada@example.org")
    assert {one.external_id[0] for one in outcome.interactions} == {"1", "3", "5"}
    assert outcome.ledger.left_out == {"thrown away by its owner": 1, "spam": 1}


def test_a_mbox_named_for_a_folder_of_junk_is_left_out(tmp_path):
    (tmp_path / "Spam.mbox").write_bytes(samples.mail(1))
    assert read(tmp_path, viewer="ada@example.org").ledger.left_out == {"spam": 1}


@pytest.mark.parametrize("suffix", PACKERS)
def test_of_a_truncated_file_what_was_read_stays_and_the_rest_is_counted(tmp_path, suffix):
    mails = b"".join(
        samples.list_mail(number, body=str(hash(str(number))) * 400 + "\n") for number in range(400)
    )
    packed = PACKERS[suffix](mails)
    path = tmp_path / "cut.mbox"
    path.write_bytes(packed[: len(packed) // 2])
    try:
        outcome = read(path)
    except SourceRefused:
        assert suffix == "bz2"  # one block, of which nothing can be unpacked
        return
    (reason,) = outcome.ledger.left_out
    assert reason in {"mail cut off where its file breaks off", "rest of a file that breaks off"}
    assert outcome.ledger.left_out[reason] == 1
    assert outcome.ledger.used > 0 or suffix != "gz"


def test_a_truncated_tar_is_counted_too(tmp_path):
    path = tar(
        tmp_path / "a.tar",
        {f"{number}.txt": pipermail(*range(number * 50, number * 50 + 50)) for number in range(9)},
    )
    path.write_bytes(path.read_bytes()[:-60_000])
    outcome = read(path)
    assert outcome.ledger.used > 50
    assert outcome.ledger.left_out["rest of an archive that breaks off"] == 1


def test_a_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(streams, "SAFE_SIZE", 1 << 20)
    path = tmp_path / "bomb.mbox.gz"
    path.write_bytes(gzip.compress(samples.mail(1, body="a" * (8 << 20))))
    with pytest.raises(ExportUnsafe):
        read(path)


NO_MAIL = [b"\x1f\x8b\x08broken", b"no mail here", b"PK\x03\x04broken", b"{}", b"\xfd7zXZ\x00x"]


@pytest.mark.parametrize("content", NO_MAIL)
def test_a_file_that_holds_no_mail_is_not_recognised_and_refused_with_a_hint(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    assert SOURCE.recognises(path) == 0
    with pytest.raises(SourceRefused) as refused:
        read(path)
    assert refused.value.hint


def test_a_file_under_a_password_is_counted(tmp_path):
    path = tmp_path / "locked.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.mbox", samples.archive())
    octets = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        octets[octets.index(mark) + at] |= 1
    path.write_bytes(bytes(octets))
    assert read(path).ledger.left_out == {"file under a password": 1}
    assert SOURCE.recognises(path) == 0
