"""`crosstie who-knows`: three people likely to help with a question, and why them."""

from __future__ import annotations

from pathlib import Path

import click

from crosstie.cli import options, show
from crosstie.cli.admitting import looking_as


@click.command("who-knows")
@click.argument("text")
@click.option(
    "--place", default="", metavar="PLACE", help="The open place the question belongs to, by its name."
)
@options.workspace
@options.as_person
@options.as_json
def who_knows(text: str, place: str, folder: Path, viewer: str, as_json: bool) -> None:
    """Say who is likely to help with TEXT, why them, and how you get to them.

    It rests on what was answered, changed and reviewed in open places; TEXT may be the path of a file, too.
    Nobody is asked by this.
    """
    from crosstie.actions import advising
    from crosstie.actions.home import Home

    with (
        Home(folder, create=False) as home,
        looking_as(home, viewer) as who,
        show.progress(show.LOOKING, quiet=as_json),
    ):
        found = advising.who_can_help(home, who, text, advising.named_place(home, who, place))
    if as_json:
        show.print_json({"people": found})
        return
    if not found:
        show.echo(
            "Nobody was found: it takes somebody else who answered at least two questions,"
            " or wrote or reviewed two changes, in open places."
        )
    for helper in found:
        show.echo(helper.person.name, bold=True)
        for sentence in (*helper.reasons, helper.path):
            if sentence:
                show.echo(f"  {sentence}")
        for original in helper.evidence:
            show.print_original(original, margin="  ")
    show.echo(
        "\nLikeliest first, by what they answered or changed in open places; it does not say who knows most.",
        dim=True,
    )
