"""`crosstie panel`: a few people who know a matter and come to it from different sides."""

from __future__ import annotations

from pathlib import Path

import click

from crosstie.cli import options, show
from crosstie.cli.admitting import looking_as


@click.command()
@click.argument("text")
@click.option(
    "-k", "seats", type=click.IntRange(2, 12), default=5, show_default=True, help="How many people at most."
)
@click.option(
    "--quota",
    "quotas",
    multiple=True,
    metavar="GROUP=N",
    help="How many of a group: Sales=2, Sales=1..2, Sales=1.. (at least) or Sales=..2 (at most).",
)
@click.option(
    "--place", default="", metavar="PLACE", help="The open place the matter belongs to, by its name."
)
@options.workspace
@options.as_person
@options.as_json
def panel(
    text: str, seats: int, quotas: tuple[str, ...], place: str, folder: Path, viewer: str, as_json: bool
) -> None:
    """Put a panel together: people who know the matter of TEXT and come from different sides.

    They stand by name, each with what they bring and why them. Nobody is asked by this.
    """
    from crosstie.actions import panels
    from crosstie.actions.home import Home

    wanted = [panels.quota(one) for one in quotas]
    with (
        Home(folder, create=False) as home,
        looking_as(home, viewer) as who,
        show.progress(show.LOOKING, quiet=as_json),
    ):
        found = panels.panel(home, who, text, place, seats, quotas=wanted)
    if as_json:
        show.print_json(found)
        return
    if not found.seats:
        show.echo(
            "Nobody was found: it takes people who answered something like it in open places, and with whom"
            " you are not in touch at present."
        )
    for seat in found.seats:
        show.echo(seat.helper.person.name, bold=True)
        for sentence in (*seat.brings, *seat.helper.reasons, seat.helper.path):
            if sentence:
                show.echo(f"  {sentence}")
        for answer in (one for one in seat.helper.evidence if one.link):
            show.echo(f"  {answer.link}", dim=True)
    if 0 < len(found.seats) < found.wanted:
        show.echo(
            f"\n{len(found.seats)}, not {found.wanted}: nobody overloaded is asked, and at most half of"
            " a panel are people you are in touch with at present."
        )
    show.echo(f"\n{found.how}\n{found.measured}", dim=True)
    for caution in found.cautions:
        show.echo(caution, dim=True)
