"""Which files of a folder are the answers of a forum, and whether there are any: a cheap look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from crosstie.errors import CrosstieError
from crosstie.sources.archive import Archive, Member, names, opened
from crosstie.sources.limits import Limits

# As discourse-archive names the folder of a month and the file of a post.
_MONTH, _POST_FILE = re.compile(r"\d{4}-\d\d-[A-Z][a-z]+"), re.compile(r"\d{6,}-.+\.json")
_SIGNS = (b'"post_stream"', b'"latest_posts"', b'"post_number"')
_LOOKED_INTO, _LOOKED_AT = 20, 64 << 10
# A tar of something else must not be unpacked whole just to see that no file of it is a forum's.
_LOOK = Limits(members=2_000, total_bytes=64 << 20)


def recognises(path: Path) -> float:
    """Say how sure it is that this holds what a Discourse forum answers."""
    if not path.exists():
        return 0.0
    if is_one_file(path):
        with path.open("rb") as file:
            return 0.6 if _is_signed(file.read(_LOOKED_AT)) else 0.0
    for name in names(path):
        if len(name.parts) > 1 and _MONTH.fullmatch(name.parts[-2]) and _POST_FILE.fullmatch(name.name):
            return 0.9
    return 0.85 if _holds_signs(path) else 0.0


def _holds_signs(path: Path) -> bool:
    try:
        with opened(path, _LOOK) as archive:
            return any(_begins_with_signs(one) for one in islice(files(archive), _LOOKED_INTO))
    except (CrosstieError, OSError):
        return False


def _begins_with_signs(member: Member) -> bool:
    with member.open() as stream:
        return _is_signed(stream.read(_LOOKED_AT))


def _is_signed(start: bytes) -> bool:
    return any(sign in start for sign in _SIGNS) and b'"topic_id"' in start


def is_one_file(path: Path) -> bool:
    """Say whether this is a single answer, saved by itself."""
    return path.is_file() and path.suffix.lower() == ".json"


def files(archive: Archive) -> Iterator[Member]:
    """Yield the files in JSON."""
    return (member for member in archive.members() if member.name.suffix.lower() == ".json")
