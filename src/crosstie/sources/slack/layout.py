"""How a Slack export is laid out: which files are lists, which are day files, and what the lists say."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from crosstie.errors import SourceRefused
from crosstie.sources.archive import Archive, Member, names, opened
from crosstie.sources.mending import UNREADABLE, Mender
from crosstie.sources.slack import parse
from crosstie.sources.slack.lists import (
    CONVERSATION_LISTS,
    PEOPLE_LISTS,
    Workspace,
    fallback_team,
)

_DAY = re.compile(r"\d{4}-\d\d-\d\d\.json")
_TEXT_EXPORT_FOLDERS = frozenset({"channels", "dms", "groups", "mpims"})
_LISTS = PEOPLE_LISTS | CONVERSATION_LISTS.keys()
# The workspace's id is looked for in so many day files where no list tells it.
_DAYS_LOOKED_AT = 20
_RUNS_LOOKED_AT = 3


def recognises(path: Path) -> float:
    """Say how sure it is that this is a Slack export, by the names in it."""
    if not path.exists():
        return 0.0
    lists, days, texts = set(), 0, 0
    for name in names(path):
        if name.name in _LISTS:
            lists.add(name.name)
        days += len(name.parts) > 1 and _DAY.fullmatch(name.name) is not None
        texts += _is_text_export(name.parts)
    if lists and days:
        return 0.95
    if "channels.json" in lists and _lists_something(path):
        return 0.8
    return 0.5 if days else 0.3 if texts else 0.0


def _lists_something(path: Path) -> bool:
    """Say whether a list of channels, which many a project may have, holds what Slack writes: ids.

    A damaged archive gets the benefit of the doubt, so that it is refused with a reason.
    """
    try:
        with opened(path) as archive:
            channels = (one for one in archive.members() if one.name.name == "channels.json")
            return any(_has_ids(one.read()) for one in islice(channels, _RUNS_LOOKED_AT))
    except SourceRefused:
        return path.is_file()
    except OSError:
        return False


def _has_ids(content: bytes) -> bool:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, list) and any(isinstance(one, dict) and one.get("id") for one in found)


@dataclass(frozen=True, slots=True)
class _List:
    run: str
    name: str
    content: bytes


def first_pass(archive: Archive, path: Path) -> tuple[Workspace, set[str], str]:
    """Return what the lists say, the runs that hold day files, and the id of the workspace."""
    lists: list[_List] = []
    runs: set[str] = set()
    texts = looked_at = 0
    team_of_messages = ""
    for member in archive.members():
        parts = member.name.parts
        if member.name.name in _LISTS:
            lists.append(_List(str(member.name.parent), member.name.name, member.read()))
        elif is_day(member):
            runs.add(str(member.name.parent.parent))
            if not team_of_messages and looked_at < _DAYS_LOOKED_AT:
                looked_at += 1
                team_of_messages = _team_in(member)
        texts += _is_text_export(parts)
    if not runs and texts:
        raise SourceRefused(
            f'"{path.name}" is a Slack export in text form, which has no ids of people or messages.',
            hint="Export again and choose JSON as the format.",
        )
    if not runs and not lists:
        raise SourceRefused(
            f'"{path.name}" holds no day files (channel/YYYY-MM-DD.json) and no lists of Slack.',
            hint="Give the zip that Slack made, or the folder that it was unpacked to.",
        )
    workspace = Workspace()
    for found in sorted(lists, key=lambda found: in_order(found.run)):
        if found.name in PEOPLE_LISTS:
            workspace.add_people(found.content)
        else:
            workspace.add_conversations(found.content, found.run, CONVERSATION_LISTS[found.name])
    team = workspace.team() or team_of_messages or fallback_team(workspace.conversations.values())
    return workspace, runs, team or "unnamed"


def is_day(member: Member) -> bool:
    """Say whether this is a day file of some conversation."""
    return len(member.name.parts) > 1 and _DAY.fullmatch(member.name.name) is not None


def _is_text_export(parts: tuple[str, ...]) -> bool:
    return parts[-1].endswith(".txt") and not _TEXT_EXPORT_FOLDERS.isdisjoint(parts[:-1])


def _team_in(day: Member) -> str:
    try:
        messages = parse.messages(day.read(), Mender())  # what is mended is told when all of it is read
        return next((found.team for found in messages if found and found.team), "")
    except UNREADABLE:
        return ""


def in_order(run: str) -> list[tuple[int, str]]:
    """Return what sorts runs by name, numbers by their value: the last is held to be the newest."""
    return [
        (int(digits), "") if digits.isdecimal() else (-1, digits) for digits in re.split(r"(\d{1,18})", run)
    ]
