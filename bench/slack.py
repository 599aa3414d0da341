"""How many Slack messages a CPU-second turns into interactions, beside Python's own JSON in the same run.

    python bench/slack.py                 # 200,000 messages, then four times as many
    python bench/slack.py --messages 20000 --least 0   # quick look, holds to nothing

Each reading runs in a process of its own, so that its memory is its own high-water mark. CPU seconds of that
process are counted, from opening the export to the last interaction; Python's start is not.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PEOPLE, CHANNELS = 400, 60
WORDS = "who knows how the new billing report treats credit notes from last year thanks"


def make(folder: Path, messages: int, seed: int = 7) -> Path:
    """Write a workspace: threads, mentions in text and blocks, reactions, edits, profiles, as Slack does."""
    dice = random.Random(seed)
    users = [f"U{number:010d}" for number in range(PEOPLE)]
    channels = [
        {"id": f"C{number:010d}", "name": f"channel-{number}", "members": users} for number in range(CHANNELS)
    ]
    people = [
        {
            "id": user,
            "team_id": "T0000000001",
            "name": user.lower(),
            "profile": {"real_name": f"Person {user}", "email": f"{user}@example.org"},
        }
        for user in users
    ]
    (folder / "users.json").write_text(json.dumps(people))
    (folder / "channels.json").write_text(json.dumps(channels))
    a_day = 500
    for number in range(0, messages, a_day):
        day, channel = divmod(number // a_day, CHANNELS)
        date = time.strftime("%Y-%m-%d", time.gmtime(1_600_000_000 + day * 86_400))
        path = folder / channels[channel]["name"] / f"{date}.json"  # type: ignore[operator]  # a name is a str
        path.parent.mkdir(exist_ok=True)
        start = 1_600_000_000 + day * 86_400
        path.write_text(
            json.dumps([message(dice, users, start, place) for place in range(min(a_day, messages - number))])
        )
    return folder


def message(dice: random.Random, users: list[str], start: int, place: int) -> dict[str, Any]:
    ts, user, other = f"{start + place * 60}.{place:06d}", dice.choice(users), dice.choice(users)
    words = " ".join(dice.choices(WORDS.split(), k=dice.randrange(4, 40)))
    elements: list[dict[str, Any]] = [{"type": "text", "text": words}]
    row: dict[str, Any] = {
        "client_msg_id": f"{dice.getrandbits(128):032x}",
        "type": "message",
        "user": user,
        "text": words,
        "ts": ts,
        "team": "T0000000001",
        "user_team": "T0000000001",
        "source_team": "T0000000001",
        "user_profile": {
            "avatar_hash": "g1",
            "first_name": "Person",
            "real_name": f"Person {user}",
            "display_name": "",
            "team": "T0000000001",
            "is_restricted": False,
        },
    }
    if place % 4 == 0:
        row["text"] += f" <@{other}>"
        elements.append({"type": "user", "user_id": other})
    row["blocks"] = [
        {
            "type": "rich_text",
            "block_id": "b1",
            "elements": [{"type": "rich_text_section", "elements": elements}],
        }
    ]
    if place % 5 == 0:
        row |= {"thread_ts": ts, "reply_count": 3, "latest_reply": ts, "reply_users": [other]}
    elif place % 5 < 4:
        row |= {
            "thread_ts": f"{start + (place - place % 5) * 60}.{place - place % 5:06d}",
            "parent_user_id": other,
        }
    if place % 6 == 0:
        row["reactions"] = [{"name": "tada", "users": dice.sample(users, 2), "count": 2}]
    return row


def ours(path: Path) -> int:
    from crosstie.record import Interaction, Kind
    from crosstie.sources import Door, Ledger
    from crosstie.sources.slack import SOURCE

    traces = SOURCE.read(path, SOURCE.defaults(), Door(Ledger()))
    return sum(1 for trace in traces if isinstance(trace, Interaction) and trace.kind is not Kind.THANKED)


def plain(path: Path) -> int:
    """The peer does less: it decodes, and makes nothing of it."""
    return sum(len(json.loads(day.read_bytes())) for day in path.glob("*/*.json"))


READERS: dict[str, Callable[[Path], int]] = {"crosstie": ours, "json.loads": plain}


def measure(reader: str, path: Path, runs: int) -> dict[str, float]:
    """Read in processes of their own; return messages, CPU seconds and the high-water mark in MiB.

    The quickest run counts: what else the machine does can only slow a run down.
    """
    command = [sys.executable, __file__, "--child", reader, str(path)]
    found = [
        dict(json.loads(subprocess.run(command, check=True, capture_output=True).stdout)) for _ in range(runs)
    ]
    return min(found, key=lambda run: run["seconds"])


def child(reader: str, path: Path) -> None:
    ours(path.with_name("tiny"))  # imports and first use are not what is asked
    before = time.process_time()
    count = READERS[reader](path)
    seconds = time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"messages": count, "seconds": seconds, "memory": memory}))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--messages", type=int, default=200_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--least", type=int, default=100_000, help="messages a CPU-second, else exit 1")
    options.add_argument("--child", nargs=2, metavar=("READER", "PATH"))
    chosen = options.parse_args()
    if chosen.child:
        child(chosen.child[0], Path(chosen.child[1]))
        return 0
    with tempfile.TemporaryDirectory() as made:
        for name, count in (("tiny", 100), ("one", chosen.messages), ("four", 4 * chosen.messages)):
            folder = Path(made) / name
            folder.mkdir()
            make(folder, count)
        rows = {
            (reader, size): measure(reader, Path(made) / size, chosen.runs)
            for size in ("one", "four")
            for reader in READERS
        }
    print(f"{'reader':12}{'messages':>10}{'CPU s':>8}{'a CPU-second':>14}{'MiB':>6}")
    for (reader, _), row in rows.items():
        speed = row["messages"] / row["seconds"]
        print(f"{reader:12}{row['messages']:>10,}{row['seconds']:>8.2f}{speed:>14,.0f}{row['memory']:>6.0f}")
    one, four = rows["crosstie", "one"], rows["crosstie", "four"]
    speed = four["messages"] / four["seconds"]
    peer = rows["json.loads", "four"]["messages"] / rows["json.loads", "four"]["seconds"]
    growth = four["seconds"] / one["seconds"]
    memory = four["memory"] - one["memory"]
    print(
        f"\n{speed / peer:.2f} of json.loads, which makes no interactions; four times the messages cost ",
        end="",
    )
    print(f"{growth:.1f} times the time and {memory:+.0f} MiB")
    held = speed >= chosen.least and growth < 5 and memory < 20
    return 0 if held or not chosen.least else 1


if __name__ == "__main__":
    sys.exit(main())
