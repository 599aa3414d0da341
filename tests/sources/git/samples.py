"""A made-up history with everything a reader must tell apart."""

from __future__ import annotations

from pathlib import Path

from tests.sources.git.histories import Made, build

UNITS = 6


def make(folder: Path) -> Path:
    """Write the sample and return its path."""
    return build(
        folder / "widgets",
        [
            Made(message="Begin\n"),
            Made(
                message="Add a lamp\n\nIt shines.\n\nCo-authored-by: Ben Holt <ben@example.org>\n"
                "Reviewed-by: Cleo Ito <cleo@example.org>\nSigned-off-by: Ada Berg <ada@example.org>\n"
            ),
            Made(
                message="Mend the lamp\n\nHelped-by: Ada Berg <ada@example.org>\n",
                author="Ben Holt <ben@example.org>",
            ),
            Made(
                message="Polish the lamp\n\nReviwed-by: Ada Berg <ada@example.org>\nCc: dan@example.org\n",
                author="Ben Holt <ben@example.org>",
                committer="Cleo Ito <cleo@example.org>",
            ),
            Made(
                message="Bump glass to 2.0\n",
                author="dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
            ),
            Made(message="Merge the oven\n", parents=(5, 2)),
        ],
    )
