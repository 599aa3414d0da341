"""What reading HTML takes, as sites render it from their own Markdown: its pieces, and its text made tidy."""

from __future__ import annotations

import re

TOKEN = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>|([^<]+)|<")
"""A tag (closing, name, attributes) or a text; no "<" within a tag, so broken HTML costs only its length."""

ENDS_A_LINE = frozenset(
    {"p", "br", "li", "div", "pre", "blockquote", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
)
"""Tags after which a new line begins."""


def line_end(depth: int) -> str:
    """Return what ends a line: the next one is marked with ">" for each quote it stands in, three at most."""
    return "\n" + "> " * min(depth, 3)


def tidy(text: str) -> str:
    """Return a text without white space at the ends of lines, and without lines that say nothing."""
    lines = [line.rstrip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line.strip("> ")).strip()
