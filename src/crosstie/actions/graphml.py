"""Edges of a GraphML file, streamed; no document type is taken, so nothing is expanded or fetched."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from crosstie.errors import ExportUnsafe, SourceRefused

_CHUNK = 256 << 10


@dataclass(slots=True, kw_only=True)
class Graph:
    """What a GraphML file says of its edges.

    Attributes:
        directed: whether edges have a direction, unless one says otherwise.
        sources, targets: ids of the ends.
        values: by name of an attribute of edges, the text of each edge, or None; as long as the ends.
        nodes: how many nodes the file names.
    """

    directed: bool = True
    sources: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    values: dict[str, list[str | None]] = field(default_factory=dict)
    nodes: int = 0


class _Reading:
    """One reading: which element is open, and what was found so far."""

    def __init__(self, name: str) -> None:
        self.graph = Graph()
        self._name = name
        self._of_key: dict[str, str] = {}
        self._usual: dict[str, str] = {}
        self._key = ""
        self._default = ""
        self._text: list[str] = []
        self._in_edge = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "key" and attributes.get("for") in ("edge", "all"):
            self._default = attributes.get("id", "")
            self._of_key[self._default] = attributes.get("attr.name", self._default)
            self.graph.values.setdefault(self._of_key[self._default], [])
        elif tag == "graph":
            self.graph.directed = attributes.get("edgedefault", "directed") == "directed"
        elif tag == "node":
            self.graph.nodes += 1
        elif tag == "edge":
            self._edge(attributes)
        elif tag in ("data", "default"):
            self._key, self._text = attributes.get("key", self._default), []

    def _edge(self, attributes: dict[str, str]) -> None:
        own = attributes.get("directed")
        if own is not None and (own == "true") != self.graph.directed:
            raise SourceRefused(
                f'"{self._name}" mixes edges with and without direction.',
                hint="Write each edge without direction as two, one each way, of half the weight.",
            )
        if "source" not in attributes or "target" not in attributes:
            raise SourceRefused(
                f'"{self._name}" holds an edge without two ends.', hint="Hyperedges are not read."
            )
        self._in_edge = True
        self.graph.sources.append(attributes["source"])
        self.graph.targets.append(attributes["target"])
        for name, values in self.graph.values.items():
            values.append(self._usual.get(name))

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "edge":
            self._in_edge = False
        elif tag == "default" and self._key in self._of_key:
            self._usual[self._of_key[self._key]] = "".join(self._text).strip()
        elif tag == "data" and self._in_edge and self._key in self._of_key:
            self.graph.values[self._of_key[self._key]][-1] = "".join(self._text).strip()

    def text(self, text: str) -> None:
        self._text.append(text)

    def declared(self, *_: object) -> NoReturn:
        raise ExportUnsafe(
            f'"{self._name}" declares a document type, which GraphML does without: it could blow up what it'
            " names.",
            hint="Take the line that begins with <!DOCTYPE out, if you trust the file.",
        )


def read(path: Path) -> Graph:
    """Return the edges of a GraphML file.

    Raises:
        SourceRefused: it is damaged, ends too early, mixes kinds of edges, or is no XML.
        ExportUnsafe: it declares a document type.
    """
    reading = _Reading(path.name)
    parser = expat.ParserCreate()
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    parser.StartDoctypeDeclHandler = reading.declared
    parser.EntityDeclHandler = reading.declared
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as trouble:
            raise SourceRefused(
                f'"{path.name}" is damaged, ends too early, or is no GraphML ({trouble}).',
                hint="Write it again with the program it comes from.",
            ) from trouble
    return reading.graph
