"""`crosstie opt-out` and `crosstie opt-in`: a person's own decision to be left out, and to come back."""

from __future__ import annotations

from pathlib import Path

import click

from crosstie.cli import options, show


@click.command(name="opt-out")
@click.argument("person")
@options.workspace
@options.as_json
def opt_out(person: str, folder: Path, as_json: bool) -> None:
    """Leave PERSON (key, name or address) out: nothing of them is read or shown from now on.

    An address can opt out before anything was read of it. What was read stays, unseen, until `forget`.
    """
    from crosstie.actions import opting
    from crosstie.actions.home import Home

    with Home(folder, create=False) as home:
        done = opting.opt_out(home, person)
    if as_json:
        show.print_json(done)
        return
    if not done.is_changed:
        show.echo("This had been decided before.")
    elif done.is_known:
        show.echo("Left out: they are in no view, map, circle or export any more, and are not read again.")
    else:
        show.echo("Nobody of this address was read so far; nobody of it will be.")


@click.command(name="opt-in")
@click.argument("person")
@options.workspace
@options.as_json
def opt_in(person: str, folder: Path, as_json: bool) -> None:
    """Let PERSON in again; read the exports again to take in what was left out since."""
    from crosstie.actions import opting
    from crosstie.actions.home import Home

    with Home(folder, create=False) as home:
        done = opting.opt_in(home, person)
    if as_json:
        show.print_json(done)
        return
    if done.is_changed:
        show.echo("Let in again. What was left out meanwhile comes in when its exports are read again.")
    else:
        show.echo("They had not opted out.")
