"""Open an organisation's workspace: one a process, with the tables of logins, on SQLite or PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from crosstie.actions.home import Home
from crosstie.errors import WorkspaceRefused
from crosstie.store import database


def open_organisation(folder: Path, *, database_url: str = "") -> Home:
    """Open the workspace of an organisation, making it if the folder is new.

    Args:
        folder: where it lies.
        database_url: ``postgresql://…``; kept with the workspace, so it is said once. "" keeps what there is:
            SQLite in the folder at first.

    Raises:
        WorkspaceRefused: the folder holds another workspace, or its tables are somewhere else already.
    """
    _settle(folder, database_url)
    database.be_default(Home.database_of(folder))
    home = Home(folder)
    try:
        _refuse_other(home)
        database.prepare_logins("default")
        home.store.set_fact("audience", "organisation")
    except BaseException:
        home.close()
        raise
    return home


def open_existing(folder: Path) -> Home:
    """Open the workspace of an organisation that is there already.

    Raises:
        WorkspaceRefused: there is none, or it is not an organisation's.
    """
    Home.check(folder, create=False)
    return open_organisation(folder)


def _refuse_other(home: Home) -> None:
    if home.is_demo or home.viewer_given or home.viewer_was_forgotten:
        raise WorkspaceRefused(
            f'"{home.folder}" is not an organisation\'s workspace.',
            hint="What was read for one person stays that person's. Name another --workspace.",
        )


def _settle(folder: Path, database_url: str) -> None:
    """Write down where the tables are, once."""
    if not database_url:
        return
    file = Home.database_of(folder).with_name(database.URL_FILE)
    if file.exists():
        if file.read_text("utf-8").strip() != database_url:
            raise WorkspaceRefused(
                f'The tables of "{folder}" are in another database already.',
                hint="Back it up and restore it into the new one.",
            )
        return
    if Home.database_of(folder).exists():
        raise WorkspaceRefused(
            f'The tables of "{folder}" are in SQLite already.',
            hint="Back it up and restore it with --database.",
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    database.keep_url(Home.database_of(folder), database_url)
