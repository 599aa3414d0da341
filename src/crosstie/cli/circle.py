"""`crosstie circle`: one's own circle in words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crosstie.cli import options, show
from crosstie.cli.admitting import looking_as

if TYPE_CHECKING:
    from crosstie.actions.views import CircleView, Contact

NAMED = 12
"""How many people a line names; --all names everybody."""


@click.command()
@options.workspace
@options.as_person
@options.as_of
@click.option("--all", "everybody", is_flag=True, help="Name everyone in your circle, a line each.")
@options.as_json
def circle(folder: Path, viewer: str, as_of: datetime | None, everybody: bool, as_json: bool) -> None:
    """Show your own circle: who is in it, how large and how diverse it is."""
    from crosstie.actions import pages
    from crosstie.actions.home import Home

    with Home(folder, create=False) as home:
        home.as_of = as_of
        with looking_as(home, viewer) as who, show.progress("Drawing the network", quiet=as_json):
            seen = pages.circle(home, who)
    if as_json:
        show.print_json(seen)
        return
    show.echo(seen.headline.sentence, bold=True)
    if seen.headline.original and seen.headline.original.link:
        show.echo(f"  {seen.headline.original.link}")
    show.echo()
    _print_figures(seen)
    for title, people in (("You turned to", seen.turned_to), ("Turned to you", seen.turned_to_me)):
        names = ", ".join(contact.person.name for contact in people[:NAMED])
        if len(people) > NAMED:
            names += f" and {len(people) - NAMED} more"
            if not everybody:
                names += " (--all names everyone)"
        show.echo(f"\n{title}: {names or 'nobody yet'}")
    if everybody:
        show.echo("\nEveryone in your circle, by name", bold=True)
        for contact in sorted(seen.contacts, key=lambda one: (one.person.name.casefold(), one.person.key)):
            show.echo(f"  {contact.person.name}: {_in_words(contact)}")
    date = f"As of {seen.as_of:%d %B %Y}. " if seen.as_of else "What was read has no times. "
    show.echo(f"\n{date}For learning, never for appraisal.")


def _print_figures(seen: CircleView) -> None:
    from crosstie.actions import pages

    for figure in (one for one in seen.figures if one.value is not None):
        show.echo(f"{figure.label}: {figure.shown}")
        show.echo(f"  {figure.sentence} ({figure.basis})", dim=True)
    for reason, labels in pages.unsaid(seen.figures):
        show.echo(f"{', '.join(labels)}: not enough to say")
        show.echo(f"  {reason}", dim=True)
    if seen.moves:
        show.echo(f"\n{seen.moves.sentence}", dim=True)


def _in_words(contact: Contact) -> str:
    """Say what there is between the viewer and one contact: who turned to whom, and when last in touch."""
    if contact.turned_to > 0 and contact.turned_to_me > 0:
        words = "you turned to one another"
    elif contact.turned_to > 0:
        words = "you turned to them"
    elif contact.turned_to_me > 0:
        words = "they turned to you"
    else:
        words = "you were in the same exchange"
    last = f", last in touch on {contact.last_at:%d %B %Y}" if contact.last_at else ""
    return words + last + ("" if contact.is_active else " (known from earlier)")
