"""The source Discourse: a folder of what a forum's API answers, in any forms and any order.

It knows the answers' fields and may use the door, the ledger and the archive; it never writes.
Start with `reading.py` (the passes) and `shapes.py` (the forms); `content.py` and `parse.py` are pure.
"""

from __future__ import annotations

from crosstie.record import Kind, Openness
from crosstie.sources.discourse.layout import recognises
from crosstie.sources.discourse.reading import AUTO, read
from crosstie.sources.site import site_setting
from crosstie.sources.source import Listed, Setting, Source

__all__ = ["SOURCE"]

SOURCE = Source(
    name="discourse",
    label="Discourse forum",
    reads=(
        "A folder or archive of what a forum's API answers in JSON (posts one by one or in pages, topics, "
        "categories, users, activities): posts, replies, quotes, mentions, likes and accepted answers."
    ),
    drops=(
        "whispers of the staff, notices of the system, and what was deleted or hidden",
        "posts of the forum itself and of bots",
        "what people have read, visited, bookmarked or muted, and counts of it",
        "likes of which the export does not tell whose they are",
        "text and links of places that are not open",
        "older versions of posts, pictures and badges",
    ),
    kinds=frozenset({Kind.SAID, Kind.REPLIED, Kind.THANKED}),
    unit="posts, likes and accepted answers",
    unit_of_one="post, like or accepted answer",
    settings=(
        site_setting("https://forum.example.org"),
        Setting(
            name="openness",
            label="Unlisted categories",
            help=(
                "Who can read a category that no list of categories describes. Left to itself, it is open "
                "where the posts were fetched without signing in, and otherwise for its members."
            ),
            default=AUTO,
            choices=(AUTO, Openness.OPEN.value, Openness.MEMBERS.value),
        ),
        Setting(
            name="bots",
            label="Bots",
            help="Usernames to leave out beside those of the forum itself, separated by commas.",
        ),
    ),
    listed=Listed.EVERYONE,
    recognises=recognises,
    read=read,
)
