"""A made-up Stack Exchange dump: every trap of the format once, and how many units it has."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

# Posts, comments, votes, links and accepted answers of the tables below, counted by hand: 8 + 6 + 6 + 2 + 2.
UNITS = 24
VIEWER = "Ada Alvarez"
SETTINGS = {"site": "https://baking.example.org/"}

ADA, BEN, CLEO, DAN = 11, 12, 13, 14
SITE = -1
EARLY = "2020-01-05T10:00:00.000"

PEOPLE = [
    {"Id": SITE, "DisplayName": "Community", "CreationDate": "2020-01-01T09:00:00.123"},
    {"Id": ADA, "DisplayName": "Ada  Alvarez", "CreationDate": "2020-01-02T09:00:00.000", "Reputation": 7},
    {"Id": BEN, "DisplayName": "Ben Bauer", "CreationDate": "2020-01-03T09:00:00.000", "AboutMe": "secret"},
    {"Id": CLEO, "DisplayName": "Cleo Costa", "LastAccessDate": "2021-01-01T00:00:00.000"},
    {"Id": DAN, "DisplayName": "Dan"},
]


def post(number: int, owner: int | None, body: str, **more: Any) -> dict[str, Any]:
    """A question, or with a ParentId an answer."""
    kind = 2 if "ParentId" in more else 1
    row = {"Id": number, "PostTypeId": kind, "CreationDate": EARLY, "Body": f"<p>{body}</p>"}
    return {**row, **({} if owner is None else {"OwnerUserId": owner}), **more}


def comment(number: int, under: int, writer: int | None, text: str, **more: Any) -> dict[str, Any]:
    row = {"Id": number, "PostId": under, "Text": text, "CreationDate": "2020-02-01T10:00:00.000", **more}
    return row if writer is None else {**row, "UserId": writer}


def vote(number: int, on: int, kind: int, **more: Any) -> dict[str, Any]:
    return {"Id": number, "PostId": on, "VoteTypeId": kind, "CreationDate": "2020-01-07T00:00:00.000", **more}


POSTS = [
    post(1, ADA, "How long does it rest?", Title="Rye bread", Tags="<dough><rye>", AcceptedAnswerId=2),
    post(2, BEN, "Overnight", ParentId=1, CreationDate="2020-01-06T10:00:00.000"),
    post(3, ADA, "Or an hour", ParentId=1, CreationDate="2020-01-06T11:00:00.000"),
    post(4, SITE, "About dough", PostTypeId=5),
    post(5, None, "Where from?", OwnerDisplayName="user99", Title="Salt", Tags="<salt>", AcceptedAnswerId=6),
    post(6, CLEO, "From the sea", ParentId=5),
    post(7, SITE, "Poked", Title="Old", Tags="<dough>"),
    post(8, BEN, "When?", CreationDate="yesterday", Title="Time", Tags="<dough>"),
]
COMMENTS = [
    comment(21, 2, CLEO, "At which warmth?"),
    comment(22, 2, BEN, "Cold"),
    comment(23, 2, ADA, "@Cleo colder than here"),
    comment(24, 5, DAN, "Rock salt?"),
    comment(25, 2, None, "I left", UserDisplayName="user98"),
    comment(26, 77, DAN, "Lost"),
]
VOTES = [
    vote(31, 2, 1),
    vote(32, 1, 2),
    vote(33, 2, 2),
    vote(34, 1, 5, UserId=DAN),
    vote(35, 6, 3),
    vote(36, 7, 6),
]
LINKS = [
    {"Id": 41, "PostId": 8, "RelatedPostId": 1, "LinkTypeId": 3},
    {"Id": 42, "PostId": 5, "RelatedPostId": 1, "LinkTypeId": 1},
]
TABLES: dict[str, list[dict[str, Any]]] = {
    "Users": PEOPLE,
    "Posts": POSTS,
    "Comments": COMMENTS,
    "Votes": VOTES,
    "PostLinks": LINKS,
    "Badges": [{"Id": 51, "UserId": ADA, "Name": "Curious"}],
}


def table(name: str, rows: list[dict[str, Any]]) -> bytes:
    lines = [" ".join(f"{key}={quoteattr(str(value))}" for key, value in row.items()) for row in rows]
    root = name.lower()
    body = "".join(f"  <row {line} />\r\n" for line in lines)
    return f'\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<{root}>\r\n{body}</{root}>'.encode()


def write(folder: Path, tables: dict[str, list[dict[str, Any]] | bytes]) -> Path:
    """Write each table (bytes as they are) as XML in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        (folder / f"{name}.xml").write_bytes(rows if isinstance(rows, bytes) else table(name, rows))
    return folder


def make(folder: Path) -> Path:
    return write(folder / "baking.example.org", dict(TABLES))
