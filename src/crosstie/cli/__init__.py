"""The crosstie command: one face of the actions. It words nothing that the library's errors word already.

It may use actions, and sees only what they return. Start with `main`; each command has a file of its name.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from crosstie.cli import show
from crosstie.cli.backup import backup, restore
from crosstie.cli.circle import circle
from crosstie.cli.demo import demo
from crosstie.cli.export import export
from crosstie.cli.forget import forget
from crosstie.cli.ideas import ideas
from crosstie.cli.ledger import ledger
from crosstie.cli.measure import measure
from crosstie.cli.network import network
from crosstie.cli.opting import opt_in, opt_out
from crosstie.cli.panel import panel
from crosstie.cli.retain import retain
from crosstie.cli.routine import routine
from crosstie.cli.serve import serve
from crosstie.cli.similar import similar
from crosstie.cli.try_ import try_
from crosstie.cli.who_knows import who_knows
from crosstie.cli.work import mail, work
from crosstie.errors import CrosstieError, UsageRefused

__all__ = ["main"]

INTERRUPTED = 130

# Matrices are small here: waking threads for them costs more than they give, and a busy machine even more.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class _Commands(click.Group):
    """Shows expected trouble as one line and a hint; a bug keeps its traceback."""

    def main(self, *args: Any, **more: Any) -> Any:
        try:
            return super().main(*args, **more)
        except CrosstieError as refused:
            if "--debug" in sys.argv[1:2]:
                raise
            show.echo(refused.message, err=True)
            if refused.hint:
                show.echo(f"Hint: {refused.hint}", err=True)
            sys.exit(2 if isinstance(refused, UsageRefused) else 1)
        except Exception as trouble:
            from crosstie.actions.disk import refused_by_system

            refusal = refused_by_system(trouble)
            if refusal is None or "--debug" in sys.argv[1:2]:
                raise
            where = f' at "{refusal.filename}"' if refusal.filename else ""
            show.echo(f"The system refused{where}: {refusal.strerror}.", err=True)
            show.echo(
                "Hint: Make room or allow the access, then run the same command again; nothing kept is lost.",
                err=True,
            )
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            show.echo("\nStopped. What was read so far is kept; run the same command to go on.", err=True)
            ctx.exit(INTERRUPTED)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="crosstie")
@click.option("--debug", is_flag=True, help="Show where expected trouble comes from.")
def main(debug: bool) -> None:
    """See the network you learn from, and widen it.

    Start with `crosstie demo`, or with your own export: `crosstie try PATH --as YOU`.
    Everything stays on this machine. Exit codes: 0 done, 1 refused, 2 wrong usage, 130 stopped.
    """
    del debug  # read from the command line where an error is shown


for command in (
    backup,
    circle,
    demo,
    export,
    forget,
    ideas,
    ledger,
    mail,
    measure,
    network,
    opt_in,
    opt_out,
    panel,
    restore,
    retain,
    routine,
    serve,
    similar,
    try_,
    who_knows,
    work,
):
    main.add_command(command)
