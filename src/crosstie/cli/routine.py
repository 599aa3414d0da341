"""`crosstie routine`: questions that come again and again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crosstie.cli import options, show
from crosstie.cli.admitting import looking_as

if TYPE_CHECKING:
    from crosstie.actions.routine import RoutineView
    from crosstie.actions.routine_shares import SharesView


@click.command()
@click.option(
    "--draft",
    "number",
    type=click.IntRange(min=1),
    metavar="N",
    help="Print a draft page of the N-th question, in Markdown, and nothing else.",
)
@options.workspace
@options.as_person
@options.as_json
def routine(number: int | None, folder: Path, viewer: str, as_json: bool) -> None:
    """Show the questions that come again and again in open places, and what settled them.

    Without --as only the share of such questions is shown, of everybody together. Of how many you answered
    yourself nobody else is told.
    """
    from crosstie.actions import routine as actions
    from crosstie.actions import routine_shares
    from crosstie.actions.home import Home
    from crosstie.errors import UsageRefused

    with (
        Home(folder, create=False) as home,
        looking_as(home, viewer) as who,
        show.progress("Comparing questions", quiet=as_json),
    ):
        seen = actions.recurring(home, who) if who.person else None
        own = routine_shares.own_share(home, who) if who.person else None
        everybody = routine_shares.shares(home)
        if number is not None and (seen is None or number > len(seen.questions)):
            raise UsageRefused(
                f"There is no question number {number} to be seen.",
                hint="crosstie routine --as you shows those there are.",
            )
    if number is not None and seen is not None:
        show.echo(seen.questions[number - 1].draft, nl=False)
        return
    if as_json:
        show.print_json({"recurring": seen, "own": own, "everybody": everybody})
        return
    if seen is not None:
        _print_questions(seen)
    if own is not None:
        show.echo(f"\n{own.sentence} Only you see this.")
    if everybody is not None:
        _print_shares(everybody)
    if seen is not None:
        show.echo(f"\n{seen.how}\n{seen.measured}", dim=True)
        for caution in seen.cautions:
            show.echo(caution, dim=True)


def _print_questions(seen: RoutineView) -> None:
    if not seen.questions:
        show.echo(f"Nothing comes again: {seen.looked_at:,} questions in open places were compared.")
    for row, one in enumerate(seen.questions, 1):
        show.echo(f"{row}. {show.excerpt(one.question.text)}", bold=True)
        where = f", in {', '.join(one.places)}" if one.places else ""
        show.echo(f"   Asked {one.times} times since {one.since:%d %B %Y}{where}.")
        show.echo(f"   {one.answer.who}: {show.excerpt(one.answer.text)}")
        show.echo(f"   {one.settled} {one.answer.link}".rstrip(), dim=True)


def _print_shares(everybody: SharesView) -> None:
    shown = [one for one in everybody.quarters if one.share is not None]
    show.echo("\nOf all questions in open places, those like one asked and answered in the half year before:")
    for one in shown:
        assert one.share is not None and one.low is not None and one.high is not None  # noqa: S101, PT018
        show.echo(
            f"  quarter from {one.begins_on:%d %B %Y}: {one.share:.0%} ({one.low:.0%} to {one.high:.0%})"
        )
    if withheld := len(everybody.quarters) - len(shown):
        show.echo(f"  {withheld} quarters with too few questions, or asked by too few, are not shown.")
    if not everybody.quarters:
        show.echo("  There is no whole quarter yet of which the half year before is known.")
    show.echo(everybody.sentence)
