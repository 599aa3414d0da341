"""Every source, ours and strangers', through the same door: the entry-point group ``crosstie.sources``."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from crosstie.errors import PathUnreadable, SourceUnclear
from crosstie.sources.source import Source


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
        raise SourceUnclear(
            f'No source recognises "{path}".',
            hint=f"crosstie reads: {known}. Name the source yourself as NAME:PATH, e.g. mail:{path}.",
        )
    return source
