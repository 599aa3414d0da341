"""What an agreement is made of: sections with sentences and tables, and how they are written as Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table in words; the first cell of a row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One subject.

    Attributes:
        name: stable, for links.
        title: in words.
        said: sentences, a paragraph each.
        points: what stands as a list.
        tables: what stands as tables.
    """

    name: str
    title: str
    said: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """All of it, as it stands on a day."""

    organisation: str
    on: date
    version: str
    sections: tuple[Section, ...]


def markdown(section: Section, *, level: int = 2) -> str:
    """Return a section as Markdown.

    Args:
        section: which.
        level: of its heading.
    """
    parts = [f"{'#' * level} {section.title}", *section.said]
    if section.points:
        parts.append("\n".join(f"- {point}" for point in section.points))
    parts += [_table(table) for table in section.tables]
    return "\n\n".join(parts)


def _table(table: Table) -> str:
    lines = [table.head, ("---",) * len(table.head), *table.rows]
    return f"**{table.caption}**\n\n" + "\n".join(
        "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in line) + " |"
        for line in lines
    )
