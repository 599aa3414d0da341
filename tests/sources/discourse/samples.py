"""A made-up folder of a Discourse forum's answers: every form of a file and every trap once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

# Counted by hand: 13 posts, 6 likes, 1 accepted answer, 1 file that is none.
UNITS = 21
VIEWER = "ada@example.org"
SETTINGS = {"site": "https://forum.example.org/", "bots": "Builder"}

SYSTEM, ADA, BEN, CLEO, ROBOT = -1, 11, 12, 13, 14
PEOPLE = {
    SYSTEM: ("system", "system"),
    ADA: ("ada", "Ada  Alvarez"),
    BEN: ("Ben_B", "Ben Bauer"),
    CLEO: ("cleo", ""),
    ROBOT: ("builder", "Builder"),
}
HELP, BOARD = 5, 6
NOON = "2024-05-01T12:00:00.250Z"
LATER = "2024-05-03T12:00:00.250Z"


def post(
    number: int, who: int | None, cooked: str, *, at: int = 1, topic: int = 100, **more: Any
) -> dict[str, Any]:
    """The post of that id, at a place in a topic."""
    username, name = PEOPLE.get(who or 0, ("", ""))
    return {
        "id": number,
        "topic_id": topic,
        "post_number": at,
        "user_id": who,
        "username": username,
        "name": name,
        "created_at": NOON,
        "updated_at": NOON,
        "cooked": f"<p>{cooked}</p>",
        "post_type": 1,
        "version": 1,
        "reply_to_post_number": None,
        "category_id": HELP,
        "topic_title": "Printing",
        "actions_summary": [],
        "avatar_template": f"/user_avatar/forum.example.org/{username}/{{size}}/1.png",
        "reads": 77,
        **more,
    }


def quoting(username: str, number: int, topic: int, cooked: str) -> str:
    where = f'data-username="{username}" data-post="{number}" data-topic="{topic}"'
    return (
        f'</p><aside class="quote no-group" {where}>'
        f'<div class="title">{username}:</div><blockquote><p>{cooked}</p></blockquote></aside><p>'
    )


def mentioning(username: str) -> str:
    return f'<a class="mention" href="/u/{username.lower()}">@{username}</a>'


def user(number: int, **more: Any) -> dict[str, Any]:
    username, name = PEOPLE[number]
    return {"id": number, "username": username, "name": name, **more}


def done(kind: int, on: int, by: int | None, *, topic: int = 100, **more: Any) -> dict[str, Any]:
    """A row of a list of activities: a like (1, or 2 from the other side) or an acceptance (15)."""
    username, name = PEOPLE.get(by or 0, ("", ""))
    return {
        "action_type": kind,
        "topic_id": topic,
        "post_number": on,
        "acting_user_id": by,
        "acting_username": username,
        "acting_name": name,
        "created_at": "2024-05-02T08:00:00.000Z",
        **more,
    }


FILES: dict[str, Any] = {
    "categories.json": {
        "category_list": {
            "categories": [
                {"id": HELP, "name": "Help", "slug": "help", "read_restricted": False},
                {"id": BOARD, "name": "Board", "slug": "board", "read_restricted": True},
            ]
        }
    },
    "posts.json": {
        "latest_posts": [
            post(6, CLEO, "Secret plan", topic=101, category_id=BOARD, created_at=LATER),
            post(5, ROBOT, "Build failed", at=5),
            post(4, SYSTEM, "Closed", at=4, post_type=3),
            post(3, CLEO, quoting("ada", 1, 100, "How?") + "Me too", at=3),
            post(2, BEN, "Like this", at=2, accepted_answer=True, actions_summary=[{"id": 2, "count": 3}]),
        ]
    },
    "posts/1-old.json": post(1, ADA, "How do I prnit?"),
    "posts/1.json": post(1, ADA, f"How do I print? {mentioning('Ben_B')}", version=2),
    "t/102.json": {
        "id": 102,
        "title": "Lunch",
        "archetype": "private_message",
        "post_stream": {"posts": [post(7, BEN, "Hungry?", topic=102, category_id=None)], "stream": [7]},
        "details": {"allowed_users": [user(ADA), user(BEN)]},
    },
    "t/103.json": {
        "id": 103,
        "archetype": "private_message",
        "post_stream": {"posts": [post(8, BEN, "Between us", topic=103, category_id=None, created_at=LATER)]},
        "details": {"allowed_users": [user(BEN), user(CLEO)]},
    },
    "t/104.json": {
        "id": 104,
        "title": "Odds and ends",
        "category_id": HELP,
        "archetype": "regular",
        "post_stream": {
            "posts": [
                post(9, BEN, "gone", topic=104, user_deleted=True),
                post(10, BEN, "psst", topic=104, at=2, post_type=4),
                post(11, None, "who?", topic=104, at=3),
                {"id": "twelve", "post_number": 4},
            ]
        },
    },
    "likes.json": {
        "user_actions": [
            done(1, 2, ADA),
            done(2, 2, ADA),
            done(1, 2, BEN),
            done(1, 2, CLEO),
            done(1, 5, ADA),
            done(1, 9, ADA, topic=999),
            done(5, 2, BEN),
        ]
    },
    "users.json": [
        user(ADA, email=" Ada@Example.org", last_seen_at=NOON),
        user(BEN, email="ben@example.org"),
    ],
    "broken.json": b'{"latest_posts": [',
    "about.json": {"about": {"title": "A forum"}},
}


def write(folder: Path, files: dict[str, Any]) -> Path:
    """Write each value as JSON (bytes as they are) under its path in the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return folder


def make(folder: Path) -> Path:
    return write(folder / "forum", FILES)
