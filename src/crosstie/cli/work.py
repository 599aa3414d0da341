"""`crosstie work`: what runs behind an organisation's pages; `crosstie mail`: where its letters go out."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from crosstie.cli import options, show
from crosstie.cli.compiling import compiled_beside

if TYPE_CHECKING:
    from crosstie.actions.home import Home


@click.command()
@options.workspace
@click.option("--once", is_flag=True, help="Do all that is due now, and end.")
def work(folder: Path, once: bool) -> None:
    """Send letters, receive answers, and do what comes round, for an organisation's workspace.

    Start as many as you like. Each may be stopped or killed at any moment: what it had begun is done by the
    next, and nothing is sent twice. `crosstie serve` runs one already, unless it is told --no-work.
    """
    with _organisation(folder) as home:
        from crosstie.actions.organisation import failed_work, mail_settings
        from crosstie.actions.organisation import work as working
        from crosstie.cli.beside import ends_with_its_parent, is_beside

        if mail_settings.sends(home) and not is_beside():  # else the pages' command has said it
            show.warning(mail_settings.about_links(home))
        if once:
            done = working.work_once(home)
            show.echo(f"{done} done.")
            for one in failed_work.all_failed(home):
                show.echo(f"Failed ({one.at:%Y-%m-%d %H:%M} UTC): {one.work} {one.why}", err=True)
            return
        stopped = threading.Event()

        def stop(_number: int, _frame: FrameType | None) -> None:
            stopped.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        ends_with_its_parent(stopped.set)
        show.echo("At work.  (stop with Ctrl-C)")
        with compiled_beside():
            working.work(home, stopped)
        show.echo("Stopped; nothing is left half done.")


@click.group()
def mail() -> None:
    """Set where an organisation's letters go out and answers come in."""


@mail.command("set")
@click.argument("sending", default="", metavar="[smtp://USER:PASSWORD@HOST:587]")
@options.workspace
@click.option("--from", "sender", default="", metavar="ADDRESS", help="The address letters come from.")
@click.option(
    "--receive", "receiving", default="", metavar="imap://USER:PASSWORD@HOST", help="Where answers come in."
)
@click.option("--plus/--no-plus", default=None, help="Whether NAME+anything@… reaches NAME@… there.")
@click.option(
    "--private-webhooks/--no-private-webhooks",
    default=None,
    help="Whether webhooks may lie in your own network.",
)
def set_(
    sending: str, folder: Path, sender: str, receiving: str, plus: bool | None, private_webhooks: bool | None
) -> None:
    """Keep where letters go out (smtp:// with STARTTLS, or smtps://) and answers come in.

    What others may not see in your shell's history can be said by CROSSTIE_SMTP and CROSSTIE_IMAP instead.
    """
    with _organisation(folder) as home:
        from crosstie.actions.organisation import mail_settings

        kept = mail_settings.keep(
            home,
            sending=sending or os.environ.get("CROSSTIE_SMTP", ""),
            receiving=receiving or os.environ.get("CROSSTIE_IMAP", ""),
            sender=sender,
            plus=plus,
            private_webhooks=private_webhooks,
        )
        show.echo(f"Letters go out by {kept.sending.shown if kept.sending else 'nothing: they wait'}.")
        show.echo(f"Answers come in by {kept.receiving.shown if kept.receiving else 'the pages alone'}.")
        if kept.sending:
            show.warning(mail_settings.about_links(home))


@mail.command("test")
@click.argument("address")
@options.workspace
def test(address: str, folder: Path) -> None:
    """Send a test letter to ADDRESS now."""
    with _organisation(folder) as home:
        from crosstie.actions.organisation import mail_settings, outbox

        outbox.send_test(home, address)
        show.echo(f"The mail server took a letter to {address}.")
        show.warning(mail_settings.about_links(home))


@mail.command("trouble")
@options.workspace
def trouble(folder: Path) -> None:
    """List the letters and the work that failed, or of which nobody knows whether they arrived."""
    with _organisation(folder) as home:
        from crosstie.actions.organisation import outbox

        found = outbox.all_trouble(home)
        for one in found:
            show.echo(f"{one.number:>6}  {one.state:<8}  {one.kind:<12}  {one.trouble}")
        if not found:
            show.echo("No trouble.")


def _organisation(folder: Path) -> Home:
    """Open a workspace that is an organisation's already."""
    # Logins need more of Django than reading does, and Django is set up once a process.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crosstie.web.settings")
    from crosstie.actions.organisation.opening import open_existing

    return open_existing(folder)
