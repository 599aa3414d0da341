"""Options that several commands share, each declared once."""

from __future__ import annotations

from pathlib import Path

import click

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
    "--as", "viewer", default="", metavar="PERSON", help="Who you are: an address, a full name, or a key."
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of words.")
port = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port on 127.0.0.1 for the pages.",
)
