"""How the command shows things: JSON for scripts, words and quiet tables for people."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from crosstie.harmless import escaped, harmless

if TYPE_CHECKING:
    from collections.abc import Callable

    from crosstie.actions.views import Original, Reading


def as_plain(value: Any) -> Any:
    """Turn a view into what JSON can hold: dataclasses to objects, times to ISO 8601."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): as_plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [as_plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def echo(
    text: str = "", *, bold: bool = False, dim: bool = False, err: bool = False, nl: bool = True
) -> None:
    """Print a text, however much of it comes from outside: nothing in it steers the terminal but its style.

    All that the command says goes through here, or through `print_json`.
    """
    shown = harmless(text)
    if bold or dim:
        shown = click.style(shown, bold=bold or None, dim=dim or None)
    click.echo(shown, err=err, nl=nl)


def print_json(value: Any) -> None:
    """Print one JSON object; signs that would steer a terminal are written as JSON escapes them."""
    click.echo(escaped(json.dumps(as_plain(value), ensure_ascii=False, indent=2)))


def print_reading(reading: Reading, *, verb: str = "used") -> None:
    """Print the ledger of one reading: read = used + left out, by reason."""
    state = "" if reading.finished else "  (stopped before the end)"
    echo(f"{reading.label}  {reading.path}{state}", bold=True)
    echo(f"  {reading.read:>9,} {reading.counted_in} read")
    echo(f"  {reading.used:>9,} {verb}")
    for reason, count in reading.left_out.items():
        echo(f"  {count:>9,} left out: {reason}")
    for openness, count in reading.places.items():
        echo(f"  {count:>9,} in {openness} places", dim=True)
    for note, count in reading.notes.items():
        echo(f"  {count:>9,} noted: {note}", dim=True)


def print_earlier(reading: Reading) -> None:
    """Print one line of an earlier reading of the same path."""
    left_out = sum(reading.left_out.values())
    state = "" if reading.finished else ", stopped before the end"
    echo(
        f"  read before, on {reading.read_at:%Y-%m-%d}: {reading.read:,} {reading.counted_in} read,"
        f" {reading.used:,} used, {left_out:,} left out{state}",
        dim=True,
    )


def print_rehearsal(reading: Reading, *, tells_interactions: bool) -> None:
    """Print what would be read: the ledger, and which interactions would come of it, where that is known."""
    print_reading(reading, verb="would be used")
    total = sum(reading.interactions.values())
    if total:
        by_kind = reading.interactions.items()
        kinds = ", ".join(f"{count:,} {kind.replace('_', '-')}" for kind, count in by_kind)
        echo(f"  {total:>9,} interaction{'' if total == 1 else 's'}: {kinds}")
    elif not tells_interactions:
        echo("  No interactions: it tells who people are, and in which groups.")
    elif reading.used:
        echo("  Which interactions come of it cannot be known before it is read.")


LONGEST = 160
"""Letters of what somebody wrote, in a list."""


def excerpt(text: str) -> str:
    """Return the beginning of a text, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"


def print_original(said: Original, *, margin: str = "", bold: bool = False) -> None:
    """Print how a text begins, and who wrote it, where, when, and its address."""
    if begins := excerpt(said.text):
        echo(f"{margin}{begins}", bold=bold)
    where = f" in {said.place}" if said.place else ""
    day = f", {said.at:%d %B %Y}" if said.at else ""
    echo(f"{margin}{said.who}{where}{day} {said.link}".rstrip(), dim=True)


def warning(said: str) -> None:
    """Print a line of warning to stderr, if there is one."""
    if said:
        echo(said, err=True)


LOOKING = "Looking through what was asked before"
"""What goes on while earlier questions are read, for the first time since a reading."""


@contextmanager
def progress(label: str, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Show that long work goes on, on stderr; nothing when quiet or not a terminal."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[counted]}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
    ) as bar:
        task, traces = bar.add_task(label, total=None, counted=""), 0

        def count(done: int) -> None:
            nonlocal traces
            traces += done
            bar.update(task, counted=f"{traces:,} traces")

        yield count
