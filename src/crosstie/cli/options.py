"""Options that several commands share, each declared once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from crosstie.actions.days import moment


def _end_of_day(_context: click.Context, _option: click.Parameter, given: datetime | None) -> datetime | None:
    return None if given is None else moment(given.date())


workspace = click.option(
    "--workspace",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("crosstie-workspace"),
    envvar="CROSSTIE_WORKSPACE",
    show_default=True,
    help="The folder that keeps what was read.",
)
as_person = click.option(
    "--as",
    "viewer",
    default="",
    metavar="PERSON",
    help="Who you are: an address, a full name, an id as the source has it (U024BE7LH), or a key.",
)
as_of = click.option(
    "--as-of",
    "as_of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_end_of_day,
    metavar="DATE",
    help="Show what was so at the end of this day (UTC), e.g. 2026-03-31; else of the latest in the sources.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of words.")
port = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port on 127.0.0.1 for the pages.",
)
