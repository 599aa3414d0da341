"""The source Zulip: the export of a whole realm, and public archives with one JSON file a topic.

It knows Zulip's files and may use the door, the ledger and the archive; it never writes.
Start with `reading.py` (which kind it is); `content.py` and `parse.py` are pure.
"""

from __future__ import annotations

from crosstie.record import Kind
from crosstie.sources.site import site_setting
from crosstie.sources.source import Listed, Setting, Source
from crosstie.sources.zulip.reading import read, recognises

__all__ = ["SOURCE"]

SOURCE = Source(
    name="zulip",
    label="Zulip export or archive",
    reads=(
        "A Zulip realm export (.tar.gz or folder) or a public archive with one JSON file a topic: "
        "messages, quotes as replies, mentions and reactions; other replies are inferred from the topic."
    ),
    drops=(
        "messages of bots",
        "what people have read, starred, followed or muted",
        "reactions to one's own message",
        "text and links of places that are not open",
        "files, avatars, the audit log and analytics",
    ),
    kinds=frozenset({Kind.SAID, Kind.REPLIED, Kind.THANKED}),
    unit="messages and reactions",
    unit_of_one="message or reaction",
    settings=(
        site_setting("https://chat.example.org"),
        Setting(
            name="bots",
            label="Bots of a public archive",
            help="Full names to leave out beside those that say they are bots, separated by commas.",
        ),
    ),
    listed=Listed.MOST,
    recognises=recognises,
    read=read,
)
