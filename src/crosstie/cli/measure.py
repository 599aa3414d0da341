"""`crosstie measure`: everybody's circle on an edge list, without a workspace."""

from __future__ import annotations

import csv
import math
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crosstie.cli import options, show

if TYPE_CHECKING:
    from crosstie.actions.measuring import Measured


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--from", "source", default="from", show_default=True, help="The column of who turned to someone."
)
@click.option("--to", "target", default="to", show_default=True, help="The column of whom they turned to.")
@click.option(
    "--weight", default="weight", show_default=True, help='The column of the weight; "-" for 1 in every row.'
)
@click.option(
    "--measures", default="", metavar="NAMES", help="Names of measures with commas between; else all."
)
@click.option("--undirected", is_flag=True, help="The order of the two ends means nothing.")
@click.option(
    "--groups",
    "groups_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A table whose first column names people and whose second their groups.",
)
@click.option(
    "--adjusted", is_flag=True, help="Beside what hangs on size, how it stands among circles of that size."
)
@click.option(
    "--intervals", is_flag=True, help="Beside what is estimated, between what it lies nine times in ten."
)
@options.as_json
def measure(
    file: Path,
    source: str,
    target: str,
    weight: str,
    measures: str,
    undirected: bool,
    groups_file: Path | None,
    adjusted: bool,
    intervals: bool,
    as_json: bool,
) -> None:
    """Measure everybody's circle on the edge list in FILE: CSV, Parquet or GraphML.

    Prints one row a person as CSV, in the order of their keys; what became of the rows goes to
    stderr. This is arithmetic on a file of yours: nothing is kept, and nobody is shown.
    """
    from crosstie.actions import edge_files, measuring

    read = edge_files.read(file)
    found = measuring.measure(
        read.columns,
        measures=[name.strip() for name in measures.split(",") if name.strip()] or None,
        source=source,
        target=target,
        weight=None if weight == "-" else weight,
        directed=not undirected and read.directed is not False,
        groups=None if groups_file is None else edge_files.groups(groups_file),
        adjusted=adjusted,
        intervals=intervals,
    )
    counted = {**asdict(found.counted), "unreadable": sum(read.left_out.values())}
    if as_json:
        show.print_json({"people": list(_rows(found)), "counted": counted})
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(found.columns)
    writer.writerows(["" if one is None else one for one in row.values()] for row in _rows(found))
    show.echo(
        f"{counted['people']:,} people, {counted['ties']:,} ties of {counted['rows']:,} rows;"
        f" left out: {counted['self_loops']:,} self-loops, {counted['without_weight']:,} of weight 0,"
        f" {counted['unreadable']:,} unreadable; {counted['doubled']:,} doubled and summed.",
        err=True,
    )


def _rows(found: Measured) -> list[dict[str, Any]]:
    """Return one row a person; None where a measure has no value."""
    columns = {name: column.tolist() for name, column in found.columns.items()}
    return [
        {
            name: None if isinstance(value, float) and math.isnan(value) else value
            for name, value in zip(columns, row, strict=True)
        }
        for row in zip(*columns.values(), strict=True)
    ]
