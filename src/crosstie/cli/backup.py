"""`crosstie backup` and `crosstie restore`: a whole workspace in one file, and back."""

from __future__ import annotations

import os
from pathlib import Path

import click

from crosstie.cli import options, show

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@options.workspace
def backup(file: Path, folder: Path) -> None:
    """Write a whole workspace into FILE (.tar.gz), also while it is used.

    It holds names, the secret and the passwords of mail: keep it as safe as the workspace. Who is forgotten
    later is still in it; keep backups no longer than you need them.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crosstie.web.settings")
    from crosstie.actions.home import Home
    from crosstie.actions.organisation.backup import back_up

    with Home(folder, create=False) as home:
        done = back_up(home, file)
    show.echo(f"{done.rows:,} rows and {done.files:,} files are in {file}.")


@click.command()
@click.argument("file", type=_FILE)
@options.workspace
@click.option(
    "--database",
    "database_url",
    default="",
    envvar="CROSSTIE_DATABASE",
    metavar="URL",
    help="Put the tables into this empty PostgreSQL: postgresql://user:password@host/name.",
)
def restore(file: Path, folder: Path, database_url: str) -> None:
    """Make a workspace from a backup, in a new folder. Nothing is overwritten.

    Letters that waited when the backup was made may have gone out since. They are held back, for a steward to
    send again or to drop.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crosstie.web.settings")
    from crosstie.actions.organisation.backup import restore as restore_into

    done = restore_into(file, folder, database_url=database_url)
    show.echo(f"{done.rows:,} rows and {done.files:,} files, as of {done.made_at:%d %B %Y %H:%M} UTC.")
    if done.held_back:
        letters = "1 letter" if done.held_back == 1 else f"{done.held_back:,} letters"
        show.echo(f"{letters} held back that may have gone out since: stewards send or drop them on Members.")
