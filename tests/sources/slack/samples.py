"""A made-up Slack export of two runs: every trap of the format once, and how many units it has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

# Messages and givers of reactions in the day files below, counted by hand.
UNITS = 21
# Who reads it in personal mode, so that places that are not open are read, too.
VIEWER = "ada@example.org"
SETTINGS = {"site": "https://example.slack.com"}

TEAM = "T00000001"
ADA, BEN, CLEO, GUEST, APP = "U000ADA", "U000BEN", "U000CLEO", "U00GUEST", "U000APP"


def user(user_id: str, name: str, address: str = "", **more: Any) -> dict[str, Any]:
    profile = {"real_name": name, "email": address} if address else {"real_name": name}
    return {"id": user_id, "team_id": TEAM, "name": name.lower(), "profile": profile, **more}


def message(ts: str, who: str | None, text: str, **more: Any) -> dict[str, Any]:
    found = {"type": "message", "ts": ts, "user": who, "text": text, **more}
    return {key: value for key, value in found.items() if value is not None}


PEOPLE = [
    user(ADA, "Ada Alvarez", "ada@example.org"),
    user(BEN, "Ben Bauer", "Ben@Example.org "),
    user(CLEO, "Cleo Costa"),
    user(APP, "Build robot", is_bot=True),
    user("USLACKBOT", "Slackbot"),
]
CHANNELS = [
    {"id": "C001", "name": "general", "is_general": True, "members": [ADA, BEN, CLEO]},
    {"id": "C002", "name": "howto", "members": [ADA, BEN]},
]
GROUPS = [{"id": "G001", "name": "founders", "members": [ADA, BEN]}]
DIRECTS = [{"id": "D001", "members": [ADA, BEN]}, {"id": "D002", "members": [BEN, CLEO]}]

GENERAL = [
    message("1700000000.000100", ADA, f"Who knows R&amp;D, <@{BEN}>?", thread_ts="1700000000.000100"),
    message("1700000001.000000", CLEO, "", subtype="channel_join"),
    message(
        "1700000060.000200",
        BEN,
        "I do",
        thread_ts="1700000000.000100",
        parent_user_id=ADA,
        reactions=[{"name": "tada", "users": [ADA, BEN, APP], "count": 3}],
    ),
    message(
        "1700000070.000000", APP, "Build failed", bot_id="B1", reactions=[{"name": "eyes", "users": [ADA]}]
    ),
    message("1700000080.000000", "USLACKBOT", "Reminder: eat"),
    message("1700000090.000000", None, "nobody"),
    {"type": "message", "user": ADA, "text": "no time"},
    message(
        "1700000100.000000",
        GUEST,
        "Hello from outside",
        user_profile={"real_name": "Gus Guest", "display_name": "gus"},
    ),
    message(
        "1700000110.000000",
        CLEO,
        "To all",
        subtype="thread_broadcast",
        thread_ts="1700000000.000100",
        root={"user": ADA, "ts": "1700000000.000100"},
    ),
]
NEWER = [
    message(
        "1700000060.000200",
        BEN,
        "I do, ask me",
        thread_ts="1700000000.000100",
        parent_user_id=ADA,
        edited={"user": BEN, "ts": "1700000500.000000"},
        reactions=[{"name": "tada", "users": [ADA, BEN, CLEO], "count": 3}],
    ),
]
FOUNDERS = [message("1700000200.000000", BEN, "secret plan")]
DIRECT = [message("1700000300.000000", BEN, "lunch?")]
OTHERS = [message("1700000400.000000", CLEO, "between us")]


def write(folder: Path, files: dict[str, Any]) -> Path:
    """Write each value as JSON (bytes as they are) under its path in the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return folder


def make(folder: Path) -> Path:
    return write(
        folder / "export",
        {
            "run-9/channels.json": CHANNELS[:1],
            "run-9/general/2023-11-14.json": GENERAL,
            "run-10/users.json": PEOPLE,
            "run-10/channels.json": CHANNELS,
            "run-10/groups.json": GROUPS,
            "run-10/dms.json": DIRECTS,
            "run-10/general/2023-11-14.json": NEWER,
            "run-10/founders/2023-11-14.json": FOUNDERS,
            "run-10/D001/2023-11-14.json": DIRECT,
            "run-10/D002/2023-11-14.json": OTHERS,
            "run-10/howto/2023-11-14.json": b"[{]",
        },
    )
