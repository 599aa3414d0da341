"""Mail as people download it: Google Takeout's mbox, and a folder of Thunderbird's profile."""

from __future__ import annotations

import zipfile
from pathlib import Path

from crosstie.record import Interaction
from crosstie.sources import Door, Ledger, recognise
from crosstie.sources.mail import SOURCE

ADA, BEN = "Ada <ada@example.org>", "Ben <ben@example.org>"


def mail(number: int, sender: str, to: str, *, envelope: str = "", more: str = "") -> str:
    """One mail of an mbox; its number makes its id and its day."""
    return (
        f"From {envelope or 'ada@example.org'} Mon Mar  2 09:00:00 2026\n{more}From: {sender}\nTo: {to}\n"
        f"Date: {number} Mar 2026 09:00:00 +0000\nMessage-ID: <{number}@example.org>\n"
        "Subject: Seals\n\nHi.\n\n"
    )


def takeout(number: int, sender: str, to: str, labels: str) -> str:
    """A mail as Takeout writes it: an envelope that is no address, its thread and its labels first."""
    return mail(
        number,
        sender,
        to,
        envelope=f"18{number:017}@xxx",
        more=f"X-GM-THRID: 18{number:017}\nX-Gmail-Labels: {labels}\n",
    ).replace("Mon Mar  2 09:00:00 2026", "Mon Mar 02 09:00:00 +0000 2026")


def acts(path: Path, viewer: str = "ada@example.org") -> tuple[list[tuple[str, tuple[str, ...]]], Ledger]:
    door = Door(ledger=Ledger(), viewer=viewer)
    traces = list(SOURCE.read(path, SOURCE.defaults(), door))
    return sorted((t.actor, t.addressed) for t in traces if isinstance(t, Interaction)), door.ledger


BOTH_WAYS = [("ada@example.org", ("ben@example.org",)), ("ben@example.org", ("ada@example.org",))]


def test_the_mbox_of_takeout_is_read_packed_and_unpacked(tmp_path: Path):
    text = takeout(2, ADA, BEN, "Sent") + takeout(3, BEN, ADA, "Inbox,Important,Unread")
    plain = tmp_path / "All mail Including Spam and Trash.mbox"
    plain.write_text(text)
    packed = tmp_path / "takeout-20260401.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Takeout/archive_browser.html", "<html></html>")
        archive.writestr(f"Takeout/Mail/{plain.name}", text)
    for path in (plain, packed):
        assert recognise(path).name == "mail"
        found, ledger = acts(path)
        assert found == BOTH_WAYS
        assert (ledger.read, ledger.used) == (2, 2)


def test_spam_and_drafts_of_takeout_tie_nobody(tmp_path: Path):
    plain = tmp_path / "All mail.mbox"
    kept = takeout(2, ADA, BEN, "Sent")
    plain.write_text(kept + takeout(3, ADA, BEN, "Drafts") + takeout(4, "x@spam.example", ADA, "Spam"))
    found, ledger = acts(plain)
    assert found == BOTH_WAYS[:1]
    assert ledger.read == 3
    assert ledger.left_out == {"draft, never sent": 1, "spam": 1}


def profile(folder: Path) -> Path:
    """Write a Thunderbird profile: boxes without an ending, an index beside each, boxes within boxes."""
    boxes = folder / "ab12cd34.default-release"
    local = boxes / "Mail" / "Local Folders"
    (local / "Inbox.sbd").mkdir(parents=True)
    (boxes / "prefs.js").write_text('user_pref("mail.account.account1.server", "server1");\n')
    (boxes / "places.sqlite").write_bytes(b"SQLite format 3\0" + bytes(2000))
    (local / "Inbox").write_text(mail(2, BEN, ADA, more="X-Mozilla-Status: 0001\nX-Mozilla-Keys:   \n"))
    (local / "Inbox.msf").write_text('// <!-- <mdb:mork:z v="1.4"/> -->\n< <(a=c)> // (f=iso-8859-1)\n')
    (local / "Sent").write_text(mail(3, ADA, BEN, envelope="-"))
    (local / "Trash").write_text("")
    (local / "Inbox.sbd" / "Projects").write_text(mail(4, BEN, ADA))
    (local / "msgFilterRules.dat").write_text('version="9"\nlogging="no"\n')
    return boxes


def test_a_thunderbird_profile_is_read_with_the_boxes_in_it(tmp_path: Path):
    boxes = profile(tmp_path)
    for path in (boxes, boxes / "Mail" / "Local Folders"):
        assert recognise(path).name == "mail"
        found, ledger = acts(path)
        assert found == [BOTH_WAYS[0], BOTH_WAYS[1], BOTH_WAYS[1]]
        assert (ledger.read, ledger.used) == (3, 3)


def test_a_mail_that_thunderbird_only_marked_as_deleted_ties_nobody(tmp_path: Path):
    box = tmp_path / "Inbox"
    deleted = mail(3, ADA, BEN, more="X-Mozilla-Status: 0009\n")
    box.write_text(mail(2, BEN, ADA, more="X-Mozilla-Status: 0001\n") + deleted)
    found, ledger = acts(box)
    assert found == BOTH_WAYS[1:]
    assert ledger.left_out == {"thrown away by its owner": 1}
