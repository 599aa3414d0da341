"""`crosstie similar`: earlier questions like one, with their answers."""

from __future__ import annotations

from pathlib import Path

import click

from crosstie.cli import options, show
from crosstie.cli.admitting import looking_as


@click.command()
@click.argument("text")
@options.workspace
@options.as_person
@options.as_json
def similar(text: str, folder: Path, viewer: str, as_json: bool) -> None:
    """Show earlier questions like TEXT that were answered in open places, with their answers."""
    from crosstie.actions import advising
    from crosstie.actions.home import Home

    with (
        Home(folder, create=False) as home,
        looking_as(home, viewer) as who,
        show.progress(show.LOOKING, quiet=as_json),
    ):
        found = advising.answered_before(home, who, text)
    if as_json:
        show.print_json({"questions": found})
        return
    if not found:
        show.echo("Nothing like it was answered in open places so far.")
    for one in found:
        show.print_original(one.question, bold=True)
        for answer in one.answers:
            show.print_original(answer, margin="  ")
        if one.more:
            show.echo(f"  and {one.more} more")
