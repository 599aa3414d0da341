"""`crosstie ledger`: what was read, used and left out."""

from __future__ import annotations

from pathlib import Path

import click

from crosstie.cli import options, show


@click.command()
@options.workspace
@options.as_json
def ledger(folder: Path, as_json: bool) -> None:
    """Show what was read from each source: used, or left out and why."""
    from crosstie.actions import looking, pages
    from crosstie.actions.home import Home

    with Home(folder, create=False) as home:
        seen = pages.sources(home, looking.nobody())
    if as_json:
        show.print_json(seen)
        return
    for latest, *before in seen.by_path():
        show.print_reading(latest)
        for one in before:
            show.print_earlier(one)
    if not seen.readings:
        show.echo("Nothing was read yet.")
