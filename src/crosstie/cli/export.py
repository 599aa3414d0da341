"""`crosstie export`: the network for other tools."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from crosstie.cli import options, show


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@options.workspace
@click.option("--names", is_flag=True, help="Write names beside the opaque keys; needs --reason.")
@click.option("--reason", default="", help="Why names are needed; it is written into the journal.")
@options.as_of
@options.as_json
def export(file: Path, folder: Path, names: bool, reason: str, as_of: datetime | None, as_json: bool) -> None:
    """Write the network to FILE: .graphml, .gexf (with times), .csv or .parquet.

    People are opaque keys. GraphML and GEXF open in Gephi; CSV and Parquet hold one row a tie.
    With --names each name stands beside its key: as the label, or as learner_name and teacher_name.
    """
    from crosstie.actions.export import export as write
    from crosstie.actions.home import Home

    with Home(folder, create=False) as home:
        home.as_of = as_of
        written = write(home, file, names=names, reason=reason)
    if as_json:
        show.print_json(written)
        return
    show.echo(f"{written['people']:,} people and {written['ties']:,} ties written to {file}")
