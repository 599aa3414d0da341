"""Who looks at a workspace by a command, and that it became theirs by that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crosstie.cli import show

if TYPE_CHECKING:
    from crosstie.actions.home import Home
    from crosstie.people import Viewer


@contextmanager
def looking_as(home: Home, given: str) -> Iterator[Viewer]:
    """Admit the viewer of `--as` for a block, and say on stderr if the workspace became theirs by it."""
    from crosstie.actions import looking

    before = home.viewer_given
    with looking.looking_as(home, given) as viewer:
        yield viewer
    if home.viewer_given != before:
        show.echo(
            f'The workspace "{home.folder}" is that of "{home.viewer_given}" from now on:'
            " nobody else can look at it with --as.",
            err=True,
        )
