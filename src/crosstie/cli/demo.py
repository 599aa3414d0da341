"""`crosstie demo`: look around in an invented company."""

from __future__ import annotations

import os
from pathlib import Path

import click

from crosstie.cli import options, show


@click.command()
@click.option(
    "--workspace",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the invented company.  [default: demo-workspace, or demo-organisation]",
)
@click.option(
    "--organisation",
    is_flag=True,
    help="As an organisation whose people have joined: sign in, ask, meet, say thank you.",
)
@click.option("--seed", default=20, show_default=True, help="Another seed, another company.")
@options.port
@click.option("--no-pages", is_flag=True, help="Make it and stop; open no pages.")
@options.as_json
def demo(
    folder: Path | None, organisation: bool, seed: int, port: int, no_pages: bool, as_json: bool
) -> None:
    """Make an invented company of some 240 people and open its pages.

    Only here may one look as anyone: nobody in it exists.
    """
    if organisation:
        _organisation(folder or Path("demo-organisation"), seed, port, no_pages, as_json)
        return
    folder = folder or Path("demo-workspace")
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
        show.echo(summary.in_words(home, result))
        if not no_pages:
            open_pages(home, "", port)


def _organisation(folder: Path, seed: int, port: int, no_pages: bool, as_json: bool) -> None:
    # Logins need more of Django than reading does, and Django is set up once a process.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crosstie.web.settings")
    from crosstie.actions.organisation import demo as invented
    from crosstie.actions.organisation.opening import open_organisation
    from crosstie.cli.serve import serve_organisation

    with (
        open_organisation(folder) as home,
        show.progress("Making the invented company", quiet=as_json) as progress,
    ):
        worth_being = invented.make(home, seed=seed, progress=progress)
    if as_json:
        show.print_json({"password": invented.PASSWORD, "people": worth_being})
        return
    show.echo(f"Sign in with the password: {invented.PASSWORD}")
    for one in worth_being:
        show.echo(f"  {one.address:<40}  {one.why}")
    if not no_pages:
        serve_organisation(folder, port)
