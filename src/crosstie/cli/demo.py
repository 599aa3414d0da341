"""`crosstie demo`: look around in an invented company."""

from __future__ import annotations

from pathlib import Path

import click

from crosstie.cli import options, show


@click.command()
@click.option(
    "--workspace",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-workspace"),
    show_default=True,
    help="The folder for the invented company.",
)
@click.option("--seed", default=20, show_default=True, help="Another seed, another company.")
@options.port
@click.option("--no-pages", is_flag=True, help="Make it and stop; open no pages.")
@options.as_json
def demo(folder: Path, seed: int, port: int, no_pages: bool, as_json: bool) -> None:
    """Make an invented company of some 240 people and open its pages.

    Only here may one look as anyone: nobody in it exists.
    """
    from crosstie.actions import summary
    from crosstie.actions.demo import make
    from crosstie.actions.home import Home
    from crosstie.cli.serve import open_pages

    with Home(folder) as home:
        with show.progress("Making the invented company", quiet=as_json) as progress:
            readings = make(home, seed=seed, progress=progress)
        result = summary.summarise(home, readings)
        if as_json:
            show.print_json(result)
            return
        click.echo(summary.in_words(home, result))
        if not no_pages:
            open_pages(home, "", port)
