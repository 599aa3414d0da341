"""`crosstie serve`: open the pages of a workspace again, or an organisation's."""

from __future__ import annotations

import os
import signal
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crosstie.cli import options, show
from crosstie.cli.admitting import looking_as

if TYPE_CHECKING:
    from crosstie.actions.home import Home


def open_pages(home: Home, viewer: str, port: int) -> None:
    """Serve the pages on this machine until they are stopped."""
    from crosstie.actions import flow_files
    from crosstie.web import serve as serve_pages

    with looking_as(home, viewer) as person, show.progress("Finding what people talk of", quiet=False):
        flow_files.current(home)
    serve_pages(home, viewer=person.person or None, port=port, on_ready=_ready)


def _ready(address: str) -> None:
    show.echo(f"Your pages: {address}  (stop with Ctrl-C)")


@click.command()
@options.workspace
@options.as_person
@options.port
@click.option(
    "--address",
    default="",
    metavar="URL",
    help="Of an organisation: where people reach these pages, e.g. https://crosstie.example.org, through a"
    " web server of yours that passes requests on to this port.",
)
@click.option(
    "--database",
    "database_url",
    default="",
    envvar="CROSSTIE_DATABASE",
    metavar="URL",
    help="Of a new organisation: keep its tables in postgresql://user:password@host/name.",
)
@click.option(
    "--no-work",
    is_flag=True,
    help="Of an organisation: leave what runs behind the pages to `crosstie work`.",
)
def serve(folder: Path, viewer: str, port: int, address: str, database_url: str, no_work: bool) -> None:
    """Open the pages of a workspace.

    A workspace that was read for one person opens for that person, on this machine only. A new folder, or one
    that was read for an organisation, opens for its members: the first visit makes the steward.
    """
    from crosstie.actions.home import Home

    # Logins need more of Django than reading does, and Django is set up once a process.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crosstie.web.settings")
    if viewer:  # in an organisation people sign in: --as opens what was read, and makes nothing
        Home.check(folder, create=False)
    if not Home.is_for_one(folder):
        serve_organisation(folder, port, address, database_url, works=not no_work)
        return
    with Home(folder, create=False) as home:
        open_pages(home, viewer, port)


def serve_organisation(
    folder: Path, port: int, address: str = "", database_url: str = "", *, works: bool = True
) -> None:
    """Serve an organisation's pages until they are stopped, one process a core, with a worker beside them."""
    from crosstie.actions.home import Home
    from crosstie.actions.organisation import mail_settings, members
    from crosstie.actions.organisation.opening import open_organisation
    from crosstie.cli import beside
    from crosstie.web import address_of, listen
    from crosstie.web import serve_organisation as serve_pages

    # Whoever stops services does not press Ctrl-C, and running requests may finish all the same.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    address = mail_settings.checked_site_address(address)
    was_there = Home.exists(folder)
    with open_organisation(folder, database_url=database_url) as home, ExitStack() as others:
        listening = beside.given_socket()
        if listening is not None:
            beside.ends_with_its_parent(beside.stop)
            serve_pages(home, listening=listening, address=address, on_ready=lambda _address: None)
            return
        if not was_there:  # a folder's name may be misspelt
            show.echo(f'"{folder}" was no workspace; a new one was made there.', err=True)
        if members.is_empty(home):
            show.echo("Nobody is a member yet: whoever sets the pages up becomes the steward.", err=True)
        mail_settings.keep_site_address(home, address)
        listening = listen(port)
        mail_settings.keep_listening(home, address_of(listening))
        if mail_settings.sends(home):
            show.warning(mail_settings.about_links(home))
        if works:
            others.enter_context(beside.worker_beside(folder))
        others.enter_context(beside.pages_beside(folder, address, listening))
        serve_pages(home, listening=listening, address=address, on_ready=_ready)
