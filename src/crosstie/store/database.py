"""Django, started late, with one database for each open workspace."""

from __future__ import annotations

import hashlib
import os
import threading
from collections import Counter
from pathlib import Path

from crosstie.errors import WorkspaceRefused

SCHEMA = 1
"""The number of the newest migration; stands in the database itself, so that opening one is quick."""

_open: Counter[str] = Counter()
_counting = threading.Lock()
"""One workspace may be open several times in a process; the last to close it takes the alias away."""


def connect(path: Path) -> str:
    """Make the database at a path known to Django, with all tables, and return its alias.

    Raises:
        WorkspaceRefused: it is no database, cannot be written, or was made by a newer crosstie.
    """
    from django.db import DatabaseError

    alias = "workspace-" + hashlib.blake2b(str(path.resolve()).encode(), digest_size=8).hexdigest()
    with _counting:
        _announce(alias, path)
        _open[alias] += 1
    try:
        _bring_up_to_date(alias, path)
    except DatabaseError as trouble:
        disconnect(alias)
        raise WorkspaceRefused(
            f'The database "{path}" cannot be opened ({trouble}).',
            hint="Check that the folder can be written and the disk has room, or restore it from a backup.",
        ) from trouble
    except WorkspaceRefused:
        disconnect(alias)
        raise
    return alias


def _announce(alias: str, path: Path) -> None:
    import django
    from django.apps import apps
    from django.conf import settings
    from django.db import connections

    if not settings.configured:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crosstie.store.settings")
    if not apps.ready:
        django.setup()
    if alias not in connections.databases:
        connections.databases[alias] = connections.configure_settings(
            {
                "default": {},
                alias: {
                    "ENGINE": "django.db.backends.sqlite3",
                    "NAME": str(path),
                    "OPTIONS": {
                        "timeout": 20,
                        "transaction_mode": "IMMEDIATE",
                        "init_command": (
                            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
                        ),
                    },
                },
            }
        )[alias]


def _bring_up_to_date(alias: str, path: Path) -> None:
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA user_version")
        version = int(cursor.fetchone()[0])
    if version > SCHEMA:
        raise WorkspaceRefused(
            f'The database "{path}" was made by a newer crosstie.',
            hint="Install that one, or read the sources again into a new workspace.",
        )
    if version != SCHEMA:
        from django.core.management import call_command

        call_command("migrate", database=alias, verbosity=0, interactive=False)
        with connections[alias].cursor() as cursor:
            cursor.execute(f"PRAGMA user_version = {SCHEMA:d}")


def disconnect(alias: str) -> None:
    """Close this thread's connection, and forget the alias when nobody else in this process has it open."""
    from django.db import connections

    with _counting:
        _open[alias] -= 1
        if _open[alias] > 0:
            return
        connections[alias].close()
        del connections[alias]
        connections.databases.pop(alias, None)
