"""Django, started late, with one database for each open workspace."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

SCHEMA = 1
"""The number of the newest migration; stands in the database itself, so that opening one is quick."""


def connect(path: Path) -> str:
    """Make the database at a path known to Django, with all tables, and return its alias."""
    import django
    from django.apps import apps
    from django.conf import settings
    from django.db import connections

    if not settings.configured:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crosstie.store.settings")
    if not apps.ready:
        django.setup()
    alias = "workspace-" + hashlib.blake2b(str(path.resolve()).encode(), digest_size=8).hexdigest()
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
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA user_version")
        version = int(cursor.fetchone()[0])
    if version != SCHEMA:
        from django.core.management import call_command

        call_command("migrate", database=alias, verbosity=0, interactive=False)
        with connections[alias].cursor() as cursor:
            cursor.execute(f"PRAGMA user_version = {SCHEMA:d}")
    return alias


def disconnect(alias: str) -> None:
    """Close this thread's connection and forget the alias."""
    from django.db import connections

    connections[alias].close()
    del connections[alias]
    connections.databases.pop(alias, None)
