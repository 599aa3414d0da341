"""`crosstie forget`: remove a person from everything that was kept."""

from __future__ import annotations

from pathlib import Path

import click

from crosstie.cli import options, show
from crosstie.harmless import harmless


@click.command()
@click.argument("person")
@options.workspace
@click.option("--yes", is_flag=True, help="Do not ask again.")
@options.as_json
def forget(person: str, folder: Path, yes: bool, as_json: bool) -> None:
    """Forget PERSON (key, name or address): rows, key, mentions and names, for good."""
    from crosstie.actions import looking
    from crosstie.actions.forgetting import forget as forget_person
    from crosstie.actions.home import Home

    with Home(folder, create=False) as home:
        found = looking.find_anyone(home, person)
        if not yes:
            click.confirm(harmless(f"Forget {found.name} for good?"), abort=True)
        done = forget_person(home, found.key)
    if as_json:
        show.print_json(done)
        return
    show.echo(f"Forgotten: {done['rows']:,} rows removed, {done['blanked']:,} rows of others blanked.")
