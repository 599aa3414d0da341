"""A small made-up mailbox with the traps that real ones hold."""

from __future__ import annotations

from pathlib import Path

LIST_HEADERS = (
    "List-Id: Gardeners of Example <gardeners.lists.example.org>\n"
    "List-Post: <mailto:gardeners@lists.example.org>\n"
    "Precedence: list\n"
)

UNITS = 16


def mail(
    number: int = 1,
    *,
    sender: str = "Ada Ames <ada@example.org>",
    to: str = "Ben Burke <ben@example.org>",
    date: str = "Mon, 4 Mar 2024 10:00:00 +0100",
    headers: str = "",
    body: str = "Hello.\n",
    line: str = "From ada@example.org Mon Mar  4 09:00:00 2024\n",
    message_id: str = "",
) -> bytes:
    """Return one mail of an mbox, its empty line at the end included."""
    stated = message_id or f"Message-ID: <{number}@example.org>\n"
    return (
        f"{line}From: {sender}\nTo: {to}\nDate: {date}\n{stated}Subject: Roses\n{headers}\n{body}\n"
    ).encode()


def list_mail(number: int, **changes: str) -> bytes:
    """Return one mail of the archive of a list."""
    changes["headers"] = LIST_HEADERS + changes.get("headers", "")
    changes.setdefault("to", "gardeners@lists.example.org")
    return mail(number, **changes)


def archive() -> bytes:
    """Return the archive of a list: `UNITS` mails."""
    plain = [list_mail(number) for number in range(1, 11)]
    answer = list_mail(
        11,
        sender="Ben Burke <ben@example.org>",
        headers="In-Reply-To: <1@example.org>\n",
        body="On Monday Ada wrote:\n> Hello.\n\nWhich rose do you mean?\n\n-- \nBen\n",
    )
    through_the_list = list_mail(
        12,
        sender="Cleo Crane via gardeners <gardeners@lists.example.org>",
        headers="Reply-To: Cleo Crane <cleo@example.org>\nReferences: <1@example.org> <11@example.org>\n",
        body="From Monday on there will be red ones.\n\nFrom now on I water them.\n",
    )
    to_three = list_mail(
        13,
        sender="Cleo Crane <cleo@example.org>",
        to='Ada <ada@example.org>, "Burke, Ben" <ben@example.org>,\n Dan <dan@example.org>',
    )
    machine = list_mail(14, sender="noreply@example.org")
    undated = list_mail(15, date="yesterday", line="From nobody Thu Jan  1 00:00:00 1970\n")
    return b"".join([*plain, answer, through_the_list, to_three, machine, plain[0], undated])


def make(folder: Path) -> Path:
    """Write the made-up archive into a folder and return its path."""
    path = folder / "gardeners.mbox"
    path.write_bytes(archive())
    return path
