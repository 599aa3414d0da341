"""The source Slack: a workspace's export, as zip, tar or folder, also many overlapping runs of one.

It knows Slack's files and may use the door, the ledger and the archive; it never writes.
Start with `reading.py` (the passes) and `layout.py` (which file is what); the other files are pure.
"""

from __future__ import annotations

from crosstie.record import Kind
from crosstie.sources.site import site_setting
from crosstie.sources.slack.layout import recognises
from crosstie.sources.slack.reading import read
from crosstie.sources.source import Listed, Source

__all__ = ["SOURCE"]

SOURCE = Source(
    name="slack",
    label="Slack export",
    reads=(
        "A Slack export in JSON (zip, tar or folder; several overlapping runs are read as one): "
        "messages, replies in threads, mentions and reactions."
    ),
    drops=(
        "messages of bots, apps and Slack itself",
        "joining, leaving and other notices of the system",
        "reactions to one's own message",
        "text and links of places that are not open",
        "files, profile pictures, status and time zones",
    ),
    kinds=frozenset({Kind.SAID, Kind.REPLIED, Kind.THANKED}),
    unit="messages and reactions",
    unit_of_one="message or reaction",
    settings=(site_setting("https://example.slack.com"),),
    listed=Listed.MOST,
    is_flat=True,
    recognises=recognises,
    read=read,
)
