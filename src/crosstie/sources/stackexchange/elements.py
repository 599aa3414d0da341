"""The rows of one XML file of a dump, streamed. Whatever a dump never holds is refused, not worked around.

No document type is taken, so there are no entities to expand and nothing is fetched; elements lie no deeper
than a row in its table, and a row is no longer than a page of text can be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from crosstie.errors import ExportUnsafe, SourceRefused
from crosstie.sources.archive import Member

LONGEST_ROW = 8 << 20
"""Bytes; a post is held to 30,000 characters by the site itself."""
_CHUNK = 256 << 10
_ROW_DEPTH = 2
# An encoding that Python does not know, or of more than one byte a letter, is not expat's own error.
_DAMAGE = (expat.ExpatError, LookupError, ValueError)

Row = dict[str, str]


def rows(member: Member) -> Iterator[Row]:
    """Yield the attributes of each row.

    Raises:
        SourceRefused: it is damaged, ends too early, or is no table of rows.
        ExportUnsafe: it declares entities, is nested, or holds a row of an absurd length.
    """
    found: list[Row] = []
    depth = 0

    def start(tag: str, attributes: Row) -> None:
        nonlocal depth
        depth += 1
        if depth == _ROW_DEPTH and tag == "row":
            found.append(attributes)
        elif depth > 1:
            raise SourceRefused(
                f'"{member.name}" holds "{tag[:40]}" where a dump has only rows.',
                hint="Give the folder or archive of a Stack Exchange dump, as it was downloaded.",
            )

    def end(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    def declared(*_: object) -> NoReturn:
        raise ExportUnsafe(
            f'"{member.name}" declares a document type, which no dump does: it could blow up what it names.',
            hint="Take the line that begins with <!DOCTYPE out, if you trust the file.",
        )

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    waiting = 0
    with member.open() as stream:
        while True:
            chunk = stream.read(_CHUNK)
            try:
                parser.Parse(chunk, not chunk)
            except _DAMAGE as trouble:
                yield from found
                raise SourceRefused(
                    f'"{member.name}" is damaged, ends too early, or is no XML ({trouble}).',
                    hint="Unpack or download it again; compare the size with the original's.",
                ) from trouble
            waiting = 0 if found else waiting + len(chunk)
            if waiting > LONGEST_ROW:
                raise ExportUnsafe(
                    f'"{member.name}" holds a row of more than {LONGEST_ROW:,} bytes.',
                    hint="Look at what it holds; no post of a site is that long.",
                )
            yield from found
            found.clear()
            if not chunk:
                return
