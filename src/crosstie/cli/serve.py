"""`crosstie serve`: open the pages of a workspace again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crosstie.cli import options

if TYPE_CHECKING:
    from crosstie.actions.home import Home


def open_pages(home: Home, viewer: str, port: int) -> None:
    """Serve the pages on this machine until they are stopped."""
    from crosstie.actions import looking
    from crosstie.web import serve as serve_pages

    person = looking.viewer(home, viewer)

    def ready(address: str) -> None:
        click.echo(f"Your pages: {address}  (stop with Ctrl-C)")

    serve_pages(home, viewer=person.person or None, port=port, on_ready=ready)


@click.command()
@options.workspace
@options.as_person
@options.port
def serve(folder: Path, viewer: str, port: int) -> None:
    """Open the pages of a workspace, on this machine only."""
    from crosstie.actions.home import Home

    with Home(folder, create=False) as home:
        open_pages(home, viewer, port)
