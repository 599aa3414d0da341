"""The mail source: mailboxes and list archives, as acts between accounts that are addresses.

It knows mbox and its families, Maildir, pipermail, Takeout, and folders, tars and zips of them; it may use
the record's types and the door. Start with `reading.py` (the way of one mail), then `envelope.py`.
"""

from __future__ import annotations

from crosstie.record import Kind
from crosstie.sources.mail.reading import read
from crosstie.sources.mail.recognising import recognises
from crosstie.sources.source import Setting, Source

SOURCE = Source(
    name="mail",
    label="Mail",
    reads="Mailboxes and list archives: mbox, also compressed, Maildir, pipermail, Takeout, folders of them.",
    drops=(
        "the words of mails outside open lists",
        "quotations, signatures and patches",
        "attachments",
        "subjects",
        "spam, trash and drafts",
        "automatic mail and newsletters",
        "read marks",
    ),
    kinds=frozenset({Kind.SAID, Kind.REPLIED}),
    unit="mails",
    unit_of_one="mail",
    settings=(
        Setting(
            name="openness",
            label="Who can read it",
            help="Who can read these mails where they are kept. Left to itself, a list archive is open, list "
            "mails in somebody's mailbox belong to the list's members, and all others are direct.",
            default="auto",
            choices=("auto", "open", "members", "direct"),
        ),
        Setting(
            name="list",
            label="Address of the list",
            help="The list an archive belongs to, where its mails do not say so themselves.",
        ),
        Setting(
            name="archive_address",
            label="Address of a mail in the archive",
            help="Where the original of a mail is found, with {message_id} in its place, for instance "
            "https://lore.example.org/list/{message_id}/.",
        ),
    ),
    recognises=recognises,
    read=read,
)

__all__ = ["SOURCE"]
