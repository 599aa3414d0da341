"""The source Stack Exchange: the dump of one question-and-answer site, a folder or archive of XML tables.

It knows the dump's tables and may use the door, the ledger and the archive; it never writes.
Start with `reading.py` (the passes); `conversation.py` tells whom a comment answers; the others are pure.
"""

from __future__ import annotations

from crosstie.record import Kind
from crosstie.sources.site import site_setting
from crosstie.sources.source import Listed, Source
from crosstie.sources.stackexchange.reading import read, recognises

__all__ = ["SOURCE"]

SOURCE = Source(
    name="stackexchange",
    label="Stack Exchange dump",
    reads=(
        "The dump of one site (a folder, zip or tar of Posts.xml, Users.xml and the tables beside them): "
        "questions, answers, comments and which answer was accepted."
    ),
    drops=(
        "votes and bookmarks, which name nobody or were made for oneself",
        "what belongs to somebody whose account is gone",
        "reputation, badges, places of living, descriptions of oneself and when somebody last came by",
        "descriptions of tags and earlier versions of posts",
        "links between questions, which nobody is named for",
    ),
    kinds=frozenset({Kind.SAID, Kind.REPLIED, Kind.THANKED}),
    unit="posts, comments, accepted answers, links and votes",
    unit_of_one="post, comment, accepted answer, link or vote",
    settings=(site_setting("https://stackoverflow.com"),),
    listed=Listed.EVERYONE,
    recognises=recognises,
    read=read,
)
