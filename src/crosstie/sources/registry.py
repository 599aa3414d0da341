"""Every source, ours and strangers', through the same door: the entry-point group ``crosstie.sources``."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from itertools import islice
from pathlib import Path

from crosstie.errors import PathUnreadable, SourceUnclear
from crosstie.sources.source import Source

_LOOKED_AT = 100
_NAMED = 3


@cache
def every_source() -> dict[str, Source]:
    """Return all installed sources by name, in the order of their names."""
    found = [point.load() for point in entry_points(group="crosstie.sources")]
    return {source.name: source for source in sorted(found, key=lambda source: source.name)}


def recognise(path: Path) -> Source:
    """Find the source that reads this path.

    Raises:
        PathUnreadable: the path is missing or empty.
        SourceUnclear: no source recognises it.
        SourceRefused: it says what it is, and is damaged.
    """
    if not path.exists():
        raise PathUnreadable(
            f'There is nothing at "{path}".', hint="Check the path; a folder or a file is wanted."
        )
    if path.is_file() and path.stat().st_size == 0:
        raise PathUnreadable(f'"{path}" is empty.', hint="Export again, or check that the download finished.")
    sure = [(source.recognises(path), source) for source in every_source().values()]
    best, source = max(sure, key=lambda pair: pair[0])
    if best <= 0:
        known = ", ".join(source.label for _, source in sure)
        several = _readable_in(path)
        if several:
            raise SourceUnclear(
                f'No source reads the folder "{path}" as a whole, but several files in it one by one.',
                hint=f"Name the files that belong together: crosstie try {' '.join(map(str, several))}",
            )
        for one in every_source().values():
            if one.explains is not None:
                one.explains(path)
        raise SourceUnclear(
            f'No source recognises "{path}".',
            hint=f"crosstie reads: {known}. Name the source yourself as NAME:PATH, e.g. mail:{path}.",
        )
    return source


def _readable_in(folder: Path) -> list[Path]:
    """Return the first files of a folder that some source reads, such as tables."""
    if not folder.is_dir():
        return []
    files = islice((one for one in sorted(folder.iterdir()) if one.is_file()), _LOOKED_AT)
    readable = (one for one in files if any(each.recognises(one) > 0 for each in every_source().values()))
    return list(islice(readable, _NAMED))
