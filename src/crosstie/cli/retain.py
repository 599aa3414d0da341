"""`crosstie retain`: let what is older than is kept fall out of the record."""

from __future__ import annotations

from pathlib import Path

import click

from crosstie.cli import options, show
from crosstie.config import LONGEST_MONTHS


@click.command()
@options.workspace
@click.option(
    "--months",
    type=click.IntRange(1, LONGEST_MONTHS),
    help="Set how long is kept, and apply it. Organisations are proposed 24.",
)
@options.as_json
def retain(folder: Path, months: int | None, as_json: bool) -> None:
    """Remove what is older than is kept; who knew whom stays, without its evidence.

    Run it every day or month. It can be stopped and run again at any moment.
    """
    from crosstie.actions import retention
    from crosstie.actions.home import Home

    with Home(folder, create=False) as home:
        done = retention.retain(home, months=months)
    if as_json:
        show.print_json(done)
        return
    what = "interaction" if done.rows == 1 else "interactions"
    show.echo(f"{done.rows:,} {what} from before {done.before:%d %B %Y} fell out of the record.")
    show.echo(f"{done.known_ties:,} known ties are held without their evidence.")
    if not done.is_erased:
        show.echo("Another process still reads the older state: run this again to clear it from disk.")
