"""`crosstie circle`: one's own circle in words."""

from __future__ import annotations

from pathlib import Path

import click

from crosstie.cli import options, show

NAMED = 12
"""How many people a line names; the pages and --json have all."""


@click.command()
@options.workspace
@options.as_person
@options.as_json
def circle(folder: Path, viewer: str, as_json: bool) -> None:
    """Show your own circle: who is in it, how large and how diverse it is."""
    from crosstie.actions import looking, pages
    from crosstie.actions.home import Home

    with Home(folder, create=False) as home:
        seen = pages.circle(home, looking.viewer(home, viewer))
    if as_json:
        show.print_json(seen)
        return
    click.secho(seen.headline.sentence, bold=True)
    if seen.headline.original and seen.headline.original.link:
        click.echo(f"  {seen.headline.original.link}")
    click.echo()
    for figure in (one for one in seen.figures if one.value is not None):
        click.echo(f"{figure.label}: {figure.shown}")
        click.echo(click.style(f"  {figure.sentence} ({figure.basis})", dim=True))
    for reason, labels in pages.unsaid(seen.figures):
        click.echo(f"{', '.join(labels)}: not enough to say")
        click.echo(click.style(f"  {reason}", dim=True))
    for title, people in (("You turned to", seen.turned_to), ("Turned to you", seen.turned_to_me)):
        names = ", ".join(contact.person.name for contact in people[:NAMED])
        if len(people) > NAMED:
            names += f" and {len(people) - NAMED} more"
        click.echo(f"\n{title}: {names or 'nobody yet'}")
    date = f"As of {seen.as_of:%d %B %Y}. " if seen.as_of else "What was read has no times. "
    click.echo(f"\n{date}For learning, never for appraisal.")
