"""Made-up Zulip exports: a realm with every kind of place, and a small public archive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

# Messages and reactions of the realm below, counted by hand.
UNITS = 21
VIEWER = "ada@example.org"
SETTINGS = {"site": "https://chat.example.org/"}

ADA, BEN, CLEO, ROBOT = 11, 12, 13, 14
OPEN, CLOSED, DIRECT_ADA, DIRECT_BEN, GROUP, OTHERS, DIRECT_ROBOT = 101, 102, 103, 104, 105, 106, 107
NEAR = "https://chat.example.org/#narrow/stream/7-help/topic/printing"


def user(user_id: int, name: str, address: str, **more: Any) -> dict[str, Any]:
    return {"id": user_id, "full_name": name, "delivery_email": address, "is_bot": False, **more}


def message(message_id: int, sender: int, recipient: int, content: str, **more: Any) -> dict[str, Any]:
    return {
        "id": message_id,
        "sender": sender,
        "recipient": recipient,
        "subject": "printing",
        "content": content,
        "rendered_content": None,
        "date_sent": 1_700_000_000.25 + 60 * message_id,
        **more,
    }


TABLES: dict[str, list[Any]] = {
    "zerver_realm": [{"id": 2, "string_id": "example", "uuid": "5a5a"}],
    "zerver_userprofile": [
        user(ADA, "Ada Alvarez", "Ada@example.org"),
        user(BEN, "Ben Bauer", "ben@example.org"),
        user(CLEO, "Cleo Costa", "user13@chat.example.org"),
        user(ROBOT, "Build robot", "robot@example.org", is_bot=True),
    ],
    "zerver_userprofile_crossrealm": [{"id": 5, "full_name": "Notification Bot", "email": "n@zulip.com"}],
    "zerver_stream": [
        {"id": 7, "name": "help", "invite_only": False},
        {"id": 8, "name": "founders", "invite_only": True},
    ],
    "zerver_recipient": [
        {"id": OPEN, "type": 2, "type_id": 7},
        {"id": CLOSED, "type": 2, "type_id": 8},
        {"id": DIRECT_ADA, "type": 1, "type_id": ADA},
        {"id": DIRECT_BEN, "type": 1, "type_id": BEN},
        {"id": GROUP, "type": 3, "type_id": 1},
        {"id": OTHERS, "type": 3, "type_id": 2},
        {"id": DIRECT_ROBOT, "type": 1, "type_id": ROBOT},
    ],
    "zerver_subscription": [
        {"user_profile": person, "recipient": place, "active": True}
        for place, people in {CLOSED: (ADA, BEN), GROUP: (ADA, BEN, CLEO), OTHERS: (BEN, CLEO)}.items()
        for person in people
    ],
    "zerver_reaction": [
        {"user_profile": ADA, "message": 2, "emoji_name": "tada"},
        {"user_profile": BEN, "message": 2, "emoji_name": "tada"},
        {"user_profile": ROBOT, "message": 2, "emoji_name": "eyes"},
        {"user_profile": ADA, "message": 4, "emoji_name": "eyes"},
        {"user_profile": ADA, "message": 999, "emoji_name": "eyes"},
        {"user_profile": "ada", "message": 2, "emoji_name": "broken"},
    ],
}
MESSAGES = [
    message(1, ADA, OPEN, "How do I print? @**Ben Bauer|12**"),
    message(2, BEN, OPEN, "Like this", last_edit_time=1_700_001_000.0),
    message(
        3, CLEO, OPEN, f"@_**Ada Alvarez|11** [said]({NEAR}/near/1):\n```quote\nHow do I print?\n```\nMe too"
    ),
    message(4, ROBOT, OPEN, "Build failed"),
    message(5, 5, OPEN, "Topic was moved"),
    message(6, 77, OPEN, "from nobody"),
    message(7, ADA, 555, "to nowhere"),
    message(8, BEN, CLOSED, "secret plan"),
    message(9, BEN, DIRECT_ADA, "lunch?", subject=""),
    message(10, ADA, DIRECT_BEN, "yes", subject=""),
    message(11, CLEO, GROUP, "and me", subject=""),
    message(12, CLEO, OTHERS, "between us", subject=""),
    message(13, ADA, DIRECT_ROBOT, "help", subject=""),
]
BROKEN = [{"id": "fourteen"}, message(15, ADA, OPEN, "long ago", date_sent=-5.0)]

THREE = [
    ("<p>Who knows <code>dask</code>?</p>", 1, "Ada Alvarez", 1_700_000_000),
    (
        '<p><span class="user-mention" data-user-id="11">@Ada Alvarez</span> I do</p>',
        2,
        "Ben Bauer",
        1_700_000_060,
    ),
    ("<p>Topic was marked as resolved</p>", 3, "Notification Bot", 1_700_000_120),
]


def archived(rows: list[tuple[str, int, str, int]]) -> list[dict[str, Any]]:
    keys = ("content", "id", "sender_full_name", "timestamp")
    return [dict(zip(keys, row, strict=True)) for row in rows]


def write(folder: Path, files: dict[str, Any]) -> Path:
    """Write each value as JSON (bytes as they are) under its path in the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return folder


def make(folder: Path) -> Path:
    return write(
        folder / "zulip-export",
        {
            "realm.json": TABLES,
            "messages-000001.json": {"zerver_message": MESSAGES, "zerver_usermessage": [{"flags_mask": 1}]},
            "messages-000002.json": {"zerver_message": BROKEN},
            "uploads/records.json": [],
        },
    )


def make_public(folder: Path) -> Path:
    """A public archive: a plain topic, a resolved one whose file begins with a dot, and an index."""
    return write(
        folder / "archive",
        {
            "zulip_json/stream_index.json": {"streams": {"data & dask": {"id": 27, "topic_data": {}}}},
            "zulip_json/27-data-.26-dask/workers.20die.json": archived(THREE[:2]),
            "zulip_json/27-data-.26-dask/.E2.9C.94.20killed.3F.json": archived(
                [(text, number + 10, name, at) for text, number, name, at in THREE]
            ),
        },
    )
