"""`crosstie similar`: earlier questions like one, with their answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crosstie.cli import options, show
from crosstie.cli.admitting import looking_as

if TYPE_CHECKING:
    from crosstie.actions.views import Original

LONGEST = 160
"""Characters of a text that are printed; --json has all of it."""


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
        click.echo("Nothing like it was answered in open places so far.")
    for one in found:
        _print(one.question, "", bold=True)
        for answer in one.answers:
            _print(answer, "  ", bold=False)
        if one.more:
            click.echo(f"  and {one.more} more")


def _print(said: Original, margin: str, *, bold: bool) -> None:
    words = " ".join(said.text.split())
    short = words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"
    click.secho(f"{margin}{short}", bold=bold)
    where = f" in {said.place}" if said.place else ""
    day = f", {said.at:%d %B %Y}" if said.at else ""
    click.echo(click.style(f"{margin}{said.who}{where}{day} {said.link}".rstrip(), dim=True))
